"""Routines of many seller accounts at once: what was said of them, who is there, who is away, and their figures."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, selectinload

from vault.db.entities.people import Membership, User
from vault.db.entities.routines import Absence, Attestation, Routine, RoutinePlan
from vault.db.queries.among import among
from vault.domain.cadence import parse_cadence
from vault.domain.roles import Role
from vault.domain.routines import Outcome, Plan, RoutineState, all_due, latest_due

WINDOW_DAYS = 30


def routines_of(session: Session, account_ids: Collection[str], states: Collection[str]) -> list[Routine]:
    """The routines in these states with their plans, by title."""
    wanted = select(Routine).where(Routine.account_id.in_(account_ids), Routine.state.in_(states))
    by_title = wanted.order_by(Routine.title, Routine.id).options(selectinload(Routine.plans))
    return list(session.scalars(by_title))


def plans_of(rows: Iterable[RoutinePlan]) -> tuple[Plan, ...]:
    return tuple(Plan(parse_cadence(row.cadence), row.begins_on, row.ends_on) for row in rows)


def said_lately(session: Session, routine_ids: Collection[str], today: date) -> Mapping[str, set[date]]:
    """By routine, the due dates that decide what is open now: the latest said until `today`, and all said ahead."""
    latest = select(Routine.id, _latest_said(today)).where(among(Routine.id, routine_ids))
    ahead = select(Attestation.routine_id, Attestation.due_on).where(
        among(Attestation.routine_id, routine_ids), Attestation.due_on > today
    )
    found: dict[str, set[date]] = defaultdict(set)
    for statement in (latest, ahead):
        for routine_id, due_on in session.execute(statement):
            if due_on is not None:
                found[routine_id].add(due_on)
    return found


def said_since(
    session: Session, routine_ids: Collection[str], since: date, until: date
) -> Mapping[str, dict[date, Outcome]]:
    """By routine, what people said of the due dates from `since` to `until`."""
    wanted = select(Attestation.routine_id, Attestation.due_on, Attestation.outcome).where(
        Attestation.routine_id.in_(routine_ids), Attestation.due_on.between(since, until)
    )
    found: dict[str, dict[date, Outcome]] = defaultdict(dict)
    for routine_id, due_on, outcome in session.execute(wanted):
        found[routine_id][due_on] = Outcome(outcome)
    return found


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who has a role in a seller account and can sign in."""

    id: str
    name: str
    role: Role


def workers_of(
    session: Session, account_ids: Collection[str], user_ids: Collection[str] | None = None
) -> Mapping[str, Mapping[str, Worker]]:
    """Who can work for each of the accounts, by person's id, sorted by name. `user_ids`: of these people only."""
    wanted = (
        select(Membership.account_id, User.id, User.name, Membership.role)
        .join(User)
        .where(among(Membership.account_id, account_ids), User.disabled_at.is_(None))
        .order_by(User.name, User.id)
    )
    if user_ids is not None:
        wanted = wanted.where(among(Membership.user_id, user_ids))
    found: dict[str, dict[str, Worker]] = defaultdict(dict)
    for account_id, user_id, name, role in session.execute(wanted):
        found[account_id][user_id] = Worker(user_id, name, Role(role))
    return found


def absences_from(
    session: Session, account_ids: Collection[str], day: date, user_ids: Collection[str] | None = None
) -> list[Absence]:
    """The absences that are not over on that day, the first to begin first. `user_ids`: of these people only."""
    wanted = select(Absence).where(among(Absence.account_id, account_ids), Absence.until_on >= day)
    if user_ids is not None:
        wanted = wanted.where(among(Absence.user_id, user_ids))
    return list(session.scalars(wanted.order_by(Absence.from_on, Absence.id)))


@dataclass(frozen=True, slots=True)
class Figures:
    """The routines of one seller account in five numbers.

    `due`: of today and still to be done; `overdue`: of an earlier day and still to be done; `missed`: nobody has said
    anything of their last due day before today, whether that is still to be done or was skipped; `done_today`:
    attested today, whenever due; `skipped_30d`: skipped in the last 30 days.
    """

    due: int = 0
    overdue: int = 0
    missed: int = 0
    done_today: int = 0
    skipped_30d: int = 0


def figures(session: Session, account_ids: Collection[str], today: date) -> dict[str, Figures]:
    """The figures of each account, in three statements however many they are."""
    since = today - timedelta(days=WINDOW_DAYS - 1)
    running = _running_plans(session, account_ids)
    latest, done = _said_by_routine(session, account_ids, since, today)
    done_today = _done_today(session, account_ids, today)
    known: dict[tuple[tuple[str, date, date | None], ...], tuple[date | None, date | None, int]] = {}
    counts: dict[str, list[int]] = {account_id: [0, 0, 0, 0] for account_id in account_ids}
    for account_id, routine_id, rows in running:
        if rows not in known:  # most routines share the cadences of the rule book
            plans = [Plan(parse_cadence(cadence), begins, ends) for cadence, begins, ends in rows]
            before = latest_due(plans, today - timedelta(days=1))
            known[rows] = latest_due(plans, today), before, len(all_due(plans, since, today))
        due_on, before, times = known[rows]
        said = latest.get(routine_id)
        is_open = due_on is not None and said != due_on
        count = counts[account_id]
        count[0] += is_open and due_on == today
        count[1] += is_open and due_on != today
        is_counted = is_open and due_on is not None and due_on >= since
        count[2] += before is not None and (said is None or said < before)
        count[3] += times - done.get(routine_id, 0) - is_counted
    return {
        account_id: Figures(due, overdue, missed, done_today.get(account_id, 0), skipped)
        for account_id, (due, overdue, missed, skipped) in counts.items()
    }


def _running_plans(
    session: Session, account_ids: Collection[str]
) -> Iterator[tuple[str, str, tuple[tuple[str, date, date | None], ...]]]:
    wanted = (
        select(
            Routine.account_id, RoutinePlan.routine_id, RoutinePlan.cadence, RoutinePlan.begins_on, RoutinePlan.ends_on
        )
        .join(Routine)
        .where(Routine.account_id.in_(account_ids), Routine.state == RoutineState.ACTIVE)
        .order_by(RoutinePlan.routine_id, RoutinePlan.begins_on)
    )
    found: dict[tuple[str, str], list[tuple[str, date, date | None]]] = defaultdict(list)
    for account_id, routine_id, cadence, begins_on, ends_on in session.execute(wanted):
        found[account_id, routine_id].append((cadence, begins_on, ends_on))
    return ((account_id, routine_id, tuple(rows)) for (account_id, routine_id), rows in found.items())


def _said_by_routine(
    session: Session, account_ids: Collection[str], since: date, today: date
) -> tuple[Mapping[str, date | None], Mapping[str, int]]:
    """By routine, the latest due date that something was said of, and how often it was done since `since`."""
    done = (
        select(func.count())
        .where(
            Attestation.routine_id == Routine.id,
            Attestation.due_on.between(since, today),
            Attestation.outcome == Outcome.DONE,
        )
        .correlate(Routine)
        .scalar_subquery()
    )
    wanted = select(Routine.id, _latest_said(today), done).where(
        Routine.account_id.in_(account_ids), Routine.state == RoutineState.ACTIVE
    )
    rows = session.execute(wanted).all()
    return {row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows}


def _latest_said(today: date) -> ScalarSelect[date]:
    """The latest due date until `today` that something was said of: one step into the index for each routine."""
    said = select(func.max(Attestation.due_on))
    return (
        said.where(Attestation.routine_id == Routine.id, Attestation.due_on <= today)
        .correlate(Routine)
        .scalar_subquery()
    )


def _done_today(session: Session, account_ids: Collection[str], today: date) -> Mapping[str, int]:
    wanted = (
        select(Routine.account_id, func.count())
        .select_from(Attestation)
        .join(Routine)
        .where(
            Routine.account_id.in_(account_ids),
            Attestation.said_on == today,
            Attestation.outcome == Outcome.DONE,
        )
        .group_by(Routine.account_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}
