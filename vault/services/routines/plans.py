"""The plans of a routine: a new one counts from a day on which nothing was said yet, and the past stays as it was."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.db.entities.routines import Attestation, Routine, RoutinePlan
from vault.domain.cadence import Cadence, parse_cadence
from vault.domain.ids import new_id
from vault.domain.routines import RoutineState

_DAY = timedelta(days=1)


def cadence_of(routine: Routine) -> Cadence:
    """The cadence that counts now, or did last."""
    latest = max(routine.plans, key=lambda plan: (plan.ends_on or date.max, plan.id))
    return parse_cadence(latest.cadence)


def begin_plan(routine: Routine, cadence: Cadence, begins_on: date) -> RoutinePlan:
    plan = RoutinePlan(id=new_id(), cadence=str(cadence), begins_on=begins_on)
    routine.plans.append(plan)
    return plan


def replan(session: Session, routine: Routine, cadence: Cadence, day: date, begins_on: date | None) -> None:
    """Puts another plan in the place of the one that runs, from `begins_on` or from `day`, which is today."""
    boundary = stop_plan(session, routine, day)
    plan = begin_plan(routine, cadence, max(boundary, begins_on or day))
    if routine.state == RoutineState.PAUSED:  # remembered for the day on which it goes on
        plan.ends_on = boundary - _DAY


def stop_plan(session: Session, routine: Routine, day: date) -> date:
    """Ends the plan that runs. Returns the first day that another one may have."""
    boundary = first_free_day(session, routine, day)
    for plan in routine.plans:
        if plan.ends_on is None:
            plan.ends_on = boundary - _DAY
    return boundary


def first_free_day(session: Session, routine: Routine, day: date) -> date:
    """Today, unless something was said already of today or of a later day."""
    said = session.scalar(select(func.max(Attestation.due_on)).where(Attestation.routine_id == routine.id))
    return max(day, said + _DAY) if said else day
