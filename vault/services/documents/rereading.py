"""After an update of the reader: documents that an older one has read are read again, behind everything else."""

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from vault.db.entities.documents import Document, DocumentState, StoredReading
from vault.db.entities.work import Job, JobState
from vault.reading.version import READER
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.vault import Vault

# So many wait at once: an upload that comes meanwhile waits for no more than these.
_AT_ONCE = 20


def read_outdated(vault: Vault) -> int:
    """Queues the next few documents, while nothing else waits to be read. Returns how many.

    Each is tried once: what cannot be read any more keeps its earlier reading.
    """
    with vault.database.transaction() as session:
        if _is_busy(session):
            return 0
        outdated = _outdated(session)
        queued = [
            jobs.add(session, vault, JobKind.READ_DOCUMENT, document_id, account_id)
            for document_id, account_id in outdated
        ]
        record(
            session,
            vault,
            [
                Note("document.read_again", document_id, MACHINE, account_id, {"reader": READER})
                for document_id, account_id in outdated
            ],
        )
    for job in queued:
        jobs.send(vault, job)
    return len(queued)


def _is_busy(session: Session) -> bool:
    unfinished = Job.state.in_((JobState.WAITING, JobState.RUNNING))
    waiting = select(Job.id).where(Job.kind == JobKind.READ_DOCUMENT, unfinished).limit(1)
    return session.scalar(waiting) is not None


def _outdated(session: Session) -> Sequence[tuple[str, str]]:
    """Ids of judged documents, and of their seller accounts, whose latest reading is by another reader."""
    later = aliased(StoredReading)
    is_latest = ~exists().where(later.document_id == StoredReading.document_id, later.attempt > StoredReading.attempt)
    was_tried = exists().where(
        Job.kind == JobKind.READ_DOCUMENT,
        Job.subject_id == StoredReading.document_id,
        Job.created_at > StoredReading.read_at,
    )
    wanted = (
        select(Document.id, Document.account_id)
        .join(StoredReading, StoredReading.document_id == Document.id)
        .where(StoredReading.reader != READER, is_latest, ~was_tried, Document.state == DocumentState.JUDGED)
        .order_by(Document.id.desc())
        .limit(_AT_ONCE)
    )
    return [(row[0], row[1]) for row in session.execute(wanted)]
