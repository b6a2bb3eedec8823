"""The figures of a seller account's home page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.documents import Document, DocumentState, UploadBatch
from vault.db.entities.work import Task, TaskState
from vault.db.queries.documents import DocumentRow, latest_documents
from vault.db.queries.tasks import TaskRow, worst_tasks

_TASKS_SHOWN = 8
_DOCUMENTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands where. `verdicts` counts judged documents by verdict, `severities` open tasks by severity.

    `moving` counts documents that are kept or being read: their verdict is still to come.
    """

    has_catalogue: bool
    has_documents: bool
    verdicts: Mapping[str, int]
    moving: int
    severities: Mapping[str, int]
    overdue: int
    tasks: tuple[TaskRow, ...]
    latest: tuple[DocumentRow, ...]
    last_batch: str | None


def read_overview(session: Session, account_id: str, today: date) -> Overview:
    """Everything the home page shows."""
    latest = latest_documents(session, account_id, _DOCUMENTS_SHOWN)
    verdicts = _count_documents_by_verdict(session, account_id)
    severities = _open_tasks_by_severity(session, account_id)
    return Overview(
        has_catalogue=bool(session.scalar(select(exists().where(CatalogueProduct.account_id == account_id)))),
        has_documents=bool(latest),
        verdicts=verdicts,
        moving=_moving(session, account_id),
        severities=severities,
        overdue=_overdue(session, account_id, today) if severities else 0,
        tasks=worst_tasks(session, account_id, _TASKS_SHOWN) if severities else (),
        latest=latest,
        last_batch=_last_batch(session, account_id),
    )


def _count_documents_by_verdict(session: Session, account_id: str) -> Mapping[str, int]:
    statement = (
        select(Document.verdict, func.count()).where(Document.account_id == account_id).group_by(Document.verdict)
    )
    return {verdict: count for verdict, count in session.execute(statement) if verdict}


def _moving(session: Session, account_id: str) -> int:
    on_the_way = Document.state.in_((DocumentState.KEPT, DocumentState.READING))
    return session.scalar(select(func.count()).where(Document.account_id == account_id, on_the_way)) or 0


def _open_tasks_by_severity(session: Session, account_id: str) -> Mapping[str, int]:
    statement = (
        select(Task.severity, func.count())
        .where(Task.account_id == account_id, Task.state == TaskState.OPEN)
        .group_by(Task.severity)
    )
    return dict(session.execute(statement).tuples().all())


def _overdue(session: Session, account_id: str, today: date) -> int:
    late = select(func.count()).where(Task.account_id == account_id, Task.state == TaskState.OPEN, Task.due_on < today)
    return session.scalar(late) or 0


def _last_batch(session: Session, account_id: str) -> str | None:
    statement = (
        select(UploadBatch.id)
        .where(UploadBatch.account_id == account_id)
        .order_by(UploadBatch.created_at.desc())
        .limit(1)
    )
    return session.scalar(statement)
