"""The same change made to many tasks at once, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.work import Task
from vault.db.entities.worklist import BulkChange
from vault.domain.errors import Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.journal.notes import Note, record
from vault.services.tasks.changes import Change
from vault.services.tasks.tasks import may_see, note_of
from vault.services.vault import Vault

MOST = 200
UNDO_WITHIN = timedelta(hours=1)
# What a change can touch; days as ISO 8601.
_FIELDS = (
    "state", "stage", "assignee_id", "assigned_by", "due_on", "due_by_hand", "due_by_rule", "waived_by", "waived_until",
    "waived_reason",
)  # fmt: skip
_DAYS = frozenset({"due_on", "due_by_rule", "waived_until"})
# Fields whose change takes a larger role than working on tasks does.
_MANAGED = frozenset(_FIELDS) - {"stage", "assignee_id", "assigned_by"}


@dataclass(frozen=True, slots=True)
class Changed:
    """`passed_over`: tasks that could not be changed, such as those that are done meanwhile. `undo_id`: see `undo`."""

    changed: int
    passed_over: int
    undo_id: str | None


def change_many(vault: Vault, actor: Actor, task_ids: Sequence[str], change: Change) -> Changed:
    """Changes the tasks together. Raises NotFound if one is not to be seen, Forbidden if one is not to be changed,
    and Invalid for none at all, for too many, and where not one of them can be changed."""
    wanted = sorted(set(task_ids))
    if not wanted:
        raise Invalid(N_("Choose the tasks first: tick the box in front of each."))
    if len(wanted) > MOST:
        raise Invalid(N_("Choose at most %(count)s tasks at once."), count=str(MOST))
    with vault.database.transaction() as session:
        tasks = _require_all(session, actor, wanted, change.permission)
        before, after, notes = [], [], []
        refusal: Invalid | None = None
        for task in tasks:
            kept = _state_of(task)
            try:
                made = change.apply(session, vault, actor, task)
            except Invalid as error:
                refusal = error
                continue
            notes += made
            if made:
                before.append(kept)
                after.append(_state_of(task))
        if not before and refusal is not None:
            raise refusal
        undo_id = _remember(session, vault, actor, before, after)
        record(session, vault, notes)
    return Changed(len(before), len(tasks) - len(before), undo_id)


def undo(vault: Vault, actor: Actor, undo_id: str) -> Changed:
    """Gives the tasks of one's own change back what they had; those that were changed since are left alone.

    Raises NotFound for somebody else's change, Invalid for one that is undone already or too long ago, and NotFound
    or Forbidden where `actor` may not change one of the tasks any more.
    """
    with vault.database.transaction() as session:
        made = session.get(BulkChange, undo_id, with_for_update=True)
        if made is None or made.user_id != actor.id:
            raise NotFound()
        if made.undone_at is not None or vault.clock() - made.made_at > UNDO_WITHIN:
            raise Invalid(N_("This change can no longer be undone. Change the tasks again instead."))
        pairs = {old["id"]: (old, new) for old, new in zip(made.before, made.after, strict=True)}
        touched = {name for old, new in pairs.values() for name in _FIELDS if old.get(name) != new.get(name)}
        permission = Permission.MANAGE if touched & _MANAGED else Permission.CORRECT
        notes: list[Note] = []
        for task in _require_all(session, actor, sorted(pairs), permission):
            old, new = pairs[task.id]
            if _state_of(task) == new:
                _restore(task, old)
                notes.append(note_of("task.change_undone", task, actor.id))
        made.undone_at = vault.clock()
        record(session, vault, notes)
    return Changed(len(notes), len(pairs) - len(notes), None)


def _require_all(session: Session, actor: Actor, task_ids: Sequence[str], permission: Permission) -> list[Task]:
    wanted = select(Task).where(Task.id.in_(task_ids)).order_by(Task.id).with_for_update()
    tasks = list(session.scalars(wanted))
    if len(tasks) != len(task_ids) or not all(may_see(actor, task) for task in tasks):
        raise NotFound()
    for account_id in {task.account_id for task in tasks}:
        actor.require(permission, account_id)
    return tasks


def _state_of(task: Task) -> dict[str, Any]:
    values = {name: getattr(task, name) for name in _FIELDS}
    return {"id": task.id, **{name: _plain(value) for name, value in values.items()}}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _restore(task: Task, state: dict[str, Any]) -> None:
    for name in _FIELDS:
        value = state[name]
        setattr(task, name, date.fromisoformat(value) if value and name in _DAYS else value)


def _remember(
    session: Session, vault: Vault, actor: Actor, before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> str | None:
    if not before:
        return None
    made = BulkChange(id=new_id(), user_id=actor.id, before=before, after=after, made_at=vault.clock())
    session.add(made)
    session.flush()
    return made.id
