"""A year of orders for the demonstration: some products are covered by their invoices, some short, some not at all."""

import io
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from demo.papers import quantities
from tests.invoices.catalogue import Product
from tests.orders import Order, orders_report
from vault.checks.coverage.facts import Days
from vault.services.access import Actor
from vault.services.catalogue.imports import import_file
from vault.services.days import today
from vault.services.vault import Vault

_YEAR = 365
# How much of what stands on invoices was sold; and how many units of products that have none.
_SHARES = (0.4, 0.6, 0.8, 0.95, 1.0, 1.2)
_WITHOUT_INVOICE = (0, 0, 0, 0, 0, 3, 8, 21)


def sell(vault: Vault, actor: Actor, account_id: str, products: tuple[Product, ...], until: date | None = None) -> None:
    """Imports the orders of the year before `until`, which is today by default: those that are made by now."""
    day = today(vault)
    until = until or day
    made = (order for order in _orders(products, quantities(products, until), until) if order.day < day)
    orders = sorted(made, key=lambda order: order.day)
    covers = Days(until - timedelta(days=_YEAR), day - timedelta(days=1))
    stream = io.BytesIO(orders_report(orders))
    import_file(vault, actor, account_id, stream, "all-orders.txt", covers=covers, waits=True)


def _orders(products: tuple[Product, ...], bought: Mapping[str, int], day: date) -> Iterator[Order]:
    rng = Random(23)
    for product in products:
        on_invoices = bought.get(product.asin, 0)
        units = round(on_invoices * rng.choice(_SHARES)) if on_invoices else rng.choice(_WITHOUT_INVOICE)
        for _ in range(units):
            sold_on = day - timedelta(days=rng.randint(1, _YEAR))
            number = f"40{rng.randint(2, 8)}-{rng.randint(10**6, 10**7 - 1)}-{rng.randint(10**6, 10**7 - 1)}"
            store = rng.choice(("Amazon.fr", "Amazon.fr", "Amazon.fr", "Amazon.de"))
            yield Order(sold_on, product.asin, 1, product.sku, number, updated=sold_on, channel=store)
