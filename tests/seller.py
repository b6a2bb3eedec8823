"""A seller account that sells: orders reports imported into it, and how its products stand after that."""

import io
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import select

from tests.orders import Order, orders_report
from tests.shop import Shop
from vault.checks.coverage.facts import Days
from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.sales import ProductCoverage, SoldItem
from vault.db.entities.work import Task, TaskState
from vault.services.catalogue.imports import import_file
from vault.services.catalogue.reports import Imported
from vault.services.days import today


def bring_orders(shop: Shop, orders: Iterable[Order] | bytes, covers: Days | None = None) -> Imported:
    """Imports a report of these orders."""
    data = orders if isinstance(orders, bytes) else orders_report(orders)
    return import_file(shop.vault, shop.actor, shop.account_id, io.BytesIO(data), "orders.txt", covers=covers)


def last_year(shop: Shop) -> Days:
    """All days that coverage looks at, up to yesterday."""
    day = today(shop.vault)
    return Days(day - timedelta(days=365), day - timedelta(days=1))


def sell(shop: Shop, asin: str, units: int, day: date | None = None) -> Imported:
    """So many units of one product on one day of a year that is known whole."""
    day = day or today(shop.vault) - timedelta(days=40)
    return bring_orders(shop, [Order(day, asin, units)], last_year(shop))


def ledger(shop: Shop) -> dict[tuple[str, date], int]:
    """Units by ASIN and day, as they are kept."""
    found: dict[tuple[str, date], int] = {}
    with shop.vault.database.reading() as session:
        for item in session.scalars(select(SoldItem).where(SoldItem.account_id == shop.account_id)):
            found[item.asin, item.day] = found.get((item.asin, item.day), 0) + item.units
    return {key: units for key, units in found.items() if units}


def standing(shop: Shop, asin: str) -> ProductCoverage:
    with shop.vault.database.reading() as session:
        return session.get_one(ProductCoverage, (shop.account_id, asin))


def coverage_tasks(shop: Shop, state: TaskState = TaskState.OPEN) -> dict[str, Task]:
    """The tasks of products, by ASIN."""
    wanted = select(Task).where(
        Task.account_id == shop.account_id, Task.subject_type == "coverage", Task.state == state
    )
    with shop.vault.database.reading() as session:
        return {task.subject_id.partition(":")[2]: task for task in session.scalars(wanted)}


def product_id(shop: Shop, asin: str) -> str:
    same = (CatalogueProduct.account_id == shop.account_id, CatalogueProduct.asin == asin)
    with shop.vault.database.reading() as session:
        return session.scalars(select(CatalogueProduct.id).where(*same)).one()
