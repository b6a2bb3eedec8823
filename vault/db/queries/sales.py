"""What a seller account sold: units by product and day, and the days of which that is known."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from vault.db.entities.sales import SalesReport, SoldItem
from vault.db.queries.among import among

# So many SKUs are named where many are unknown.
_SOME = 20


def known_days(session: Session, account_id: str) -> list[tuple[date, date]]:
    """The first and the last day of each report that was taken over."""
    wanted = select(SalesReport.first_day, SalesReport.last_day).where(
        SalesReport.account_id == account_id, SalesReport.finished_at.is_not(None)
    )
    return [(first, last) for first, last in session.execute(wanted) if first is not None and last is not None]


def daily_units(
    session: Session, account_id: str, first: date, last: date, asins: Collection[str] | None = None
) -> Iterable[tuple[str, date, int]]:
    """ASIN, day and units of everything that was sold between the two days, of all products or of these."""
    wanted = _sold(account_id, first, last, asins, SoldItem.asin, SoldItem.day)
    return ((asin, day, units) for asin, day, units in session.execute(wanted))


def units_by_asin(
    session: Session, account_id: str, first: date, last: date, asins: Collection[str] | None = None
) -> dict[str, int]:
    """Units by ASIN of what was sold between the two days."""
    wanted = _sold(account_id, first, last, asins, SoldItem.asin)
    return {row[0]: row[1] for row in session.execute(wanted)}


def units_by_channel(session: Session, account_id: str, asin: str, first: date, last: date) -> dict[str, int]:
    """Units of one product by the store in which they were sold."""
    wanted = _sold(account_id, first, last, (asin,), SoldItem.channel)
    return {row[0]: row[1] for row in session.execute(wanted) if row[1]}


@dataclass(frozen=True, slots=True)
class UnnamedSales:
    """What was sold under SKUs of which nobody knows what product they are. `some`: a few of them, most units first."""

    units: int
    skus: int
    days: int
    some: tuple[str, ...]


def unnamed_sales(session: Session, account_id: str, first: date, last: date) -> UnnamedSales | None:
    """What has no ASIN among everything that was sold between the two days; None where all of it has one."""
    unnamed = (
        SoldItem.account_id == account_id,
        SoldItem.asin == "",
        SoldItem.day.between(first, last),
        SoldItem.units > 0,
    )
    counted = select(
        func.sum(SoldItem.units), func.count(SoldItem.sku.distinct()), func.count(SoldItem.day.distinct())
    ).where(*unnamed)
    units, skus, days = session.execute(counted).one()
    if not units:
        return None
    most = select(SoldItem.sku).where(*unnamed).group_by(SoldItem.sku)
    some = session.scalars(most.order_by(func.sum(SoldItem.units).desc(), SoldItem.sku).limit(_SOME)).all()
    return UnnamedSales(int(units), skus, days, tuple(some))


def _sold(account_id: str, first: date, last: date, asins: Collection[str] | None, *by: Any) -> Select[Any]:
    """Whatever has no ASIN (yet) is left out: `unnamed_sales` tells of it."""
    wanted = select(*by, func.sum(SoldItem.units)).where(
        SoldItem.account_id == account_id,
        SoldItem.asin != "" if asins is None else among(SoldItem.asin, asins),
        SoldItem.day.between(first, last),
    )
    return wanted.group_by(*by)
