"""Tasks that go with the turn: whoever's turn a duty is has its open task, until a person gives it to somebody."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.work import Task, TaskState
from vault.services.journal.notes import Note
from vault.services.notices.task_news import tell_turn
from vault.services.tasks.tasks import note_of
from vault.services.vault import Vault


def follow(
    session: Session, vault: Vault, account_id: str, subject_type: str, turns: Mapping[str, str | None], actor: str
) -> list[Note]:
    """Gives the open tasks of these subjects to those whose turn they are: `turns` by subject id, None for nobody's.

    A task that a person has given to somebody, or to nobody, stays where it was put. Who gets a task is told so, once.
    Returns what changed, for the journal.
    """
    wanted = select(Task).where(
        Task.account_id == account_id,
        Task.subject_type == subject_type,
        Task.state == TaskState.OPEN,
        Task.assigned_by.is_(None),
    )
    notes = []
    for task in session.scalars(wanted.order_by(Task.id).with_for_update()):
        turn = turns.get(task.subject_id, task.assignee_id)
        if task.assignee_id != turn:
            task.assignee_id = turn
            tell_turn(session, vault, task, actor)
            notes.append(note_of("task.assigned", task, actor, assignee=turn))
    return notes
