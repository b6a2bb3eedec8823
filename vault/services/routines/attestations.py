"""Attesting: a person says that a duty was done, or why it was skipped; and can take that back on the same day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document
from vault.db.entities.routines import Attestation, AttestedDocument, Routine
from vault.db.queries.routines import plans_of
from vault.domain.cadence import Cadence, Monthly
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.domain.routines import Outcome, Plan, RoutineState, current, upcoming, was_due
from vault.services.access import Actor
from vault.services.days import today
from vault.services.journal.notes import Note, record
from vault.services.routines.judging import judge
from vault.services.routines.plans import cadence_of
from vault.services.routines.routines import require_routine
from vault.services.vault import Vault

LONGEST_NOTE = 2000
MOST_DOCUMENTS = 50
_AHEAD = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Words:
    """What a person adds to an attestation: a note, and documents of the same seller account."""

    note: str = ""
    document_ids: Collection[str] = ()


def attest(
    vault: Vault, actor: Actor, account_id: str, routine_id: str, due_on: date, words: Words | None = None
) -> Attestation:
    """Says that the duty of `due_on` was done. Saying it again changes nothing.

    Raises NotFound, Forbidden, Conflict where it was said to be skipped, and Invalid for a day on which nothing was
    due, for one that was skipped since the next one fell due, and for one that lies too far ahead.
    """
    words = words or Words()
    with vault.database.transaction() as session:
        routine = require_routine(session, actor, account_id, routine_id, Permission.CORRECT)
        if known := _said(session, routine, due_on):
            if known.outcome == Outcome.DONE:
                return known
            raise Conflict(N_("Somebody has said why this was skipped. Take that back first."))
        _require_may_be_done(session, routine, due_on, today(vault))
        made = _add(session, vault, actor, routine, due_on, Outcome.DONE, words)
        notes = [_note("routine.attested", routine, actor, due_on), *judge(session, vault, account_id, actor.id)]
        record(session, vault, notes)
    return made


def skip(vault: Vault, actor: Actor, account_id: str, routine_id: str, due_on: date, reason: str) -> Attestation:
    """Says why the duty of `due_on` was or is skipped. Saying it again on the same day changes the reason.

    Raises NotFound, Forbidden, Conflict where it was done, Invalid without a reason and for a day without a duty.
    """
    if not reason.strip():
        raise Invalid(N_("Say why it was skipped: an auditor will ask."), {"note": Message(N_("Write the reason."))})
    with vault.database.transaction() as session:
        routine = require_routine(session, actor, account_id, routine_id, Permission.CORRECT)
        known, day = _said(session, routine, due_on), today(vault)
        if known and known.outcome == Outcome.DONE:
            raise Conflict(N_("This was attested as done. Take that back first."))
        if due_on > day or not was_due(plans_of(routine.plans), due_on):
            raise Invalid(N_("Nothing was due on that day."))
        if known:
            return _reword(session, vault, actor, routine, known, reason)
        made = _add(session, vault, actor, routine, due_on, Outcome.SKIPPED, Words(reason))
        notes = [_note("routine.skipped", routine, actor, due_on), *judge(session, vault, account_id, actor.id)]
        record(session, vault, notes)
    return made


def undo(vault: Vault, actor: Actor, account_id: str, routine_id: str, due_on: date) -> None:
    """Takes back what was said today of the duty of `due_on`; where nothing was said there is nothing to do.

    Raises NotFound, Forbidden for what somebody else said (unless one manages the account), Invalid after that day.
    """
    with vault.database.transaction() as session:
        routine = require_routine(session, actor, account_id, routine_id, Permission.CORRECT)
        known = _said(session, routine, due_on)
        if known is None:
            return
        if known.person_id != actor.id and not actor.may(Permission.MANAGE, account_id):
            raise Forbidden()
        if known.said_on != today(vault):
            raise Invalid(N_("This was said on an earlier day and stands. Write what has changed into the next note."))
        session.delete(known)
        session.flush()
        notes = [_note("routine.undone", routine, actor, due_on), *judge(session, vault, account_id, actor.id)]
        record(session, vault, notes)


def may_be_done_ahead(plans: Iterable[Plan], cadence: Cadence, said: Collection[date], day: date) -> date | None:
    """The next due date, where it can be attested before it comes: of duties of a month, when none is open before it."""
    known = tuple(plans)
    if current(known, said, day) is not None or not isinstance(cadence, Monthly):
        return None
    due = upcoming(known, day)
    return None if due is None or due in said or due - day > _AHEAD else due


def _require_may_be_done(session: Session, routine: Routine, due_on: date, day: date) -> None:
    if routine.state != RoutineState.ACTIVE:
        raise Invalid(N_("This routine does not run now. Resume it first."))
    said = set(session.scalars(select(Attestation.due_on).where(Attestation.routine_id == routine.id)))
    plans = plans_of(routine.plans)
    now = current(plans, said, day)
    if now is not None and now.due_on == due_on:
        return
    if due_on == may_be_done_ahead(plans, cadence_of(routine), said, day):
        return
    if due_on <= day and was_due(plans, due_on):
        raise Invalid(N_("This was skipped when the next one fell due. You can say why."))
    raise Invalid(N_("There is nothing to attest for that day yet."))


def _add(
    session: Session, vault: Vault, actor: Actor, routine: Routine, due_on: date, outcome: Outcome, words: Words
) -> Attestation:
    note = _checked_note(words.note)
    made = Attestation(id=new_id(), routine_id=routine.id, due_on=due_on, outcome=outcome, person_id=actor.id)
    made.said_at, made.said_on, made.note = vault.clock(), today(vault), note
    if outcome is Outcome.DONE and routine.owner_id not in (None, actor.id):
        made.instead_of = routine.owner_id
    for document_id in _checked_documents(session, routine, words.document_ids):
        made.documents.append(AttestedDocument(id=new_id(), document_id=document_id))
    session.add(made)
    session.flush()
    return made


def _reword(
    session: Session, vault: Vault, actor: Actor, routine: Routine, known: Attestation, reason: str
) -> Attestation:
    reason = _checked_note(reason)
    if known.note == reason:
        return known
    if known.said_on != today(vault):
        raise Conflict(N_("The reason was given on an earlier day and stands."))
    known.note, known.person_id, known.said_at = reason, actor.id, vault.clock()
    record(session, vault, [_note("routine.skipped", routine, actor, known.due_on)])
    return known


def _checked_note(note: str) -> str:
    if len(note) > LONGEST_NOTE:
        problem = Message(N_("Write at most %(longest)s characters."), {"longest": str(LONGEST_NOTE)})
        raise Invalid(N_("The note is too long."), {"note": problem})
    return note.strip()


def _checked_documents(session: Session, routine: Routine, document_ids: Collection[str]) -> list[str]:
    wanted = set(document_ids)
    if len(wanted) > MOST_DOCUMENTS:
        raise Invalid(N_("Choose at most %(most)s documents."), most=str(MOST_DOCUMENTS))
    own = select(Document.id).where(Document.id.in_(wanted), Document.account_id == routine.account_id)
    found = sorted(session.scalars(own)) if wanted else []
    if len(found) != len(wanted):
        raise NotFound()
    return found


def _said(session: Session, routine: Routine, due_on: date) -> Attestation | None:
    return session.scalar(select(Attestation).where(Attestation.routine_id == routine.id, Attestation.due_on == due_on))


def _note(action: str, routine: Routine, actor: Actor, due_on: date) -> Note:
    details = {"title": routine.title, "due_on": due_on.isoformat()}
    return Note(action, routine.id, actor.id, routine.account_id, details)
