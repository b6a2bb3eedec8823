"""What is due for one person in many seller accounts: the routines whose turn can be the person's, the tasks, and what
the person has attested today."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from vault.db.entities.people import Membership, User
from vault.db.entities.routines import Absence, Attestation, Routine
from vault.db.entities.work import Task, TaskState
from vault.db.queries.among import among
from vault.db.queries.tasks import visible_to
from vault.domain.findings import Severity
from vault.domain.roles import PERMISSIONS, Permission, Role
from vault.domain.routines import RoutineState

_MOST_ROWS = 400
_GRAVITY = {severity.value: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class DueTasks:
    """How many tasks of an account are due, and the first few of them: the gravest, then the earliest due."""

    count: int = 0
    first: tuple[Task, ...] = ()


def routines_for(
    session: Session, account_ids: Collection[str], owned: Collection[str], person_id: str, today: date
) -> list[Routine]:
    """The running routines that are the person's turn today or can be on another day, by title, with their plans.

    In the accounts that are `owned` by the person also those that are nobody's turn today.
    """
    ones_own = or_(Routine.owner_id == person_id, Routine.deputy_id == person_id)
    wanted = select(Routine).where(
        among(Routine.account_id, account_ids),
        Routine.state == RoutineState.ACTIVE,
        or_(ones_own, and_(among(Routine.account_id, owned), ~_somebody_is_there(today))),
    )
    by_title = wanted.order_by(Routine.title, Routine.id).options(selectinload(Routine.plans))
    return list(session.scalars(by_title))


def has_routines(session: Session, account_ids: Collection[str]) -> bool:
    """Whether any of the accounts has a routine that runs or is paused."""
    some = among(Routine.account_id, account_ids), Routine.state != RoutineState.ENDED
    return session.scalar(select(Routine.id).where(*some).limit(1)) is not None


def due_tasks(
    session: Session, account_ids: Collection[str], seen: Sequence[str], person_id: str, today: date, few: int
) -> Mapping[str, DueTasks]:
    """By account, the open tasks due until today that are the person's or nobody's.

    Left out are those that routines raise, which stand on the page themselves, and those that tell of a second account
    which is not among those `seen` by the person.
    """
    conditions = [*_due(account_ids, person_id, today), visible_to(seen)]
    counted = select(Task.account_id, func.count()).where(*conditions).group_by(Task.account_id)
    counts = {row[0]: row[1] for row in session.execute(counted)}
    ranked = (
        select(
            Task.id,
            func.row_number()
            .over(
                partition_by=Task.account_id,
                order_by=(case(_GRAVITY, value=Task.severity, else_=len(_GRAVITY)), Task.due_on, Task.id),
            )
            .label("place"),
        )
        .where(*conditions)
        .subquery()
    )
    wanted = select(Task).join(ranked, ranked.c.id == Task.id).where(ranked.c.place <= few)
    found: dict[str, list[Task]] = defaultdict(list)
    for task in session.scalars(wanted.order_by(ranked.c.place, Task.id).limit(_MOST_ROWS)):
        found[task.account_id].append(task)
    return {account_id: DueTasks(count, tuple(found[account_id])) for account_id, count in counts.items()}


def said_today(
    session: Session, account_ids: Collection[str], person_id: str, today: date
) -> list[tuple[Attestation, Routine]]:
    """What the person has said today of routines, in the order in which it was said."""
    wanted = (
        select(Attestation, Routine)
        .join(Routine)
        .where(Attestation.person_id == person_id, Attestation.said_on == today, Routine.account_id.in_(account_ids))
        .order_by(Attestation.said_at, Attestation.id)
    )
    return [(attestation, routine) for attestation, routine in session.execute(wanted)]


def _somebody_is_there(today: date) -> ColumnElement[bool]:
    """The routine's owner or deputy may work for its account, and is not away today."""
    able = [role for role in Role if Permission.CORRECT in PERMISSIONS[role]]
    away = exists().where(
        Absence.account_id == Routine.account_id,
        Absence.user_id == Membership.user_id,
        Absence.from_on <= today,
        Absence.until_on >= today,
    )
    return exists().where(
        Membership.account_id == Routine.account_id,
        Membership.user_id.in_((Routine.owner_id, Routine.deputy_id)),
        Membership.role.in_(able),
        User.id == Membership.user_id,
        User.disabled_at.is_(None),
        ~away,
    )


def _due(account_ids: Collection[str], person_id: str, today: date) -> list[ColumnElement[bool]]:
    return [
        Task.account_id.in_(account_ids),
        Task.state == TaskState.OPEN,
        Task.due_on <= today,
        Task.subject_type != "routine",
        or_(Task.assignee_id.is_(None), Task.assignee_id == person_id),
    ]
