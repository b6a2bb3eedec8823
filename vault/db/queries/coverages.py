"""The list of products by how far their invoices cover what was sold."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from vault.db.entities.sales import CoverageStanding, CoverageState, ProductCoverage
from vault.db.queries.containing import contains
from vault.db.queries.keyset import Order, Page, fetch_page


class CoverageSort(StrEnum):
    """What the list is sorted by, and which way round: each begins with what needs looking at."""

    GRAVEST = "gravest"
    SOLD = "sold"
    DIFFERENCE = "difference"
    LAPSES = "lapses"


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """See `ProductCoverage`."""

    asin: str
    product_id: str | None
    title: str
    state: str
    sold: int
    bought: int
    difference: int
    lapses_on: date | None


_COLUMNS: tuple[InstrumentedAttribute[Any], ...] = (
    ProductCoverage.asin,
    ProductCoverage.product_id,
    ProductCoverage.title,
    ProductCoverage.state,
    ProductCoverage.sold,
    ProductCoverage.bought,
    ProductCoverage.difference,
    ProductCoverage.lapses_on,
)


def list_coverages(
    session: Session,
    account_id: str,
    state: CoverageState | None = None,
    text: str = "",
    sort: CoverageSort = CoverageSort.GRAVEST,
    token: str | None = None,
    lapses_to: date | None = None,
) -> Page[CoverageRow]:
    """One page of the account's products. Every word of `text` must be in the title, or be the ASIN.

    `lapses_to`: those alone whose coverage lapses by then.
    """
    statement: Select[Any] = select(*_COLUMNS).where(ProductCoverage.account_id == account_id)
    if state is not None:
        statement = statement.where(ProductCoverage.state == state)
    if lapses_to is not None:
        statement = statement.where(ProductCoverage.lapses_on <= lapses_to)
    for word in text.split():
        statement = statement.where(or_(contains(word, ProductCoverage.title), ProductCoverage.asin == word.upper()))
    return fetch_page(session, statement, _order(sort), CoverageRow, token)


def coverage_counts(session: Session, account_id: str) -> dict[str, int]:
    """How many products are in which state; empty as long as nothing was judged."""
    standing = session.get(CoverageStanding, account_id)
    return dict(standing.counts) if standing else {}


def _order(sort: CoverageSort) -> Order:
    if sort is CoverageSort.SOLD:
        return Order(ProductCoverage.sold, ProductCoverage.asin, descending=True)
    if sort is CoverageSort.DIFFERENCE:
        return Order(ProductCoverage.difference, ProductCoverage.asin)
    if sort is CoverageSort.LAPSES:
        return Order(ProductCoverage.lapses_on, ProductCoverage.asin, nullable=True)
    return Order(ProductCoverage.rank, ProductCoverage.asin)
