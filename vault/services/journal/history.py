"""What the journal tells of one thing."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.domain.errors import Damaged
from vault.domain.message import N_
from vault.journal.entry import Recorded, read_moment
from vault.journal.reader import to_recorded
from vault.journal.table import entries
from vault.journal.verifier import Broken
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


def events_about(session: Session, subjects: Collection[str]) -> tuple[Event, ...]:
    """The latest 200 entries about these things for a page, newest first; a damaged one is left out."""
    wanted = select(entries).where(entries.c.subject.in_(subjects)).order_by(entries.c.seq.desc()).limit(_MOST)
    found = [to_recorded(row) for row in session.execute(wanted)]
    written = [each.entry for each in found if not isinstance(each, Broken)]
    people = names_of(session, {entry.actor for entry in written})
    return tuple(Event(read_moment(e.at), people.get(e.actor, e.actor), e.action, e.details) for e in written)
