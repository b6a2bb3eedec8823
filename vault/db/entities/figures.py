"""How a seller account stood on a day, for the trend."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import Base
from vault.domain.ids import ID_LENGTH


class DailyFigures(Base):
    """The figures of one account at the end of one day of the business's calendar.

    The counts are of open tasks, without those that tell of a second account: who sees this account may not see these.
    `readiness` is a percentage, None where nothing could be told; `parts` what it was made of,
    ``{"invoices": [good, all], …}``.
    """

    __tablename__ = "daily_figures"
    __table_args__ = (
        # The trend over many accounts: everything that it adds up, day by day.
        Index("ix_daily_figures_day", "day", "account_id", "readiness", "critical", "high", "overdue"),
    )

    account_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("seller_accounts.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    readiness: Mapped[int | None]
    parts: Mapped[dict[str, Any]]
    critical: Mapped[int]
    high: Mapped[int]
    normal: Mapped[int]
    low: Mapped[int]
    overdue: Mapped[int]
    written_at: Mapped[datetime]
