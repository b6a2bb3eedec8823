"""How the routines of a seller account stand on a day: what is open, what comes next, whose turn it is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.db.entities.routines import Absence, Attestation, Routine
from vault.db.queries.routines import (
    Worker,
    absences_from,
    plans_of,
    routines_of,
    said_lately,
    workers_of,
)
from vault.domain.roles import PERMISSIONS, Permission
from vault.domain.routines import (
    Occurrence,
    Outcome,
    Plan,
    RoutineState,
    Turn,
    current,
    latest_due,
    turn_of,
    upcoming,
)
from vault.services.days import today
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Crew:
    """Who can attest the routines of one seller account, by id, and when they are away."""

    workers: Mapping[str, Worker]
    absences: tuple[Absence, ...]

    def away_on(self, day: date) -> set[str]:
        return {each.user_id for each in self.absences if each.from_on <= day <= each.until_on}

    def turn(self, routine: Routine, day: date) -> Turn:
        """Whose turn the routine is on that day."""
        return turn_of(routine.owner_id, routine.deputy_id, self.workers, self.away_on(day))


@dataclass(frozen=True, slots=True)
class Standing:
    """One routine on a day. `open`: what is still to be done; `turn`: whose it is; `next_due` and `next_turn` follow."""

    routine: Routine
    plans: tuple[Plan, ...]
    open: Occurrence | None
    turn: Turn
    next_due: date | None
    next_turn: Turn


def stand(session: Session, account_ids: Collection[str], day: date, crews: Mapping[str, Crew]) -> list[Standing]:
    """Every routine of the accounts that runs or is paused, as it stands on that day."""
    return standings_of(
        session, routines_of(session, account_ids, (RoutineState.ACTIVE, RoutineState.PAUSED)), day, crews
    )


def standings_of(
    session: Session, routines: Collection[Routine], day: date, crews: Mapping[str, Crew]
) -> list[Standing]:
    """These routines as they stand on that day, in the same order. `crews`: by the routines' accounts."""
    said = said_lately(session, [each.id for each in routines], day)
    return [_standing(each, said.get(each.id, set()), day, crews[each.account_id]) for each in routines]


def crews_of(
    session: Session, account_ids: Collection[str], day: date, user_ids: Collection[str] | None = None
) -> Mapping[str, Crew]:
    """Who can attest for each of the accounts, with the absences that are not over on that day.

    `user_ids`: only these people, where nothing is asked of others.
    """
    workers = workers_of(session, account_ids, user_ids)
    able = {
        account_id: {each.id: each for each in found.values() if Permission.CORRECT in PERMISSIONS[each.role]}
        for account_id, found in workers.items()
    }
    absences: dict[str, list[Absence]] = {account_id: [] for account_id in account_ids}
    for absence in absences_from(session, account_ids, day, user_ids):
        absences[absence.account_id].append(absence)
    return {account_id: Crew(able.get(account_id, {}), tuple(absences[account_id])) for account_id in account_ids}


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """How a duty of the rule book is kept as a routine.

    `overdue_since`: since when it is still to be done; None where nothing is. `last_done`: the latest due date for
    which it was attested, None for never. `is_paused`: nobody is asked for it now.
    """

    routine_id: str
    due_on: date | None
    overdue_since: date | None
    next_due: date | None
    last_done: date | None
    is_paused: bool


def standing(session: Session, vault: Vault, account_id: str, kind: str) -> DutyStanding | None:
    """How the duty `kind` (``daily_look``, ``deep_review``) is kept; None where the account has no such routine."""
    day = today(vault)
    crews = crews_of(session, [account_id], day)
    found = [each for each in stand(session, [account_id], day, crews) if each.routine.kind == kind]
    if not found:
        return None
    routine, is_open = found[0].routine, found[0].open
    done = select(func.max(Attestation.due_on)).where(
        Attestation.routine_id == routine.id, Attestation.outcome == Outcome.DONE
    )
    return DutyStanding(
        routine_id=routine.id,
        due_on=latest_due(found[0].plans, day),
        overdue_since=is_open.due_on if is_open and is_open.due_on < day else None,
        next_due=found[0].next_due,
        last_done=session.scalar(done),
        is_paused=routine.state == RoutineState.PAUSED,
    )


def _standing(routine: Routine, said: Collection[date], day: date, crew: Crew) -> Standing:
    plans = plans_of(routine.plans)
    runs = routine.state == RoutineState.ACTIVE
    coming = _first_unsaid(plans, said, day) if runs else None
    return Standing(
        routine=routine,
        plans=plans,
        open=current(plans, said, day) if runs else None,
        turn=crew.turn(routine, day),
        next_due=coming,
        next_turn=crew.turn(routine, coming or day),
    )


def _first_unsaid(plans: Iterable[Plan], said: Collection[date], after: date) -> date | None:
    due = upcoming(tuple(plans), after)
    while due is not None and due in said:
        due = upcoming(tuple(plans), due)
    return due
