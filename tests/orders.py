"""All-orders reports, made as Seller Central makes them, in the dialects in which they arrive."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

HEADER = (
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "sales-channel",
    "product-name",
    "sku",
    "asin",
    "item-status",
    "quantity",
    "currency",
    "item-price",
    "ship-city",
    "ship-postal-code",
    "buyer-name",
    "buyer-phone-number",
)
GERMAN = {
    "amazon-order-id": "Amazon-Bestellnummer",
    "purchase-date": "Kaufdatum",
    "last-updated-date": "Letzte Aktualisierung",
    "order-status": "Bestellstatus",
    "sales-channel": "Verkaufskanal",
    "sku": "Händler-SKU",
    "quantity": "Menge",
}
# What tells of a buyer; nothing of it may be found anywhere afterwards.
BUYER = ("Zwiesel", "94227", "Kunigunde Ährenfeld", "+49 9922 5550199")


@dataclass(frozen=True, slots=True)
class Order:
    """One line. `updated`: the day on which the order last changed, the day of purchase where it is None."""

    day: date
    asin: str
    units: int = 1
    sku: str = "SKU-1"
    number: str = ""
    status: str = "Shipped"
    updated: date | None = None
    channel: str = "Amazon.de"


def iso(day: date) -> str:
    return f"{day:%Y-%m-%d}T10:15:00+00:00"


def orders_report(
    orders: Iterable[Order],
    *,
    separator: str = "\t",
    encoding: str = "utf-8",
    names: dict[str, str] | None = None,
    day: Callable[[date], str] = iso,
    extra: Sequence[str] = (),
) -> bytes:
    """The report of these orders. `day` writes a date; `extra`: columns that nobody knows."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow([*((names or {}).get(name, name) for name in HEADER), *extra])
    for at, order in enumerate(orders):
        writer.writerow([*_cells(order, at, day), *("?" for _ in extra)])
    return out.getvalue().encode(encoding)


def _cells(order: Order, at: int, day: Callable[[date], str]) -> Sequence[str]:
    number = order.number or f"302-{order.day:%y%m%d}0-{at:07}"
    return (
        number,
        number,
        day(order.day),
        day(order.updated or order.day),
        order.status,
        order.channel,
        "Schöne Lampe, groß",
        order.sku,
        order.asin,
        order.status,
        str(order.units),
        "EUR",
        "19.99",
        *BUYER,
    )
