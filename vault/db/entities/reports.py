"""Monthly compliance reports: what was known when each was made, and who signed it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import AccountId, Base, Id


class Report(Base):
    """The report of one month of a seller account. Late data makes a further `revision`; none is ever changed.

    `month` is its first day, in the time zone of the business. `figures`: everything that the report says, as
    `vault.services.reports` writes it, so that every format and every comparison says the same. `digest`: SHA-256 over
    them. `seen_seq`: the last entry of the journal that they know of. `made_by` is a person's id, or the machine's name
    where the report made itself.
    """

    __tablename__ = "reports"
    # What waits for a signature is found beside the figures, which are large, and not behind them.
    __table_args__ = (
        UniqueConstraint("account_id", "month", "revision"),
        Index("ix_reports_signed_at", "signed_at", "month", "account_id", "revision", "id"),
    )

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    month: Mapped[date]
    revision: Mapped[int]
    figures: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    rules_version: Mapped[str] = mapped_column(String(80))
    seen_seq: Mapped[int | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(40))
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[str | None] = mapped_column(String(40))
    signed_note: Mapped[str] = mapped_column(Text, default="")


class ReportStage(StrEnum):
    """When files of a report were made: with its revision, or again with the signature on them."""

    MADE = "made"
    SIGNED = "signed"


class ReportFile(Base):
    """One file of a report, as everybody who sees the account may read it: a document of the vault, never changed.

    `stage` is a `ReportStage`; `format`: ``pdf``, ``csv`` or ``json``.
    """

    __tablename__ = "report_files"
    __table_args__ = (UniqueConstraint("report_id", "stage", "format"),)

    id: Mapped[Id]
    report_id: Mapped[str] = mapped_column(ForeignKey("reports.id"))
    stage: Mapped[str] = mapped_column(String(10))
    format: Mapped[str] = mapped_column(String(10))
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)


class ReportReader(Base):
    """Somebody who wants each report of an account by mail."""

    __tablename__ = "report_readers"
    __table_args__ = (UniqueConstraint("account_id", "user_id"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    since: Mapped[datetime]
