"""The list of tasks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Text, and_, case, cast, func, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from vault.db.entities.documents import Document
from vault.db.entities.work import Task, TaskState
from vault.db.entities.worklist import TaskWatcher
from vault.db.queries.among import among
from vault.db.queries.containing import contains
from vault.db.queries.keyset import Order, Page, count_up_to, fetch_page
from vault.db.queries.unindexed import unindexed
from vault.domain.findings import Severity

COUNT_LIMIT = 2000
DOCUMENT = "document"
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose tasks: those of `accounts`, without those that tell of a second account outside `seen`."""

    accounts: Sequence[str]
    seen: Sequence[str]


class Grouping(StrEnum):
    SUBJECT = "subject"
    CHECK = "check"
    ASSIGNEE = "assignee"
    SEVERITY = "severity"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """`due_before`: tasks due earlier than that day; `due_from`: that day or later. Empty: everything.

    `assignee_id`: a person, or NOBODY. `watcher_id`: tasks that this person watches. `text`: words to be found in the
    title, the file name or the supplier's name.
    """

    state: str = TaskState.OPEN
    severity: str = ""
    check_id: str = ""
    due_from: date | None = None
    due_before: date | None = None
    stage: str = ""
    assignee_id: str = ""
    watcher_id: str = ""
    subject_id: str = ""
    text: str = ""
    subject_type: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as a list shows it, with the document it is about (`filename` None: another subject)."""

    id: str
    account_id: str
    subject_type: str
    subject_id: str
    check_id: str
    item: str
    outcome: str
    severity: str
    title: dict[str, Any]
    advice: dict[str, Any]
    state: str
    stage: str
    assignee_id: str | None
    due_on: date
    closed_at: datetime | None
    waived_by: str | None
    waived_until: date | None
    waived_reason: str
    filename: str | None
    supplier_name: str | None


_COLUMNS: tuple[InstrumentedAttribute[Any], ...] = tuple(
    getattr(Document if name in ("filename", "supplier_name") else Task, name) for name in TaskRow.__slots__
)
_ORDER = Order(Task.due_on, Task.id)
_GRAVITY = case({severity.value: str(index) for index, severity in enumerate(Severity)}, value=Task.severity, else_="9")
_KEYS: dict[Grouping, ColumnElement[str]] = {
    Grouping.SUBJECT: Task.subject_type + " " + Task.subject_id,
    Grouping.CHECK: type_coerce(Task.check_id, String),
    Grouping.ASSIGNEE: func.coalesce(Task.assignee_id, ""),
    Grouping.SEVERITY: _GRAVITY,
}


@dataclass(frozen=True, slots=True)
class TaskPage:
    """`count` is exact below `COUNT_LIMIT`."""

    page: Page[TaskRow]
    count: int


def visible_to(seen: Sequence[str]) -> ColumnElement[bool]:
    """Passes no task that tells of a second account which is not among those `seen`."""
    return or_(Task.other_account_id.is_(None), among(Task.other_account_id, seen))


def list_tasks(
    session: Session, scope: Scope, wanted: TaskFilter, token: str | None = None, grouping: Grouping | None = None
) -> TaskPage:
    """One page of the tasks in `scope`, the earliest due date first, within their groups where they are grouped.

    Raises Invalid for a token of another list.
    """
    conditions = conditions_of(session, scope, wanted)
    count = count_tasks(session, conditions, wanted)
    if grouping is not None and grouping is not Grouping.WEEK:
        return TaskPage(_grouped_page(session, conditions, wanted, _order_of(grouping), token), count)
    return TaskPage(fetch_page(session, rows().where(*conditions), _ORDER, TaskRow, token), count)


def _grouped_page(
    session: Session, conditions: Sequence[ColumnElement[bool]], wanted: TaskFilter, order: Order, token: str | None
) -> Page[TaskRow]:
    """Sorts no more than ids, and fetches the rows of the page alone: no index holds the order of groups."""
    ids = select(Task.id).where(*conditions)
    if wanted.text:
        ids = ids.select_from(Task).outerjoin(Document, ABOUT)
    page = fetch_page(session, ids, order, str, token)
    found = {row[0]: TaskRow(*row) for row in session.execute(rows().where(Task.id.in_(page.rows)))}
    return Page(tuple(found[task_id] for task_id in page.rows), page.next, page.previous)


def worst_tasks(
    session: Session, scope: Scope, limit: int, severities: Iterable[Severity] = Severity
) -> tuple[TaskRow, ...]:
    """Open tasks, the gravest first and among equals the earliest due: what needs somebody now.

    `severities`: those of which there are any, the gravest first, where that is known.
    """
    found: list[TaskRow] = []
    for severity in severities:
        conditions = conditions_of(session, scope, TaskFilter(severity=severity))
        statement = rows().where(*conditions).order_by(Task.due_on, Task.id).limit(limit - len(found))
        found += [TaskRow(*row) for row in session.execute(statement)]
        if len(found) >= limit:
            break
    return tuple(found)


def document_tasks(session: Session, scope: Scope, document_id: str) -> tuple[TaskRow, ...]:
    """Every task of one document, the earliest due first."""
    statement = rows().where(
        Task.account_id.in_(scope.accounts),
        Task.subject_type == DOCUMENT,
        Task.subject_id == document_id,
        visible_to(scope.seen),
    )
    return tuple(TaskRow(*row) for row in session.execute(statement.order_by(Task.due_on, Task.id)))


def checks_with_tasks(session: Session, scope: Scope, state: str) -> tuple[str, ...]:
    """The checks that have a task in this state, by name: skips from one to the next through the index."""
    found: list[str] = []
    while True:
        after = select(func.min(Task.check_id)).where(
            Task.account_id.in_(scope.accounts),
            Task.state == state,
            Task.check_id > (found[-1] if found else ""),
            visible_to(scope.seen),
        )
        check_id = session.scalar(after)
        if check_id is None:
            return tuple(found)
        found.append(check_id)


# The document that a task is about, where it is about one.
ABOUT = and_(Task.subject_type == DOCUMENT, Document.id == Task.subject_id)


def count_tasks(session: Session, conditions: Sequence[ColumnElement[bool]], wanted: TaskFilter) -> int:
    """How many tasks fulfil the conditions that `wanted` makes, exact below `COUNT_LIMIT`."""
    counted = select(Task.id).where(*conditions)
    if wanted.text:
        counted = counted.select_from(Task).outerjoin(Document, ABOUT)
    return count_up_to(session, counted, COUNT_LIMIT)


def rows() -> Select[Any]:
    """Every task as the columns of a `TaskRow`."""
    return select(*_COLUMNS).select_from(Task).outerjoin(Document, ABOUT)


def conditions_of(session: Session, scope: Scope, wanted: TaskFilter) -> list[ColumnElement[bool]]:
    """What the tasks in `scope` that `wanted` passes fulfil. `wanted.text` needs the columns of `rows`."""
    equal: tuple[tuple[InstrumentedAttribute[Any], str], ...] = (
        (Task.severity, wanted.severity),
        (Task.check_id, wanted.check_id),
        (Task.stage, wanted.stage),
        (Task.subject_id, wanted.subject_id),
        (Task.subject_type, wanted.subject_type),
    )
    is_personal = bool(wanted.watcher_id or (wanted.assignee_id and wanted.assignee_id != NOBODY))
    state = unindexed(session, Task.state) if wanted.watcher_id else Task.state
    conditions = [_within(session, scope, is_personal), visible_to(scope.seen), state == wanted.state]
    conditions += [column == value for column, value in equal if value]
    if wanted.assignee_id:
        is_nobody = wanted.assignee_id == NOBODY
        conditions.append(Task.assignee_id.is_(None) if is_nobody else Task.assignee_id == wanted.assignee_id)
    if wanted.watcher_id:
        conditions.append(Task.id.in_(select(TaskWatcher.task_id).where(TaskWatcher.user_id == wanted.watcher_id)))
    if wanted.due_from:
        conditions.append(Task.due_on >= wanted.due_from)
    if wanted.due_before:
        conditions.append(Task.due_on < wanted.due_before)
    title = type_coerce(Task.title, Text)
    conditions += [contains(word, title, Document.filename, Document.supplier_name) for word in wanted.text.split()]
    return conditions


def _within(session: Session, scope: Scope, is_personal: bool) -> ColumnElement[bool]:
    """In one account its own indexes lead; over several the due date does, or there would be as many lists to merge.

    What one person has or watches is little anywhere: there the person leads.
    """
    if len(scope.accounts) == 1 and not is_personal:
        return Task.account_id == scope.accounts[0]
    return among(unindexed(session, Task.account_id), scope.accounts)


def _order_of(grouping: Grouping) -> Order:
    """Groups follow each other, and within each the due dates: one text to sort by, the same on every page."""
    return Order(_KEYS[grouping] + " " + cast(Task.due_on, String), Task.id)
