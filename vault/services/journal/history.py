"""What the journal tells of one thing."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.domain.errors import Damaged
from vault.domain.message import N_
from vault.journal.entry import Recorded, canonical_json, read_moment, to_line
from vault.journal.reader import to_recorded
from vault.journal.seals import SEALED
from vault.journal.table import entries
from vault.journal.verifier import Broken
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.documents.dossiers import Event

_MOST = 200


def entries_about(session: Session, subject: str) -> list[Recorded]:
    """Every entry about `subject`, oldest first. Raises Damaged for a row that holds no entry any more."""
    wanted = select(entries).where(entries.c.subject == subject).order_by(entries.c.seq)
    found = []
    for row in session.execute(wanted):
        recorded = to_recorded(row)
        if isinstance(recorded, Broken):
            raise Damaged(N_("%(where)s is damaged. Run “sellervault verify” on the vault."), where=recorded.where)
        found.append(recorded)
    return found


def lines_about(session: Session, actor: Actor, subject: str) -> bytes:
    """The same as JSON Lines, whole for who sees every seller account; else without numbers and checksums.

    The chain is one over all accounts: numbers that are left out tell that something happened in another one.
    Raises Damaged.
    """
    found = entries_about(session, subject)
    lines = map(to_line if sees_every_account(session, actor) else _unnumbered, found)
    return b"".join(line + b"\n" for line in lines)


def sees_every_account(session: Session, actor: Actor) -> bool:
    return set(session.scalars(select(SellerAccount.id))) <= set(actor.account_ids)


def _unnumbered(recorded: Recorded) -> bytes:
    entry = recorded.entry
    details = {name: value for name, value in entry.details.items() if name != SEALED}
    return canonical_json({"at": entry.at, "actor": entry.actor, "action": entry.action, "details": details})


def events_about(session: Session, subjects: Collection[str]) -> tuple[Event, ...]:
    """The latest 200 entries about these things for a page, newest first; a damaged one is left out."""
    wanted = select(entries).where(entries.c.subject.in_(subjects)).order_by(entries.c.seq.desc()).limit(_MOST)
    found = [to_recorded(row) for row in session.execute(wanted)]
    written = [each.entry for each in found if not isinstance(each, Broken)]
    people = names_of(session, {entry.actor for entry in written})
    return tuple(Event(read_moment(e.at), people.get(e.actor, e.actor), e.action, e.details) for e in written)
