"""The all-orders report: how many units of which SKU were ordered when, and where.

Columns: Seller Central help, "All Orders report". Of a line only what `OrderLine` names leaves this module: names,
addresses, phones and mails of buyers, which some variants of the report hold, are dropped here, with the prices.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import BinaryIO

from vault.domain.message import N_, Message
from vault.domain.values import Asin
from vault.reading.amazon.columns import ORDER_COLUMNS
from vault.reading.amazon.delimited import Row, RowProblem, normal_name, read_rows
from vault.reading.amazon.numbers import integer_of
from vault.reading.understand.dates_in_text import dates_in_text

_REQUIRED = ("amazon-order-id", "purchase-date", "sku", "quantity")
_MOST_UNITS = 1_000_000
# How "cancelled" begins in the languages of Seller Central.
_CANCELLED = (
    "cancel",
    "storn",
    "annul",
    "geannul",
    "anulow",
    "avbru",
    "i̇ptal",
    "iptal",
    "キャンセル",
    "已取消",
    "取消",
)
_NUMERIC = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-]\d{2,4}")
_HEADERS = frozenset(map(normal_name, ("amazon-order-id", *ORDER_COLUMNS["amazon-order-id"])))
# Rows looked at to find out whether the file writes the month before the day.
_LOOKED_AT = 100_000
# Others have sold on Amazon since 2000 (Amazon, annual report 2000: Amazon Marketplace, November).
_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What an order has of one SKU. `units` is 0 where that was cancelled; what is pending counts as the report says.

    `purchased` and `updated` are aware where the report prints an offset; else their day is the printed one.
    `part` rises with every further header line: the file was put together from several exports. `item_id`: empty
    where the report has no such column. `asin`: empty where it has none, or nothing that is one.
    """

    line: int
    order_id: str
    sku: str
    asin: str
    purchased: datetime
    units: int
    channel: str = ""
    updated: datetime | None = None
    item_id: str = ""
    part: int = 0


def read_orders(stream: BinaryIO) -> Iterator[OrderLine | RowProblem]:
    """The lines and problems one by one, in the order of the file, which is read twice where its dates need it.

    Refunds are no part of this report. Raises Unreadable when it is empty or another kind of file.
    """
    habit = _month_first(read_rows(stream, ORDER_COLUMNS, _REQUIRED))
    stream.seek(0)
    return _lines(read_rows(stream, ORDER_COLUMNS, _REQUIRED), habit)


def _lines(rows: Iterator[Row | RowProblem], month_first: bool | None) -> Iterator[OrderLine | RowProblem]:
    part = 0
    for row in rows:
        if isinstance(row, RowProblem):
            yield row
        elif normal_name(row.get("amazon-order-id")) in _HEADERS:
            part += 1
        else:
            yield _line(row, part, month_first)


def _line(row: Row, part: int, month_first: bool | None) -> OrderLine | RowProblem:
    order_id, sku = row.get("amazon-order-id"), row.get("sku")[:200]
    asin = row.get("asin").upper()
    asin = asin if Asin.is_one(asin) else ""
    if not order_id:
        return RowProblem(row.line, Message(N_("The line has no order number.")))
    if not sku and not asin:
        return RowProblem(row.line, Message(N_("The line has neither a SKU nor an ASIN.")))
    purchased = _moment(row.get("purchase-date"), month_first)
    if purchased is None:
        return _no_date(row)
    units = 0 if _is_cancelled(row) else integer_of(row.get("quantity"))
    if units is None or not 0 <= units <= _MOST_UNITS:
        return RowProblem(
            row.line, Message(N_("“%(value)s” is not a number of units."), {"value": row.get("quantity")})
        )
    return OrderLine(
        line=row.line,
        order_id=order_id,
        sku=sku or asin,
        asin=asin,
        purchased=purchased,
        units=units,
        channel=row.get("sales-channel")[:60],
        updated=_moment(row.get("last-updated-date"), month_first),
        item_id=row.get("order-item-id"),
        part=part,
    )


def _is_cancelled(row: Row) -> bool:
    return any(row.get(column).casefold().startswith(_CANCELLED) for column in ("order-status", "item-status"))


def _no_date(row: Row) -> RowProblem:
    printed = row.get("purchase-date")
    if _NUMERIC.match(printed) and dates_in_text(printed):
        reason = N_("“%(value)s”: neither this line nor another one tells whether the day or the month comes first.")
    else:
        reason = N_("“%(value)s” is not a date.")
    return RowProblem(row.line, Message(reason, {"value": printed}))


def _moment(text: str, month_first: bool | None) -> datetime | None:
    """The moment or, where no offset is printed, the day that `text` names. None for nothing, or for what is not clear.

    None also for years in which nobody sold on Amazon: programs write 1 or 1970 where they know no date, and all days
    since would count as known.
    """
    moment = _read_moment(text, month_first)
    return moment if moment and moment.year in _YEARS else None


def _read_moment(text: str, month_first: bool | None) -> datetime | None:
    if moment := _iso(text):
        return moment
    found = next(iter(dates_in_text(text)), None)
    if found is None or (found.swapped is not None and month_first is None):
        return None
    return _begin(found.swapped if found.swapped is not None and month_first else found.value)


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _begin(day: date) -> datetime:
    return datetime.combine(day, time())


def _month_first(rows: Iterator[Row | RowProblem]) -> bool | None:
    """Whether the file writes the month before the day; None where nothing tells, or it needs no telling.

    A date that can be read in one way only decides; then the store: the American one writes the month first.
    """
    store = ""
    for number, row in enumerate(rows):
        if isinstance(row, RowProblem):
            continue
        printed = row.get("purchase-date")
        if number == _LOOKED_AT or _iso(printed):
            break
        match = _NUMERIC.match(printed)
        if match and (int(match[1]) > 12 or int(match[2]) > 12):
            return int(match[2]) > 12
        store = store or row.get("sales-channel").casefold()
    return store == "amazon.com" if store.startswith("amazon.") else None
