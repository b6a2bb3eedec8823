"""Many seller accounts of one person, each pair of which shares something."""

from collections.abc import Mapping
from itertools import combinations

from tests.first_use import make_owner
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.links import Link
from vault.db.entities.people import Membership
from vault.domain.ids import new_id
from vault.domain.links import Contribution, How, LinkKind
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.links.rows import dump_contribution
from vault.services.vault import Vault

# What a pair shares, by its score: of a hundred pairs a tenth shares the bank account.
_SHARED = (LinkKind.BANK_ACCOUNT, LinkKind.PHONE, LinkKind.PHONE, LinkKind.PHONE, LinkKind.IP_NETWORK)


def open_crowd(vault: Vault, accounts: int) -> tuple[Actor, tuple[str, ...]]:
    """The owner of so many accounts, named after their places, and their ids. Scores go from 1 to 100 and round again."""
    owner, now = make_owner(vault), vault.clock()
    ids = tuple(sorted(new_id() for _ in range(accounts)))
    with vault.database.transaction() as session:
        for place, id_ in enumerate(ids):
            name = f"Shop {place:03}"
            session.add(SellerAccount(id=id_, name=name, legal_name="", marketplaces=["FR"], created_at=now))
        session.flush()
        session.add_all(Membership(user_id=owner.actor.id, account_id=id_, role=Role.OWNER, since=now) for id_ in ids)
        for number, (low, high) in enumerate(combinations(ids, 2)):
            session.add(_link(vault, low, high, number))
    roles: Mapping[str, Role] = dict.fromkeys(ids, Role.OWNER)
    return Actor(owner.actor.id, owner.actor.name, roles=dict(roles)), ids


def _link(vault: Vault, low: str, high: str, number: int) -> Link:
    score = number % 100 + 1
    shared = Contribution(_SHARED[number % len(_SHARED)], How.SAME, "••01", score, score, score)
    link = Link(id=new_id(), low_id=low, high_id=high, low_account_id=low, high_account_id=high, score=score)
    link.contributions, link.scored_at = [dump_contribution(shared)], vault.clock()
    return link
