"""The list of tasks."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from vault.db.entities.documents import Document
from vault.db.entities.work import Task, TaskState
from vault.db.queries.keyset import Order, Page, count_up_to, fetch_page
from vault.domain.findings import Severity

COUNT_LIMIT = 2000
DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """`due_before`: tasks due earlier than that day; `due_from`: that day or later. Empty: everything."""

    state: str = TaskState.OPEN
    severity: str = ""
    check_id: str = ""
    due_from: date | None = None
    due_before: date | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task as a list shows it, with the document it is about (`filename` None: another subject)."""

    id: str
    subject_type: str
    subject_id: str
    check_id: str
    item: str
    outcome: str
    severity: str
    title: dict[str, Any]
    advice: dict[str, Any]
    state: str
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


@dataclass(frozen=True, slots=True)
class TaskPage:
    """`count` is exact below `COUNT_LIMIT`."""

    page: Page[TaskRow]
    count: int


def list_tasks(session: Session, account_id: str, wanted: TaskFilter, token: str | None = None) -> TaskPage:
    """One page of the account's tasks, the earliest due date first. Raises Invalid for a token of another list."""
    conditions = _conditions(account_id, wanted)
    count = count_up_to(session, select(Task.id).where(*conditions), COUNT_LIMIT)
    return TaskPage(fetch_page(session, _rows().where(*conditions), _ORDER, TaskRow, token), count)


def worst_tasks(session: Session, account_id: str, limit: int) -> tuple[TaskRow, ...]:
    """Open tasks, the gravest first and among equals the earliest due: what needs somebody now."""
    found: list[TaskRow] = []
    for severity in Severity:
        conditions = _conditions(account_id, TaskFilter(severity=severity))
        statement = _rows().where(*conditions).order_by(Task.due_on, Task.id).limit(limit - len(found))
        found += [TaskRow(*row) for row in session.execute(statement)]
        if len(found) >= limit:
            break
    return tuple(found)


def document_tasks(session: Session, account_id: str, document_id: str) -> tuple[TaskRow, ...]:
    """Every task of one document, the earliest due first."""
    statement = _rows().where(
        Task.account_id == account_id, Task.subject_type == DOCUMENT, Task.subject_id == document_id
    )
    return tuple(TaskRow(*row) for row in session.execute(statement.order_by(Task.due_on, Task.id)))


def checks_with_tasks(session: Session, account_id: str, state: str) -> tuple[str, ...]:
    """The checks that have a task in this state, by name: skips from one to the next through the index."""
    found: list[str] = []
    while True:
        after = select(func.min(Task.check_id)).where(
            Task.account_id == account_id, Task.state == state, Task.check_id > (found[-1] if found else "")
        )
        check_id = session.scalar(after)
        if check_id is None:
            return tuple(found)
        found.append(check_id)


def _rows() -> Select[Any]:
    about = and_(Task.subject_type == DOCUMENT, Document.id == Task.subject_id)
    return select(*_COLUMNS).select_from(Task).outerjoin(Document, about)


def _conditions(account_id: str, wanted: TaskFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Task.account_id == account_id, Task.state == wanted.state]
    if wanted.severity:
        conditions.append(Task.severity == wanted.severity)
    if wanted.check_id:
        conditions.append(Task.check_id == wanted.check_id)
    if wanted.due_from:
        conditions.append(Task.due_on >= wanted.due_from)
    if wanted.due_before:
        conditions.append(Task.due_on < wanted.due_before)
    return conditions
