"""Documents of the vault that belong to a task."""

from sqlalchemy import select

from vault.db.entities.documents import Document
from vault.db.entities.worklist import TaskAttachment
from vault.domain.errors import NotFound
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.journal.notes import record
from vault.services.tasks.tasks import note_of, require_task
from vault.services.vault import Vault


def attach(vault: Vault, actor: Actor, task_id: str, document_id: str, account_id: str | None = None) -> None:
    """Puts a document of the task's seller account to it. Raises NotFound, Forbidden. Twice is the same as once."""
    with vault.database.transaction() as session:
        task = require_task(session, actor, task_id, Permission.CORRECT, account_id)
        document = session.get(Document, document_id)
        if document is None or document.account_id != task.account_id:
            raise NotFound()
        here = (TaskAttachment.task_id == task_id, TaskAttachment.document_id == document_id)
        if session.scalar(select(TaskAttachment.id).where(*here)) is not None:
            return
        attachment = TaskAttachment(task_id=task_id, document_id=document_id, account_id=task.account_id)
        attachment.added_by, attachment.added_at = actor.id, vault.clock()
        session.add(attachment)
        session.flush()
        record(session, vault, [note_of("task.document_attached", task, actor.id, document=document_id)])


def detach(vault: Vault, actor: Actor, task_id: str, document_id: str, account_id: str | None = None) -> None:
    """Takes a document away from a task; the document itself stays. Raises NotFound, Forbidden."""
    with vault.database.transaction() as session:
        task = require_task(session, actor, task_id, Permission.CORRECT, account_id)
        here = (TaskAttachment.task_id == task_id, TaskAttachment.document_id == document_id)
        attachment = session.scalars(select(TaskAttachment).where(*here)).one_or_none()
        if attachment is None:
            raise NotFound()
        session.delete(attachment)
        session.flush()
        record(session, vault, [note_of("task.document_detached", task, actor.id, document=document_id)])
