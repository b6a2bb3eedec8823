"""What people change of a task, one field each: who does it, how far it is, by when. Used for one task and for many.

Each function works in the caller's transaction and returns what changed, for the journal; nothing when nothing did.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from vault.db.entities.work import Task, TaskStage, TaskState
from vault.domain.errors import Invalid
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.days import today
from vault.services.journal.notes import Note
from vault.services.notices.task_news import tell_assigned
from vault.services.tasks import waivers
from vault.services.tasks.people import who_may_do
from vault.services.tasks.tasks import note_of
from vault.services.vault import Vault

# A due date further away than this is no due date.
FURTHEST = timedelta(days=366)

Apply = Callable[[Session, Vault, Actor, Task], list[Note]]


@dataclass(frozen=True, slots=True)
class Change:
    """One change that can be made to any task: what it takes, and how it is made.

    `apply` raises Invalid for a task that it cannot be made to.
    """

    permission: Permission
    apply: Apply


def assigning(user_id: str | None) -> Change:
    """Gives tasks to somebody who may do them, or to nobody. They then stay there, whosever turn it is."""

    def apply(session: Session, vault: Vault, actor: Actor, task: Task) -> list[Note]:
        _require_unfinished(task)
        if task.assignee_id == user_id:
            return []
        if user_id is not None and user_id not in who_may_do(session, task):
            problem = Message(N_("Choose somebody who may work on tasks of this seller account."))
            raise Invalid(N_("The task was not given to anybody."), {"assignee": problem})
        task.assignee_id, task.assigned_by = user_id, actor.id
        tell_assigned(session, vault, task, actor.id, actor.name)
        return [note_of("task.assigned", task, actor.id, assignee=user_id)]

    return Change(Permission.CORRECT, apply)


def moving(stage: TaskStage) -> Change:
    """Says how far the people are."""

    def apply(session: Session, vault: Vault, actor: Actor, task: Task) -> list[Note]:
        if task.state != TaskState.OPEN:
            raise Invalid(N_("Only open tasks move. Take the waiver back first, or wait until the gap returns."))
        if task.stage == stage:
            return []
        task.stage = stage
        return [note_of("task.stage_changed", task, actor.id, stage=stage.value)]

    return Change(Permission.CORRECT, apply)


def postponing(day: date) -> Change:
    """Sets the day by which it is to be done; from then on the severity moves it no more."""

    def apply(session: Session, vault: Vault, actor: Actor, task: Task) -> list[Note]:
        _require_unfinished(task)
        first = today(vault)
        if not first <= day <= first + FURTHEST:
            problem = Message(N_("Choose a day from today on, within a year."))
            raise Invalid(N_("The due date was not changed."), {"due_on": problem})
        if (task.due_on, task.due_by_hand) == (day, True):
            return []
        before, task.due_on, task.due_by_hand, task.due_by_rule = task.due_on, day, True, None
        details = {"from": before.isoformat(), "to": day.isoformat()}
        return [note_of("task.due_changed", task, actor.id, **details)]

    return Change(Permission.MANAGE, apply)


def waiving(reason: str, until: date) -> Change:
    """Sets tasks aside, as `vault.services.tasks.waivers` does with one."""

    def apply(session: Session, vault: Vault, actor: Actor, task: Task) -> list[Note]:
        waivers.check_waiver(vault, reason, until)
        _require_unfinished(task)
        return [waivers.set_aside(task, actor, reason, until)]

    return Change(Permission.MANAGE, apply)


def _require_unfinished(task: Task) -> None:
    if task.state == TaskState.DONE:
        raise Invalid(N_("This task is done. It opens again by itself when its gap returns."))
