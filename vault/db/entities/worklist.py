"""What people add to tasks: comments, documents, who watches them, and the filters they keep."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import AccountId, Base, Id


class TaskComment(Base):
    """What somebody said on a task. `mentioned`: the ids of the people whom it names; ids rise with time.

    A removed comment keeps its row, so that the journal's seal over it holds, and loses its text.
    """

    __tablename__ = "task_comments"
    __table_args__ = (Index("ix_task_comments_task_id", "task_id", "id"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.id"))
    author_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str] = mapped_column(Text)
    mentioned: Mapped[list[Any]]
    made_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class TaskAttachment(Base):
    """A document of the same seller account that belongs to a task."""

    __tablename__ = "task_attachments"
    __table_args__ = (UniqueConstraint("task_id", "document_id"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.id"))
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    added_by: Mapped[str] = mapped_column(String(40))
    added_at: Mapped[datetime]


class TaskWatcher(Base):
    """Somebody who wants to hear of a task."""

    __tablename__ = "task_watchers"
    __table_args__ = (UniqueConstraint("user_id", "task_id"),)

    id: Mapped[Id]
    task_id: Mapped[str] = mapped_column(ForeignKey("tasks.id"), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    since: Mapped[datetime]


class SavedFilter(Base):
    """A view of the work list that a person keeps. `query`: the filters as they stand in the address.

    `account_id` None: of the list over all seller accounts. `is_shared`: everybody in the seller account sees it.
    """

    __tablename__ = "saved_filters"
    __table_args__ = (Index("ix_saved_filters_user_id_account_id", "user_id", "account_id"),)

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("seller_accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[dict[str, Any]]
    is_shared: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]


class BulkChange(Base):
    """One change of many tasks at once, with what it takes to undo it.

    `before` and `after`: ``[{"id", …the fields that were changed}]``, in the same order.
    """

    __tablename__ = "bulk_changes"

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    before: Mapped[list[Any]]
    after: Mapped[list[Any]]
    made_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
