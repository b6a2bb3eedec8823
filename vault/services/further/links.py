"""How a further account would be linked with those that exist, if it had the values that are planned for it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.further import FurtherAccount, FurtherValue
from vault.db.queries.links import Holder, read_holders
from vault.domain.links import Contribution, Risk
from vault.domain.register import SIMILAR_KINDS, AttributeKind
from vault.domain.roles import Permission
from vault.linking.meeting import meetings
from vault.linking.scoring import score_of, weigh
from vault.services.access import Actor
from vault.services.links.judging import link_rules
from vault.services.links.keys import key_maker, keys_met, thing_of
from vault.services.register.register import HeldValue
from vault.services.register.values import canonical_of
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """What the further account would share with `other`, and the score of the pair: 0 … 100."""

    other: Holder
    score: int
    risk: Risk
    contributions: tuple[Contribution, ...]


def planned_links(session: Session, vault: Vault, actor: Actor, file: FurtherAccount) -> tuple[PlannedLink, ...]:
    """The links that the plan would make with accounts that `actor` sees, the worst first. Nothing is kept."""
    rules = link_rules(vault)
    maker = key_maker(vault, rules.weights)
    held = _held(vault, file, session.scalars(select(FurtherValue).where(FurtherValue.file_id == file.id)))
    keys = tuple(key for value in held for key in maker.keys(thing_of(value)))
    shared = meetings((*keys, *keys_met(session, vault, keys, [file.id])), rules.weights, rules.today, [file.id])
    others = read_holders(session, {each for pair in shared for each in pair if each != file.id})
    found = []
    for pair, matches in shared.items():
        other = others[pair[0] if pair[1] == file.id else pair[1]]
        contributions = weigh(matches, rules.weights, (), rules.today)
        if contributions and not other.is_removed and actor.may(Permission.SEE, other.account_id):
            score = score_of(contributions)
            found.append(PlannedLink(other, score, rules.weights.risk(score), contributions))
    return tuple(sorted(found, key=lambda link: (-link.score, link.other.name, link.other.id)))


def _held(vault: Vault, file: FurtherAccount, values: Iterable[FurtherValue]) -> list[HeldValue]:
    """The planned values as if the further account had them."""
    held = []
    for value in values:
        kind = AttributeKind(value.kind)
        canonical = canonical_of(vault, value.encrypted) if kind in SIMILAR_KINDS else ""
        held.append(HeldValue(file.id, file.account_id, kind, value.fingerprint, value.masked, canonical))
    return held
