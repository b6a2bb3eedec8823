"""One task as its page shows it: what was found and why, who is on it, what was said, and what happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document
from vault.db.entities.work import Task
from vault.db.entities.worklist import TaskAttachment, TaskComment, TaskWatcher
from vault.domain.errors import NotFound
from vault.domain.findings import Finding
from vault.journal.entry import JsonValue, read_moment
from vault.journal.reader import to_recorded
from vault.journal.table import entries
from vault.journal.verifier import Broken
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.findings import load_finding
from vault.services.tasks.people import who_may_do, who_may_see
from vault.services.tasks.tasks import may_see
from vault.services.vault import Vault

_HISTORY = 100
_COMMENTS = 500


@dataclass(frozen=True, slots=True)
class TaskEvent:
    """One entry of the journal about the task, the newest first."""

    at: datetime
    who: str
    action: str
    details: Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class TaskFile:
    """One task. `finding` is what raised it; `also`: what other checks say of the same gap, as stored messages.

    `people` names everybody on the page by id; `assignable` who may be given the task, `readers` who may see it.
    `document`: what the task is about, where that is one.
    """

    task: Task
    finding: Finding | None
    also: Sequence[Mapping[str, object]]
    document: Document | None
    comments: Sequence[TaskComment]
    attachments: Sequence[Document]
    watchers: Sequence[str]
    history: Sequence[TaskEvent]
    people: Mapping[str, str]
    assignable: Mapping[str, str]
    readers: Mapping[str, str]


def read_task(vault: Vault, actor: Actor, account_id: str, task_id: str) -> TaskFile:
    """Raises NotFound for a task that is not this account's or tells of an account that `actor` may not see."""
    with vault.database.reading() as session:
        task = session.get(Task, task_id)
        if task is None or task.account_id != account_id or not may_see(actor, task):
            raise NotFound()
        comments = _comments(session, task_id)
        history = _history(session, task_id)
        watchers = list(session.scalars(select(TaskWatcher.user_id).where(TaskWatcher.task_id == task_id)))
        told = {event.who for event in history} | {_assigned(event) for event in history}
        named = told | {comment.author_id for comment in comments} | {task.assignee_id, task.waived_by, *watchers}
        return TaskFile(
            task=task,
            finding=load_finding(task.finding) if task.finding.get("check") else None,
            also=task.finding.get("also", []),
            document=_document(session, task),
            comments=comments,
            attachments=_attachments(session, task_id),
            watchers=watchers,
            history=history,
            people=names_of(session, {user_id for user_id in named if user_id}),
            assignable=who_may_do(session, task),
            readers=who_may_see(session, task),
        )


def _document(session: Session, task: Task) -> Document | None:
    document = session.get(Document, task.subject_id) if task.subject_type == "document" else None
    return document if document is not None and document.account_id == task.account_id else None


def _comments(session: Session, task_id: str) -> list[TaskComment]:
    wanted = select(TaskComment).where(TaskComment.task_id == task_id).order_by(TaskComment.id.desc())
    return list(session.scalars(wanted.limit(_COMMENTS)))[::-1]


def _attachments(session: Session, task_id: str) -> list[Document]:
    wanted = (
        select(Document)
        .join(TaskAttachment, TaskAttachment.document_id == Document.id)
        .where(TaskAttachment.task_id == task_id)
        .order_by(TaskAttachment.id)
    )
    return list(session.scalars(wanted))


def _history(session: Session, task_id: str) -> list[TaskEvent]:
    wanted = select(entries).where(entries.c.subject == task_id).order_by(entries.c.seq.desc()).limit(_HISTORY)
    found = [to_recorded(row) for row in session.execute(wanted)]
    written = [item.entry for item in found if not isinstance(item, Broken)]
    return [TaskEvent(read_moment(each.at), each.actor, each.action, each.details) for each in written]


def _assigned(event: TaskEvent) -> str | None:
    assignee = event.details.get("assignee")
    return assignee if isinstance(assignee, str) else None
