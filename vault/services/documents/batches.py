"""Upload batches: what became of each file of a drop. Cheap enough to be asked again every second."""

from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document, DocumentState, UploadBatch, UploadItem, UploadItemState
from vault.db.entities.work import Job, JobState
from vault.domain.errors import NotFound
from vault.domain.message import Message
from vault.domain.papers import PaperKind
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.jobs.jobs import JobKind
from vault.services.vault import Vault


class Stage(StrEnum):
    """Where a file of a batch is. `JUDGED`, `UNREADABLE`, `QUARANTINED` and `REFUSED` are final."""

    KEPT = "kept"
    READING = "reading"
    JUDGED = "judged"
    UNREADABLE = "unreadable"
    QUARANTINED = "quarantined"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """One file. `page` of `pages` while it is read; `verdict` once it is judged; `message` says why it was refused.

    `is_duplicate`: the same bytes were here already, `document_id` is the first document. `kept_as`: what that one is,
    where the sender says that it is something else.
    """

    client_key: str
    filename: str
    stage: Stage
    is_duplicate: bool = False
    document_id: str | None = None
    verdict: str = ""
    page: int = 0
    pages: int = 0
    reason: str = ""
    message: Message | None = None
    kept_as: PaperKind | None = None


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """Every file of a batch that arrived, in order of arrival. `expected` is what the sender announced.

    `kind`: what the files are, as a person says.
    """

    id: str
    account_id: str
    kind: PaperKind | None
    expected: int
    items: tuple[ItemProgress, ...]

    @property
    def is_settled(self) -> bool:
        """True when all announced files have arrived and none of them waits for a worker."""
        arrived = len(self.items) >= self.expected
        return arrived and not any(item.stage in (Stage.KEPT, Stage.READING) for item in self.items)


def batch_progress(vault: Vault, actor: Actor, batch_id: str) -> BatchProgress:
    """The state of each file of a batch. Raises NotFound."""
    with vault.database.reading() as session:
        batch = require_batch(session, actor, batch_id)
        rows = session.execute(
            select(UploadItem, Document.state, Document.verdict, Document.paper_kind)
            .outerjoin(Document, Document.id == UploadItem.document_id)
            .where(UploadItem.batch_id == batch_id)
            .order_by(UploadItem.received_at, UploadItem.id)
        ).all()
        running = _running(session, [item.document_id for item, state, *_ in rows if state == DocumentState.KEPT])
    kind = PaperKind(batch.paper_kind) if batch.paper_kind else None
    items = tuple(
        replace(_progress(item, state, verdict, running), kept_as=_kept_as(item, paper_kind, kind))
        for item, state, verdict, paper_kind in rows
    )
    return BatchProgress(batch.id, batch.account_id, kind, batch.expected, items)


def require_batch(session: Session, actor: Actor, batch_id: str, account_id: str | None = None) -> UploadBatch:
    """The batch, when the actor may see it and, where `account_id` is given, it belongs there. Raises NotFound."""
    batch = session.get(UploadBatch, batch_id)
    if batch is None or not actor.may(Permission.SEE, batch.account_id) or account_id not in (None, batch.account_id):
        raise NotFound()
    return batch


def _running(session: Session, document_ids: list[str | None]) -> dict[str, dict[str, int]]:
    """The progress of the documents that a worker reads at this moment."""
    if not document_ids:
        return {}
    rows = session.execute(
        select(Job.subject_id, Job.progress).where(
            Job.kind == JobKind.READ_DOCUMENT, Job.state == JobState.RUNNING, Job.subject_id.in_(document_ids)
        )
    )
    return dict(rows.all())


def _kept_as(item: UploadItem, paper_kind: str | None, said: PaperKind | None) -> PaperKind | None:
    if item.state != UploadItemState.DUPLICATE or said is None:
        return None
    kept = PaperKind(paper_kind or PaperKind.SUPPLIER_INVOICE)
    return kept if kept is not said else None


def _progress(
    item: UploadItem, state: str | None, verdict: str | None, running: dict[str, dict[str, int]]
) -> ItemProgress:
    if state is None or item.document_id is None:
        message = Message(item.message.get("text", ""), item.message.get("params", {}))
        return ItemProgress(item.client_key, item.filename, Stage.REFUSED, reason=item.reason, message=message)
    progress = running.get(item.document_id, {})
    is_read_now = state == DocumentState.KEPT and item.document_id in running
    return ItemProgress(
        item.client_key,
        item.filename,
        Stage.READING if is_read_now else Stage(state),
        is_duplicate=item.state == UploadItemState.DUPLICATE,
        document_id=item.document_id,
        verdict=verdict or "",
        page=progress.get("page", 0),
        pages=progress.get("pages", 0),
    )
