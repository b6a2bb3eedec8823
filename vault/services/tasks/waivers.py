"""Waivers: a gap that does not matter for now, set aside with who said so, why, and until when."""

from datetime import date, timedelta

from sqlalchemy import select

from vault.db.entities.work import Task, TaskState
from vault.domain.errors import Invalid
from vault.domain.findings import Severity
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.days import today
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.tasks.tasks import forget_waiver, note_of, require_task
from vault.services.vault import Vault

_LONGEST = 2000


def waive(vault: Vault, actor: Actor, task_id: str, reason: str, until: date, account_id: str | None = None) -> Task:
    """Sets a task aside until the end of the day `until`, with the reason why it does not matter now.

    Raises NotFound, Forbidden, and Invalid without a reason, for a day that is over and for a task that is done.
    """
    with vault.database.transaction() as session:
        task = require_task(session, actor, task_id, Permission.MANAGE, account_id)
        check_waiver(vault, reason, until)
        if task.state == TaskState.DONE:
            raise Invalid(N_("This task is done; there is nothing to waive."))
        record(session, vault, [set_aside(task, actor, reason, until)])
    return task


def check_waiver(vault: Vault, reason: str, until: date) -> None:
    """Raises Invalid without a reason, and for a day that is over."""
    problems = {}
    if not reason.strip():
        problems["reason"] = Message(N_("Say why this gap does not matter: an auditor will ask."))
    if until < today(vault):
        problems["until"] = Message(N_("Choose today or a later day."))
    if problems:
        raise Invalid(N_("The task was not waived."), problems)


def set_aside(task: Task, actor: Actor, reason: str, until: date) -> Note:
    """Writes the waiver into the task; `check_waiver` has passed."""
    task.state, task.waived_by = TaskState.WAIVED, actor.id
    task.waived_until, task.waived_reason = until, reason.strip()[:_LONGEST]
    return Note(
        "task.waived", task.id, actor.id, task.account_id, {"reason": task.waived_reason, "until": until.isoformat()}
    )


def unwaive(vault: Vault, actor: Actor, task_id: str, account_id: str | None = None) -> Task:
    """Takes a waiver back: the task is open again. Raises NotFound, Forbidden, and Invalid for one not waived."""
    with vault.database.transaction() as session:
        task = require_task(session, actor, task_id, Permission.MANAGE, account_id)
        if task.state != TaskState.WAIVED:
            raise Invalid(N_("This task is not waived."))
        record(session, vault, [_reopen(vault, task, actor.id)])
    return task


def end_waivers(vault: Vault) -> int:
    """Re-opens the tasks whose waiver has ended. Returns how many; running it again changes nothing."""
    with vault.database.transaction() as session:
        ended = select(Task).where(Task.state == TaskState.WAIVED, Task.waived_until < today(vault))
        notes = [_reopen(vault, task, MACHINE) for task in session.scalars(ended)]
        record(session, vault, notes)
    return len(notes)


def _reopen(vault: Vault, task: Task, actor: str) -> Note:
    task.state = TaskState.OPEN
    if not task.due_by_hand:
        task.due_on = today(vault) + timedelta(days=vault.rules.due_days[Severity(task.severity)])
    forget_waiver(task)
    return note_of("task.reopened", task, actor)
