"""Tasks as a board and as a month: the same tasks as the list, seen from how far they are and from when they are due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document
from vault.db.entities.work import Task, TaskStage, TaskState
from vault.db.queries.tasks import ABOUT, Scope, TaskFilter, TaskRow, conditions_of, count_tasks, rows

_A_COLUMN = 25
_A_DAY = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: its tasks, at most 25, and how many there are (exact below `COUNT_LIMIT`)."""

    rows: tuple[TaskRow, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Day:
    """The tasks due on one day: the first few, and how many there are."""

    rows: tuple[TaskRow, ...]
    count: int


def board(session: Session, scope: Scope, wanted: TaskFilter, done_since: datetime) -> Mapping[str, Column]:
    """Open tasks by stage, the earliest due first, and under ``done`` those closed since then, the latest first."""
    columns = {stage.value: _stage(session, scope, replace(wanted, stage=stage, state="open")) for stage in TaskStage}
    conditions = conditions_of(session, scope, replace(wanted, state=TaskState.DONE, stage=""))
    conditions.append(Task.closed_at >= done_since)
    latest = rows().where(*conditions).order_by(Task.closed_at.desc(), Task.id.desc()).limit(_A_COLUMN)
    found = tuple(TaskRow(*row) for row in session.execute(latest))
    columns["done"] = Column(found, count_tasks(session, conditions, wanted))
    return columns


def month(session: Session, scope: Scope, wanted: TaskFilter, first: date, after: date) -> Mapping[date, Day]:
    """The tasks due from `first` until before `after`, by day; days without any are left out."""
    narrowed = replace(wanted, due_from=first, due_before=after)
    conditions = conditions_of(session, scope, narrowed)
    place = func.row_number().over(partition_by=Task.due_on, order_by=Task.id)
    ranked = (
        select(Task.id.label("task_id"), place.label("place"), func.count().over(partition_by=Task.due_on).label("all"))
        .select_from(Task)
        .where(*conditions)
    )
    if wanted.text:
        ranked = ranked.outerjoin(Document, ABOUT)
    chosen = ranked.subquery()
    shown = rows().add_columns(chosen.c.all).join(chosen, chosen.c.task_id == Task.id)
    shown = shown.where(chosen.c.place <= _A_DAY).order_by(Task.due_on, Task.id)
    return _by_day([(TaskRow(*row[:-1]), row[-1]) for row in session.execute(shown)])


def count_before(session: Session, scope: Scope, wanted: TaskFilter, day: date) -> int:
    """How many of the tasks are due before that day, exact below `COUNT_LIMIT`."""
    conditions = conditions_of(session, scope, replace(wanted, due_before=day, due_from=None))
    return count_tasks(session, conditions, wanted)


def _stage(session: Session, scope: Scope, wanted: TaskFilter) -> Column:
    conditions = conditions_of(session, scope, wanted)
    shown = rows().where(*conditions).order_by(Task.due_on, Task.id).limit(_A_COLUMN)
    found = tuple(TaskRow(*row) for row in session.execute(shown))
    return Column(found, count_tasks(session, conditions, wanted))


def _by_day(found: Sequence[tuple[TaskRow, int]]) -> Mapping[date, Day]:
    days: dict[date, Day] = {}
    for row, count in found:
        before = days.get(row.due_on)
        days[row.due_on] = Day((*before.rows, row) if before else (row,), count)
    return days
