"""Working on one task: changing it, watching it, and the tasks that people add and finish by hand."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vault.db.entities.work import Task, TaskStage, TaskState
from vault.db.entities.worklist import TaskWatcher
from vault.domain.errors import Invalid
from vault.domain.findings import Finding, Outcome, Severity
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.days import today
from vault.services.findings import dump_finding, dump_message
from vault.services.journal.notes import record
from vault.services.notices.task_news import tell_assigned
from vault.services.tasks.changes import FURTHEST, Change
from vault.services.tasks.people import colleagues
from vault.services.tasks.tasks import close, note_of, require_task
from vault.services.vault import Vault

MANUAL = "task.manual"
# Tasks of this kind stand for themselves: their subject is the task.
SUBJECT = "manual"
_TITLE = 300
_TEXT = 4000


@dataclass(frozen=True, slots=True)
class ManualTask:
    """A task as a person writes it down. `due_on` None: as the severity says."""

    title: str
    text: str = ""
    severity: Severity = Severity.NORMAL
    due_on: date | None = None
    assignee_id: str | None = None


def change_task(vault: Vault, actor: Actor, task_id: str, change: Change, account_id: str | None = None) -> Task:
    """Makes one change to one task. Raises NotFound, Forbidden, and Invalid where it cannot be made."""
    with vault.database.transaction() as session:
        task = require_task(session, actor, task_id, change.permission, account_id)
        record(session, vault, change.apply(session, vault, actor, task))
    return task


def add_task(vault: Vault, actor: Actor, account_id: str, wanted: ManualTask) -> Task:
    """Adds a task that no check has raised; a person closes it. Raises NotFound, Forbidden, Invalid."""
    actor.require(Permission.CORRECT, account_id)
    with vault.database.transaction() as session:
        _check(session, vault, account_id, wanted)
        task = _manual_task(vault, actor, account_id, wanted)
        session.add(task)
        session.flush()
        tell_assigned(session, vault, task, actor.id, actor.name)
        record(session, vault, [note_of("task.opened", task, actor.id, assignee=wanted.assignee_id)])
    return task


def finish(vault: Vault, actor: Actor, task_id: str, account_id: str | None = None) -> Task:
    """Closes a task that was added by hand.

    Raises NotFound, Forbidden, and Invalid for the task of a check: that closes by itself when the gap is gone.
    """
    with vault.database.transaction() as session:
        task = _require_manual(session, actor, task_id, account_id)
        if task.state == TaskState.DONE:
            raise Invalid(N_("This task is done already."))
        record(session, vault, [close(vault, task, actor.id)])
    return task


def reopen(vault: Vault, actor: Actor, task_id: str, account_id: str | None = None) -> Task:
    """Opens a task again that was added and closed by hand. Raises NotFound, Forbidden, Invalid."""
    with vault.database.transaction() as session:
        task = _require_manual(session, actor, task_id, account_id)
        if task.state != TaskState.DONE:
            raise Invalid(N_("This task is open already."))
        task.state, task.stage, task.closed_at = TaskState.OPEN, TaskStage.TO_DO, None
        record(session, vault, [note_of("task.reopened", task, actor.id)])
    return task


def watch(vault: Vault, actor: Actor, task_id: str, wanted: bool, account_id: str | None = None) -> None:
    """Whether `actor` wants to hear of the task. Raises NotFound."""
    with vault.database.transaction() as session:
        require_task(session, actor, task_id, Permission.SEE, account_id)
        mine = (TaskWatcher.task_id == task_id, TaskWatcher.user_id == actor.id)
        if not wanted:
            session.execute(delete(TaskWatcher).where(*mine))
        elif session.scalar(select(TaskWatcher.id).where(*mine)) is None:
            session.add(TaskWatcher(task_id=task_id, user_id=actor.id, since=vault.clock()))


def _require_manual(session: Session, actor: Actor, task_id: str, account_id: str | None) -> Task:
    task = require_task(session, actor, task_id, Permission.CORRECT, account_id)
    if task.check_id != MANUAL:
        raise Invalid(
            N_("A check has raised this task. It closes by itself as soon as the check finds that the gap is gone.")
        )
    return task


def _check(session: Session, vault: Vault, account_id: str, wanted: ManualTask) -> None:
    problems = {}
    if not wanted.title.strip():
        problems["title"] = Message(N_("Say in one line what is to be done."))
    if len(wanted.title) > _TITLE or len(wanted.text) > _TEXT:
        problems["title"] = Message(N_("This is too long for a task. Attach a document instead."))
    first = today(vault)
    if wanted.due_on and not first <= wanted.due_on <= first + FURTHEST:
        problems["due_on"] = Message(N_("Choose a day from today on, within a year."))
    if wanted.assignee_id and wanted.assignee_id not in colleagues(session, account_id, Permission.CORRECT):
        problems["assignee"] = Message(N_("Choose somebody who may work on tasks of this seller account."))
    if problems:
        raise Invalid(N_("The task was not added."), problems)


def _manual_task(vault: Vault, actor: Actor, account_id: str, wanted: ManualTask) -> Task:
    finding = Finding(
        check=MANUAL,
        outcome=Outcome.UNKNOWN,
        # The words are parameters: a person's “%” means itself.
        message=Message("%(title)s", {"title": wanted.title.strip()}),
        rule="",
        severity=wanted.severity,
        advice=Message("%(text)s", {"text": wanted.text.strip()}) if wanted.text.strip() else None,
        why={"added_by": actor.id},
    )
    task_id = new_id()
    return Task(
        id=task_id,
        account_id=account_id,
        subject_type=SUBJECT,
        subject_id=task_id,
        check_id=MANUAL,
        outcome=finding.outcome,
        severity=finding.severity,
        title=dump_message(finding.message),
        advice=dump_message(finding.advice) if finding.advice else {},
        finding=dump_finding(finding),
        state=TaskState.OPEN,
        assignee_id=wanted.assignee_id,
        assigned_by=actor.id if wanted.assignee_id else None,
        due_on=wanted.due_on or today(vault) + timedelta(days=vault.rules.due_days[wanted.severity]),
        due_by_hand=wanted.due_on is not None,
        opened_at=vault.clock(),
    )
