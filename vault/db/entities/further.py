"""Plans for a further account on Amazon: what has to be on paper before it is opened."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import AccountId, Base, Id
from vault.domain.ids import ID_LENGTH


class FurtherState(StrEnum):
    """`COMPLETE`: a person has found that nothing is missing. `OPENED`, `DROPPED`: no longer looked after."""

    DRAFT = "draft"
    COMPLETE = "complete"
    OPENED = "opened"
    DROPPED = "dropped"


class PaperPurpose(StrEnum):
    """What a document proves in the file."""

    BRANDS = "brands"
    APPROVAL = "approval"
    PLAN = "plan"


class FurtherAccount(Base):
    """The file of a further account that is planned. Access to it is decided by the seller account `account_id`.

    The texts from `reason` to `strategy` are the items of the plan. `standing_of`: the ids of the seller accounts that
    `standing_by` stated to be in good standing; empty where nobody has. `opened_id`: the seller account that came of it.
    """

    __tablename__ = "further_accounts"
    __table_args__ = (Index("ix_further_accounts_account_id", "account_id", "created_at", "id"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    state: Mapped[str] = mapped_column(String(20), default=FurtherState.DRAFT)
    name: Mapped[str] = mapped_column(String(200))
    marketplace: Mapped[str] = mapped_column(String(2), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    run_by: Mapped[str] = mapped_column(Text, default="")
    inventory: Mapped[str] = mapped_column(Text, default="")
    products: Mapped[str] = mapped_column(Text, default="")
    strategy: Mapped[str] = mapped_column(Text, default="")
    standing_of: Mapped[list[Any]]
    standing_by: Mapped[str | None] = mapped_column(String(40))
    standing_at: Mapped[datetime | None]
    opened_id: Mapped[str | None] = mapped_column(ForeignKey("seller_accounts.id"))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(40))


class FurtherPaper(Base):
    """A document of the vault that proves something in the file; `purpose` is a `PaperPurpose`."""

    __tablename__ = "further_papers"
    __table_args__ = (UniqueConstraint("file_id", "purpose", "document_id"),)

    id: Mapped[Id]
    file_id: Mapped[str] = mapped_column(ForeignKey("further_accounts.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(40))


class FurtherValue(Base):
    """A value that the further account is to have: its bank account, its address. Kept like a `RegisterEntry`."""

    __tablename__ = "further_values"
    __table_args__ = (UniqueConstraint("file_id", "kind", "fingerprint"),)

    id: Mapped[Id]
    file_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("further_accounts.id"))
    kind: Mapped[str] = mapped_column(String(30))
    encrypted: Mapped[str] = mapped_column(Text)
    masked: Mapped[str] = mapped_column(String(200))
    fingerprint: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
