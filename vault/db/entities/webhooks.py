"""What leaves the vault by itself: webhooks with their deliveries, and calendar feeds."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import AccountId, Base, Id


class Webhook(Base):
    """Where a seller account's events are sent, signed with `secret`. Both `url` and `secret` are encrypted.

    `host` is what pages and the journal show of the address: the rest of it can be a credential. `events`: names of
    `vault.domain.events`. `paused_at`: nothing is sent, and what happens meanwhile is not kept for later.
    `responsible_id`: who has said last where the events go, None where that is still who set it up; without the right
    to say so, nothing is sent either. Until `former_until` everything is also signed with `former_secret`, which is
    encrypted too.
    """

    __tablename__ = "webhooks"

    id: Mapped[Id]
    account_id: Mapped[AccountId] = mapped_column(index=True)
    host: Mapped[str] = mapped_column(String(260))
    url: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(Text)
    former_secret: Mapped[str | None] = mapped_column(Text)
    former_until: Mapped[datetime | None]
    events: Mapped[list[Any]]
    paused_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(40))
    responsible_id: Mapped[str | None] = mapped_column(String(40))

    @property
    def answering_id(self) -> str:
        """Who answers for where the events go."""
        return self.responsible_id or self.created_by


class DeliveryState(StrEnum):
    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


class WebhookDelivery(Base):
    """One event on its way to one webhook. Written in the transaction of the change that it tells of.

    Its id is what the receiver tells repetitions by. `body` is sent as it is, every time. `once` names the event where
    the same one must not be sent twice, e.g. that a task is overdue. `tries`, the newest last:
    ``{"at", "took_ms", "status", "problem"}``. `answer` is the beginning of the last answer.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "once"),
        Index("ix_webhook_deliveries_state_next_try_at", "state", "next_try_at"),
        Index("ix_webhook_deliveries_webhook_id_created_at", "webhook_id", "created_at", "id"),
        Index("ix_webhook_deliveries_created_at", "created_at"),
    )

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id"))
    event: Mapped[str] = mapped_column(String(40))
    once: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default=DeliveryState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    tries: Mapped[list[Any]]
    answer: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]


class CalendarFeed(Base):
    """A person's calendar under a secret address, of which only the hash is kept. `is_everything`: not only one's own."""

    __tablename__ = "calendar_feeds"

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    is_everything: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class CalendarEntry(Base):
    """The version of something that was given out in a calendar: `digest` tells when it has changed."""

    __tablename__ = "calendar_entries"

    uid: Mapped[str] = mapped_column(String(80), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(index=True)
