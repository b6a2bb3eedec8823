"""The figures of a seller account's home page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.documents import Document, DocumentState, UploadBatch
from vault.db.entities.work import Task, TaskState
from vault.db.queries.documents import DocumentRow, latest_documents
from vault.db.queries.keyset import count_up_to
from vault.db.queries.tasks import Scope, TaskRow, visible_to, worst_tasks
from vault.db.queries.unindexed import through_indexes
from vault.domain.findings import Severity, Verdict

COUNTED = 10_000
_TASKS_SHOWN = 8
_DOCUMENTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands where. `verdicts` counts documents by verdict, `severities` open tasks by severity, none where 0.

    `moving` counts documents that are kept or being read: their verdict is still to come. A count of `COUNTED` means
    that many or more: nobody needs the figure, and counting a million takes longer than a page may.
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


def read_overview(session: Session, account_id: str, today: date, seen: Sequence[str] = ()) -> Overview:
    """Everything the home page shows. Tasks that tell of a second seller account count where it is among those `seen`."""
    through_indexes(session)
    latest = latest_documents(session, account_id, _DOCUMENTS_SHOWN)
    verdicts = _documents_by_verdict(session, account_id)
    severities = _open_tasks_by_severity(session, account_id, seen)
    return Overview(
        has_catalogue=bool(session.scalar(select(exists().where(CatalogueProduct.account_id == account_id)))),
        has_documents=bool(latest),
        verdicts=verdicts,
        moving=_moving(session, account_id),
        severities=severities,
        overdue=_overdue(session, account_id, today, seen) if severities else 0,
        tasks=worst_tasks(session, Scope((account_id,), seen), _TASKS_SHOWN) if severities else (),
        latest=latest,
        last_batch=_last_batch(session, account_id),
    )


def _documents_by_verdict(session: Session, account_id: str) -> Mapping[str, int]:
    own = select(Document.id).where(Document.account_id == account_id)
    return _counted(session, {verdict: own.where(Document.verdict == verdict) for verdict in Verdict})


def _moving(session: Session, account_id: str) -> int:
    own = select(Document.id).where(Document.account_id == account_id)
    return count_up_to(session, own.where(Document.state == DocumentState.KEPT), COUNTED)


def _open_tasks_by_severity(session: Session, account_id: str, seen: Sequence[str]) -> Mapping[str, int]:
    is_open = select(Task.id).where(Task.account_id == account_id, Task.state == TaskState.OPEN, visible_to(seen))
    return _counted(session, {severity: is_open.where(Task.severity == severity) for severity in Severity})


def _overdue(session: Session, account_id: str, today: date, seen: Sequence[str]) -> int:
    is_open = select(Task.id).where(Task.account_id == account_id, Task.state == TaskState.OPEN, visible_to(seen))
    return count_up_to(session, is_open.where(Task.due_on < today), COUNTED)


def _counted(session: Session, statements: Mapping[str, Select[str]]) -> Mapping[str, int]:
    counts = {name: count_up_to(session, statement, COUNTED) for name, statement in statements.items()}
    return {name: count for name, count in counts.items() if count}


def _last_batch(session: Session, account_id: str) -> str | None:
    statement = (
        select(UploadBatch.id)
        .where(UploadBatch.account_id == account_id)
        .order_by(UploadBatch.created_at.desc())
        .limit(1)
    )
    return session.scalar(statement)
