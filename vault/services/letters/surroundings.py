"""What must or may stand in no letter of a seller account."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount, Supplier
from vault.db.entities.audits import Audit
from vault.db.entities.people import Membership, User
from vault.db.entities.register import OtherAccount
from vault.db.queries.among import among
from vault.letters.facts import Surroundings
from vault.services.access import Actor
from vault.services.audits.evidence import Section
from vault.services.letters.own import own_in
from vault.services.vault import Vault


def surroundings_of(
    session: Session,
    vault: Vault,
    audit: Audit,
    sections: Iterable[Section],
    actor: Actor | None,
    text: str,
    language: str,
) -> Surroundings:
    """Of a letter that says `text`. `actor` None: the machine.

    Only names that the reader of the findings may know are looked for: a finding about any other would tell whoever
    tries names which seller accounts there are. What the machine finds is shown to everybody in the account.
    """
    account = session.get_one(SellerAccount, audit.account_id)
    others = select(OtherAccount.name).where(
        OtherAccount.account_id == audit.account_id, OtherAccount.removed_at.is_(None)
    )
    staff = select(User.name).join(Membership, Membership.user_id == User.id).where(Membership.account_id == account.id)
    own = own_in(session, vault, account, text, language)
    return Surroundings(
        contacts=_contacts(session, sections) | own.contacts,
        staff=frozenset(session.scalars(staff)),
        other_accounts=frozenset(session.scalars(others)) | (_seen(session, account, actor) if actor else frozenset()),
        country=account.country,
        numbers=own.numbers,
    )


def _seen(session: Session, account: SellerAccount, actor: Actor) -> frozenset[str]:
    """Names of the further seller accounts that `actor` sees; not those that are like this one's own."""
    wanted = select(SellerAccount.name, SellerAccount.legal_name).where(
        among(SellerAccount.id, actor.account_ids), SellerAccount.id != account.id
    )
    names = {name for row in session.execute(wanted) for name in row}
    return frozenset(names - {account.name, account.legal_name})


def _contacts(session: Session, sections: Iterable[Section]) -> frozenset[str]:
    """How the suppliers can be reached whose papers go in."""
    ids = {each.document.supplier_id for section in sections for each in section.chosen if each.document.supplier_id}
    wanted = select(Supplier.email, Supplier.phone).where(among(Supplier.id, ids))
    return frozenset(contact for row in session.execute(wanted) for contact in row if contact)
