"""What a mail says: put together when it is sent, from what its person may see and does not know by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from vault.db.entities.notices import Notification
from vault.db.entities.people import User
from vault.db.entities.work import Task, TaskState
from vault.db.queries.notices import NoticeRow, notice_rows, visible_to
from vault.services.notices.choices import NoticeKind
from vault.services.notices.digests import TEST
from vault.services.notices.mail_queue import Claim
from vault.services.people.users import Person, person_of

# A mail is read on a phone: what is beyond stands in the centre.
_MOST = 40
# Of no interest any more once the task is done or set aside.
_OF_OPEN_TASKS = (NoticeKind.OPENED, NoticeKind.REMINDER, NoticeKind.OVERDUE, NoticeKind.ESCALATED)


@dataclass(frozen=True, slots=True)
class MailContent:
    """`groups`: (seller account's name, its notices), empty in a mail that only tries the way. `count`: of them all."""

    kind: str
    person: Person
    groups: Sequence[tuple[str, Sequence[NoticeRow]]] = ()
    count: int = 0

    @property
    def first(self) -> NoticeRow | None:
        return self.groups[0][1][0] if self.groups else None

    @property
    def more(self) -> int:
        """How many do not stand in the mail."""
        return self.count - sum(len(rows) for _, rows in self.groups)


def content_of(session: Session, claimed: Claim) -> MailContent | None:
    """None: the person is disabled or may see nothing of it any more, knows it already, or it is settled."""
    user = session.get(User, claimed.user_id, options=[selectinload(User.memberships)])
    if user is None or user.disabled_at is not None:
        return None
    person = person_of(user)
    if claimed.kind == TEST:
        return MailContent(claimed.kind, person)
    if person.must_enrol:
        return None
    found = [NoticeRow(*row) for row in session.execute(_worth_telling(claimed))]
    shown = sorted(found[:_MOST], key=_account)
    groups = [(name, tuple(rows)) for name, rows in groupby(shown, key=_account)]
    return MailContent(claimed.kind, person, groups, len(found)) if found else None


def _worth_telling(claimed: Claim) -> Select[Any]:
    still_open = select(Task.id).where(Task.id == Notification.task_id, Task.state == TaskState.OPEN).exists()
    return (
        notice_rows()
        .where(visible_to(claimed.user_id), Notification.mail_id == claimed.mail_id, Notification.read_at.is_(None))
        .where(or_(Notification.kind.not_in(_OF_OPEN_TASKS), Notification.task_id.is_(None), still_open))
        .order_by(Notification.created_at, Notification.id)
    )


def _account(row: NoticeRow) -> str:
    return row.account or ""
