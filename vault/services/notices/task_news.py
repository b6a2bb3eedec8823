"""What people do with tasks, told to whom it concerns, in the transaction of the change itself."""

from sqlalchemy.orm import Session, selectinload

from vault.db.entities.people import User
from vault.db.entities.work import Task
from vault.db.entities.worklist import TaskComment
from vault.domain.message import N_, Message
from vault.services.notices.choices import NoticeKind
from vault.services.notices.notices import tell
from vault.services.notices.people import audience_of, may_see
from vault.services.notices.reminder_words import news_of_task
from vault.services.people.users import person_of
from vault.services.vault import Vault


def tell_assigned(session: Session, vault: Vault, task: Task, by_id: str, by_name: str) -> None:
    """Tells the assignee of the task that it was given to him: unless he took it himself or may not see it."""
    params = {"who": by_name, "day": task.due_on.isoformat()}
    _tell_assignee(
        session, vault, task, by_id, Message(N_("%(who)s gave you this task. It is due on %(day)s."), params)
    )


def tell_turn(session: Session, vault: Vault, task: Task, by_id: str) -> None:
    """Tells the assignee of the task that it is his because the duty's turn is: unless his own change made it so."""
    text = N_("It is your turn: somebody is away, or back again. It is due on %(day)s.")
    _tell_assignee(session, vault, task, by_id, Message(text, {"day": task.due_on.isoformat()}))


def _tell_assignee(session: Session, vault: Vault, task: Task, by_id: str, body: Message) -> None:
    if task.assignee_id is None or task.assignee_id == by_id:
        return
    user = session.get(User, task.assignee_id, options=[selectinload(User.memberships)])
    if user is None or not may_see(person_of(user).actor(), task.account_id, task.other_account_id):
        return
    # Given away and back again, it is news again.
    key = f"assigned:{task.id}:{task.assignee_id}:{vault.clock():%Y%m%dT%H%M%S%f}"
    tell(session, vault, [(news_of_task(task, NoticeKind.ASSIGNED, key, body), [task.assignee_id])])


def tell_commented(session: Session, vault: Vault, task: Task, comment: TaskComment, author_name: str) -> None:
    """Tells whom the comment names, and everybody else who works on the task or watches it; never what it says.

    Called again for a comment that was edited, it tells only people who were not told of it before.
    """
    audience = audience_of(session, [task.account_id], [task.id])
    named = {user_id for user_id in comment.mentioned if audience.sees(user_id, task)} - {comment.author_id}
    others = {task.assignee_id, *audience.watchers.get(task.id, ())} - named - {comment.author_id, None}
    who = {"who": author_name}
    mention = Message(N_("%(who)s mentioned you in a comment."), who)
    remark = Message(N_("%(who)s commented on it."), who)
    tell(
        session,
        vault,
        [
            (news_of_task(task, NoticeKind.MENTIONED, f"mentioned:{comment.id}", mention), sorted(named)),
            (
                news_of_task(task, NoticeKind.COMMENTED, f"commented:{comment.id}", remark),
                sorted(user_id for user_id in others if user_id and audience.sees(user_id, task)),
            ),
        ],
    )
