"""What the pages of routines show: the list of a seller account, and one routine with its history."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from vault.db.entities.documents import Document
from vault.db.entities.routines import Attestation, AttestedDocument, Routine
from vault.db.queries.documents import DocumentFilter, DocumentRow, list_documents
from vault.db.queries.routines import Worker, plans_of, routines_of, said_since
from vault.domain.cadence import Cadence, Monthly
from vault.domain.errors import NotFound
from vault.domain.roles import Permission
from vault.domain.routines import Occurrence, OccurrenceState, Outcome, RoutineState, history
from vault.rules.book import Duty
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.days import today
from vault.services.routines.attestations import may_be_done_ahead
from vault.services.routines.plans import cadence_of
from vault.services.routines.routines import offers
from vault.services.routines.standing import Crew, Standing, crews_of, stand
from vault.services.vault import Vault

STRIP_DAYS = 30
# How much of a history one page shows, by how often the duty returns.
_WEEKLY_SPAN, _MONTHLY_SPAN = timedelta(days=92), timedelta(days=3 * 366)
_FEW_DOCUMENTS = 20


@dataclass(frozen=True, slots=True)
class RoutineRow:
    """One routine that runs or is paused. `strip`: what became of it in the last 30 days, the oldest first."""

    standing: Standing
    cadence: Cadence
    strip: tuple[Occurrence, ...]

    @property
    def skipped(self) -> int:
        return sum(each.state is OccurrenceState.SKIPPED for each in self.strip)


@dataclass(frozen=True, slots=True)
class RoutineList:
    """`offers`: duties of the rule book without a routine; `ended`: routines of the past. `names`: people by id."""

    rows: tuple[RoutineRow, ...]
    offers: tuple[Duty, ...]
    ended: tuple[Routine, ...]
    names: Mapping[str, str]


def list_routines(vault: Vault, actor: Actor, account_id: str) -> RoutineList:
    """Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    day = today(vault)
    since = day - timedelta(days=STRIP_DAYS - 1)
    with vault.database.reading() as session:
        standings = _standings(session, account_id, day)
        ended = routines_of(session, [account_id], (RoutineState.ENDED,))
        said = said_since(session, [each.routine.id for each in standings], since, day)
        people = {id_ for each in standings for id_ in (each.routine.owner_id, each.routine.deputy_id) if id_}
        return RoutineList(
            rows=tuple(_row(each, said.get(each.routine.id, {}), since, day) for each in standings),
            offers=tuple(offers(session, vault, account_id)),
            ended=tuple(ended),
            names=names_of(session, people),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One due date of a routine's history, with what a person said of it and the documents that show it."""

    due_on: date
    state: OccurrenceState
    said: Attestation | None
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class RoutineHistory:
    """A routine with what became of it, the newest first.

    `since`: the first day shown; `earlier`: the last day before it, None where there is nothing earlier. `standing` is
    None for one that has ended. `ahead`: the next due date, where it may be attested already.
    """

    routine: Routine
    cadence: Cadence
    standing: Standing | None
    strip: tuple[Occurrence, ...]
    entries: tuple[Entry, ...]
    since: date
    earlier: date | None
    ahead: date | None
    names: Mapping[str, str]
    today: date


def read_history(
    vault: Vault, actor: Actor, account_id: str, routine_id: str, until: date | None = None
) -> RoutineHistory:
    """The history of a routine up to a day (default: today), as far back as one page shows. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    day = today(vault)
    with vault.database.reading() as session:
        routine = _get(session, account_id, routine_id)
        standing = next((each for each in _standings(session, account_id, day) if each.routine.id == routine_id), None)
        cadence, plans = cadence_of(routine), plans_of(routine.plans)
        begins = min(plan.begins_on for plan in plans)
        until = max(begins, min(until or day, day))
        since = max(begins, until - (_MONTHLY_SPAN if isinstance(cadence, Monthly) else _WEEKLY_SPAN))
        said = _said(session, routine_id, since)
        outcomes = {due_on: Outcome(each.outcome) for due_on, each in said.items()}
        became = list(history(plans, outcomes, since, day, routine.state == RoutineState.ACTIVE))
        shown = [each for each in became if each.due_on <= until] + _ahead_of(outcomes, day if until == day else None)
        people = {id_ for each in said.values() for id_ in (each.person_id, each.instead_of) if id_}
        people |= {id_ for id_ in (routine.owner_id, routine.deputy_id) if id_}
        return RoutineHistory(
            routine=routine,
            cadence=cadence,
            standing=standing,
            strip=tuple(became[-STRIP_DAYS:]) if until == day else (),
            entries=tuple(_entry(each, said.get(each.due_on)) for each in reversed(shown)),
            since=since,
            earlier=since - timedelta(days=1) if since > begins else None,
            ahead=may_be_done_ahead(plans, cadence, outcomes, day) if standing else None,
            names=names_of(session, people),
            today=day,
        )


def get_routine(vault: Vault, actor: Actor, account_id: str, routine_id: str) -> Routine:
    """The routine with its plans. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        return _get(session, account_id, routine_id)


def able_workers(vault: Vault, actor: Actor, account_id: str) -> list[Worker]:
    """Who can own a routine of the account or be its deputy, by name. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        return list(_crew(session, account_id, today(vault)).workers.values())


def find_documents(vault: Vault, actor: Actor, account_id: str, text: str) -> tuple[DocumentRow, ...]:
    """The first documents that `text` finds, or the newest: to be picked from. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        found = list_documents(session, account_id, DocumentFilter(text=text[:200]), size=_FEW_DOCUMENTS)
    return tuple(found.page.rows)


def _crew(session: Session, account_id: str, day: date) -> Crew:
    return crews_of(session, [account_id], day)[account_id]


def _standings(session: Session, account_id: str, day: date) -> list[Standing]:
    return stand(session, [account_id], day, {account_id: _crew(session, account_id, day)})


def _get(session: Session, account_id: str, routine_id: str) -> Routine:
    routine = session.get(Routine, routine_id, options=[selectinload(Routine.plans)])
    if routine is None or routine.account_id != account_id:
        raise NotFound()
    return routine


def _row(standing: Standing, said: Mapping[date, Outcome], since: date, day: date) -> RoutineRow:
    is_running = standing.routine.state == RoutineState.ACTIVE
    strip = tuple(history(standing.plans, said, since, day, is_running))
    return RoutineRow(standing, cadence_of(standing.routine), strip)


def _said(session: Session, routine_id: str, since: date) -> Mapping[date, Attestation]:
    wanted = select(Attestation).where(Attestation.routine_id == routine_id, Attestation.due_on >= since)
    with_documents = selectinload(Attestation.documents).selectinload(AttestedDocument.document)
    return {each.due_on: each for each in session.scalars(wanted.options(with_documents))}


def _ahead_of(said: Collection[date], day: date | None) -> list[Occurrence]:
    """What was attested before it was due."""
    return [Occurrence(due_on, OccurrenceState.DONE) for due_on in sorted(said) if day and due_on > day]


def _entry(occurrence: Occurrence, said: Attestation | None) -> Entry:
    documents = tuple(each.document for each in said.documents) if said else ()
    return Entry(occurrence.due_on, occurrence.state, said, documents)
