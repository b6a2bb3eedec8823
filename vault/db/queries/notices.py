"""One person's notifications: only what the person may see now, whatever was right when they were written."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.notices import Notification
from vault.db.entities.people import Membership, User
from vault.db.queries.keyset import Order, Page, count_up_to, fetch_page

# Nobody needs to know more than that it is many.
UNREAD_LIMIT = 100


class NoticeRow(NamedTuple):
    """One notification as a list shows it, with the name of its seller account (None: it concerns none)."""

    id: str
    kind: str
    severity: str
    title: dict[str, Any]
    body: dict[str, Any]
    href: dict[str, Any]
    created_at: datetime
    read_at: datetime | None
    account_id: str | None
    account: str | None


_COLUMNS = (
    Notification.id,
    Notification.kind,
    Notification.severity,
    Notification.title,
    Notification.body,
    Notification.href,
    Notification.created_at,
    Notification.read_at,
    Notification.account_id,
    SellerAccount.name,
)
_ORDER = Order(Notification.created_at, Notification.id, descending=True)


def visible_to(user_id: str) -> ColumnElement[bool]:
    """That a notification is this person's and tells of nothing that is closed to the person now."""
    seen = select(Membership.account_id).where(Membership.user_id == user_id)
    runs_it = select(User.id).where(User.id == user_id, User.is_administrator.is_(True))
    return and_(
        Notification.user_id == user_id,
        or_(Notification.account_id.in_(seen), and_(Notification.account_id.is_(None), runs_it.exists())),
        or_(Notification.other_account_id.is_(None), Notification.other_account_id.in_(seen)),
    )


def list_notices(
    session: Session, user_id: str, *, only_unread: bool = False, token: str | None = None
) -> Page[NoticeRow]:
    """One page of the person's centre, the newest first. Raises Invalid for a token of another list."""
    wanted = notice_rows().where(visible_to(user_id), Notification.in_app.is_(True))
    if only_unread:
        wanted = wanted.where(Notification.read_at.is_(None))
    return fetch_page(session, wanted, _ORDER, NoticeRow, token)


def notice_rows() -> Select[Any]:
    """The columns of `NoticeRow`, to be narrowed."""
    return select(*_COLUMNS).outerjoin(SellerAccount, SellerAccount.id == Notification.account_id)


def count_unread(session: Session, user_id: str) -> int:
    """How many the person has not read, counted no further than `UNREAD_LIMIT`."""
    wanted = select(Notification.id).where(
        visible_to(user_id), Notification.in_app.is_(True), Notification.read_at.is_(None)
    )
    return count_up_to(session, wanted, UNREAD_LIMIT)
