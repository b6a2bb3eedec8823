"""Notifications: what each person is told, how each wants to be told, and the mails that carry it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import Base, Id


class MailBy(StrEnum):
    """How a notification is mailed. The mail that carries it is noted in `Notification.mail_id`."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    NEVER = "never"


class MailState(StrEnum):
    """`DROPPED`: when its turn came, there was nothing left that this person may or needs to be told."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Notification(Base):
    """One thing that one person is told. `(user_id, key)` is unique: told once, however often it is noticed.

    `kind` is a `vault.services.notices.notices.NoticeKind`. `key` says what happened and is the same for everybody who is told
    of it, e.g. ``overdue:<task>:<opening>:<due date>:0``. `title` and `body`: ``{"text", "params"}``, translated when
    shown. `href`: ``{"endpoint": "tasks.index", "values": {"account_id": …}}``. Without an `account_id` it is for who
    runs the installation; `other_account_id`: only for who sees both. `in_app` False: this person does not want it in
    the centre.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("user_id", "key"),
        Index("ix_notifications_list", "user_id", "in_app", "created_at", "id"),
        Index("ix_notifications_unread", "user_id", "in_app", "read_at"),
        Index("ix_notifications_to_mail", "mail_by", "mail_id", "user_id", "created_at"),
        Index("ix_notifications_mail_id", "mail_id"),
    )

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("seller_accounts.id"))
    other_account_id: Mapped[str | None] = mapped_column(ForeignKey("seller_accounts.id"))
    task_id: Mapped[str | None] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(30))
    severity: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(160))
    title: Mapped[dict[str, Any]]
    body: Mapped[dict[str, Any]]
    href: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    in_app: Mapped[bool] = mapped_column(default=True)
    read_at: Mapped[datetime | None]
    mail_by: Mapped[str] = mapped_column(String(20), default=MailBy.NEVER)
    mail_id: Mapped[str | None] = mapped_column(ForeignKey("mails.id"))


class Mail(Base):
    """One e-mail to one person. What it says is put together when it is sent, from what is still true then.

    `key` is unique (``digest:<user>:<local date>``). A sender owns the mail while `lease_until` lies ahead and its
    `attempt` is the row's. `urgent`: it may break into quiet hours. Its Message-ID is made from `id`.
    """

    __tablename__ = "mails"
    __table_args__ = (
        Index("ix_mails_state_run_after", "state", "run_after"),
        Index("ix_mails_user_id_created_at", "user_id", "created_at"),
    )

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    urgent: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(20))
    attempt: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class NoticeChoice(Base):
    """How one person wants to be told; without a row, as `vault.services.notices.choices` says by default.

    `digest`: ``daily``, ``weekly`` or ``never``, at `digest_hour` of `time_zone`, weekly on `digest_weekday`
    (0 = Monday). Quiet hours go from `quiet_from` to `quiet_until` (whole hours, also over midnight); None: there are
    none. `kinds`: ``{"reminder": {"in_app": true, "mail": "digest"}}`` where it differs from the default.
    `stopped_at`: wants no mail at all. `refused_at`: the mail server would not take mail for this address.
    """

    __tablename__ = "notice_choices"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(10))
    digest_hour: Mapped[int]
    digest_weekday: Mapped[int]
    time_zone: Mapped[str] = mapped_column(String(64))
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    critical_breaks_quiet: Mapped[bool]
    kinds: Mapped[dict[str, Any]]
    stopped_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]


class TaskReminder(Base):
    """How far people have been told of one task, so that a sweep looks only at tasks of which there is news.

    It holds for the opening, due date and severity that stand in it. `told`: the keys of what was told. `told_on`: the
    day of the last look; `next_on`: when to look again, None: never. `unreachable_id`: the assignee of whom the owners
    were told that nothing reaches him.
    """

    __tablename__ = "task_reminders"
    __table_args__ = (Index("ix_task_reminders_next_on", "next_on"),)

    task_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    opened_at: Mapped[datetime]
    due_on: Mapped[date]
    severity: Mapped[str] = mapped_column(String(20))
    told: Mapped[list[Any]]
    told_on: Mapped[date]
    next_on: Mapped[date | None]
    unreachable_id: Mapped[str | None] = mapped_column(String(40))


class NoticeDay(Base):
    """The last day for which something daily was told to everybody, by its name."""

    __tablename__ = "notice_days"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[date]
