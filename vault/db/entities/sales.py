"""What a seller account sold, and how far its invoices cover that.

Of an order nothing is kept that leads to its buyer: no name, no address, no phone, no mail, no place. The order's own
number is kept as a keyed fingerprint, which tells the same order again and cannot be read back.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import Base
from vault.domain.ids import ID_LENGTH

_ACCOUNT = "seller_accounts.id"


class CoverageState(StrEnum):
    """How a product stands, the gravest first.

    `MISSING`: it sells, and no invoice in the window counts. `SHORT`: fewer units on invoices than were sold.
    `LAPSING`: covered, but not for long. `UNKNOWN`: sales of a part of the window were never imported.
    """

    MISSING = "missing"
    SHORT = "short"
    LAPSING = "lapsing"
    UNKNOWN = "unknown"
    COVERED = "covered"
    UNSOLD = "unsold"


class SoldItem(Base):
    """What one order has of one SKU, as the latest all-orders report says; 0 units where that was cancelled.

    `order_key`: the keyed fingerprint of the order's number. `asin` is empty for a SKU that the report gives none for
    and the catalogue does not know (yet). `day`: of the purchase, in the business's time zone. `channel`: the store,
    as printed (``Amazon.de``). `updated_at`: what the report says of when the order last changed.
    """

    __tablename__ = "sold_items"
    __table_args__ = (
        # All that the ledger adds up.
        Index("ix_sold_items_ledger", "account_id", "asin", "day", "channel", "units"),
    )

    account_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey(_ACCOUNT), primary_key=True)
    order_key: Mapped[str] = mapped_column(String(32), primary_key=True)
    sku: Mapped[str] = mapped_column(String(200), primary_key=True)
    asin: Mapped[str] = mapped_column(String(10), default="")
    day: Mapped[date]
    channel: Mapped[str] = mapped_column(String(60), default="")
    units: Mapped[int]
    updated_at: Mapped[datetime | None]


class SalesReport(Base):
    """What an all-orders report adds to its import: the days that it covers, and how far it is taken over.

    `first_day` and `last_day`: sales between them are known; None where the report has no whole day.
    `extract_sha256`: the report in the store, without what tells of buyers. `finished_at`: when all `items` were taken.
    """

    __tablename__ = "sales_reports"
    __table_args__ = (Index("ix_sales_reports_account_id", "account_id", "finished_at"),)

    import_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("report_imports.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey(_ACCOUNT))
    extract_sha256: Mapped[str] = mapped_column(String(64), ForeignKey("blobs.sha256"))
    items: Mapped[int]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    finished_at: Mapped[datetime | None]


class ProductCoverage(Base):
    """How one product stands today, for the lists: derived from sales and invoices, and judged again when they change.

    A product that was sold and is not in the catalogue has its ASIN alone. `sold`, `bought`: units in the window.
    `lapses_on`: the first day on which fewer units are covered than sold, at the recent pace; `ages_on`: the same
    without any further sale. `rank`: gravest first, by state, then by what is missing or how soon.
    """

    __tablename__ = "product_coverages"
    __table_args__ = (
        Index("ix_product_coverages_rank", "account_id", "rank", "asin"),
        Index("ix_product_coverages_state", "account_id", "state", "rank", "asin"),
        Index("ix_product_coverages_sold", "account_id", "sold", "asin"),
        Index("ix_product_coverages_difference", "account_id", "difference", "asin"),
        Index("ix_product_coverages_lapses_on", "account_id", "lapses_on", "asin"),
        Index("ix_product_coverages_lapsing", "state", "lapses_on", "account_id"),
    )

    account_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey(_ACCOUNT), primary_key=True)
    asin: Mapped[str] = mapped_column(String(10), primary_key=True)
    product_id: Mapped[str | None] = mapped_column(ForeignKey("products.id"), index=True)
    title: Mapped[str] = mapped_column(String(1000), default="")
    state: Mapped[str] = mapped_column(String(20))
    rank: Mapped[int] = mapped_column(BigInteger)
    sold: Mapped[int] = mapped_column(BigInteger)
    bought: Mapped[int] = mapped_column(BigInteger)
    difference: Mapped[int] = mapped_column(BigInteger)
    lapses_on: Mapped[date | None]
    ages_on: Mapped[date | None]


class CoverageStanding(Base):
    """How many products of a seller account are in which state, ``{"missing": 3, …}``; whoever judges them holds it."""

    __tablename__ = "coverage_standings"

    account_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey(_ACCOUNT), primary_key=True)
    counts: Mapped[dict[str, Any]]
