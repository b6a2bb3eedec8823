"""Documents of the vault that belong to a task."""

from sqlalchemy import select

from vault.db.entities.worklist import TaskAttachment
from vault.db.queries.papers import Proof
from vault.domain.errors import NotFound
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.documents.belonging import document_of
from vault.services.documents.paper_kinds import take_as_proof
from vault.services.journal.notes import record
from vault.services.tasks.tasks import note_of, require_task
from vault.services.vault import Vault

# Tasks about these are settled by papers; about anything else a supplier's new invoice may be what is attached.
_OF_NO_INVOICE = frozenset({"account", "further_account", "link", "routine", "security"})


def attach(vault: Vault, actor: Actor, task_id: str, document_id: str, account_id: str | None = None) -> None:
    """Puts a document of the task's seller account to it. Raises NotFound, Forbidden. Twice is the same as once."""
    with vault.database.transaction() as session:
        task = require_task(session, actor, task_id, Permission.CORRECT, account_id)
        if document_of(session, document_id, task.account_id) is None:
            raise NotFound()
        here = (TaskAttachment.task_id == task_id, TaskAttachment.document_id == document_id)
        if session.scalar(select(TaskAttachment.id).where(*here)) is not None:
            return
        attachment = TaskAttachment(task_id=task_id, document_id=document_id, account_id=task.account_id)
        attachment.added_by, attachment.added_at = actor.id, vault.clock()
        session.add(attachment)
        session.flush()
        record(session, vault, [note_of("task.document_attached", task, actor.id, document=document_id)])
    if task.subject_type in _OF_NO_INVOICE:
        take_as_proof(vault, actor, Proof(document_id, "task", ""))


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
