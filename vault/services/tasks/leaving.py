"""Taking tasks back from somebody who may not work on them any more."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vault.db.entities.work import Task, TaskState
from vault.services.journal.notes import Note
from vault.services.tasks.people import who_may_do
from vault.services.tasks.tasks import note_of


def hand_back(session: Session, account_id: str, user_id: str, actor_id: str) -> list[Note]:
    """Leaves the person's unfinished tasks that tell of the account to nobody, unless the person may still do them.

    Call it after the person's role has changed and was flushed. Who manages the account is reminded of them from then
    on. Returns the changes for the journal.
    """
    wanted = select(Task).where(
        Task.assignee_id == user_id,
        Task.state != TaskState.DONE,
        or_(Task.account_id == account_id, Task.other_account_id == account_id),
    )
    able: dict[tuple[str, str | None], bool] = {}
    notes = []
    for task in session.scalars(wanted.order_by(Task.id).with_for_update()):
        told_of = task.account_id, task.other_account_id
        if told_of not in able:
            able[told_of] = user_id in who_may_do(session, task)
        if not able[told_of]:
            task.assignee_id, task.assigned_by = None, None
            notes.append(note_of("task.assigned", task, actor_id, assignee=None))
    return notes
