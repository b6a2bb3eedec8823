"""Items of papers without a table head: a till roll names a thing and ends the row, or the next one, in its price."""

import re
from collections.abc import Iterator
from decimal import Decimal

from vault.domain.readings import LineItem
from vault.reading.understand.amounts import Amount
from vault.reading.understand.identifiers import find_identifiers
from vault.reading.understand.labels import AMOUNT_LABELS, DATE_LABELS, Label
from vault.reading.understand.layout import Row
from vault.reading.understand.marks import Marked
from vault.reading.understand.paper import Paper

_ENDS = frozenset({Label.GRAND_TOTAL, Label.TOTAL, Label.SUBTOTAL, Label.NET, Label.DUE})
_TIMES = re.compile(
    r"(?<![\d.,])(\d{1,4})\s?(?:pc|pcs|stk|st|unit|units)?\s?[xX×*@]\s?(?=[\d$€£R])|(?<=[\d])\s?[xX×]\s?(\d{1,3})(?!\d)"
)
_SURE = 0.5


def till_items(paper: Paper) -> tuple[LineItem, ...]:
    """Items above the first sum of the first page that has one."""
    for page, amounts in zip(paper.pages, paper.amounts, strict=True):
        items = list(_on_page(page, amounts))
        if items:
            return tuple(items)
    return ()


def _on_page(page: Marked, amounts: tuple[Amount, ...]) -> Iterator[LineItem]:
    last: dict[int, list[Amount]] = {}
    for amount in amounts:
        if amount.is_money:
            last.setdefault(amount.row.index, []).append(amount)
    name: Row | None = None
    for row in page.sheet.rows:
        labels = {mark.label for mark in page.marks[row.index]}
        money = last.get(row.index, [])
        if money and labels & _ENDS:
            return
        if not money:
            name = row if _names_something(row.text) and not labels & DATE_LABELS else None
        elif not labels & AMOUNT_LABELS:
            line = _item(row, name, money)
            if line is not None:
                yield line
            name = None


def _item(row: Row, name: Row | None, money: list[Amount]) -> LineItem | None:
    """The last amount of the row is the price of the thing; before it may stand how many and at how much each."""
    amount = money[-1]
    before = row.text[: money[0].start]
    times = _TIMES.search(row.text)
    if times is not None:
        before = before[: times.start()]
    own = _names_something(before)
    if not own and name is None:
        return None
    named = row if own or name is None else name
    end = len(before.rstrip()) if named is row else len(named.text)
    quantity = Decimal(times[1] or times[2]) if times is not None else None
    price = money[-2] if len(money) > 1 else None
    fits = quantity is not None and price is not None and abs(quantity * price.value - amount.value) < Decimal("0.02")
    sure = 0.8 if fits else _SURE
    return LineItem(
        named.extract(named.text[:end], sure, 0, end),
        row.extract(quantity, sure, times.start(), times.end()) if quantity is not None and times is not None else None,
        price.extract(price.value, sure) if price is not None and fits else None,
        amount.extract(amount.value, sure + 0.1),
        find_identifiers(f"{named.text} {row.text}"),
    )


def _names_something(text: str) -> bool:
    """At least three letters, one of them in a word of three."""
    return sum(letter.isalpha() for letter in text) >= 3 and bool(re.search(r"[^\W\d_]{3}", text))
