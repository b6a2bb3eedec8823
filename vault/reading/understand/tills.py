"""Items of papers without a table head: a till roll names a thing and ends the row, or the next one, in its price."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from vault.domain.readings import LineItem
from vault.reading.understand.amounts import Amount
from vault.reading.understand.identifiers import find_identifiers
from vault.reading.understand.labels import AMOUNT_LABELS, DATE_LABELS, NUMBER_LABELS, PARTY_LABELS, Label
from vault.reading.understand.layout import Row
from vault.reading.understand.marks import Marked
from vault.reading.understand.paper import Paper
from vault.reading.understand.pieces import Piece, join_pieces

_ENDS = frozenset({Label.GRAND_TOTAL, Label.TOTAL, Label.SUBTOTAL, Label.NET, Label.DUE})
_TIMES = re.compile(
    r"(?<![\d.,])([-−]?\d{1,4})\s?(?:pc|pcs|stk|st|unit|units)?\s?[xX×*@]\s?(?=[\d$€£R])|(?<=[\d])\s?[xX×]\s?(\d{1,3})(?!\d)"
)
_HEAD = DATE_LABELS | NUMBER_LABELS | PARTY_LABELS - {Label.SUPPLIER, Label.BUYER}
_CODE = re.compile(
    r"\b(?:gtin|ean|sku|asin|art(?:ikel|icolo|icle)?[.\- ]*(?:nr|no|n°)|(?:item|part) (?:no|#)|ref|r[ée]f[ée]rence|referencia"
    r"|code?|upc|barcode)\b|part #|\d{12,14}",
    re.IGNORECASE,
)
_PITCH = 1.6
_SURE = 0.5


@dataclass(eq=False)
class _Item:
    """What belongs to one thing on the roll. `codes`: the rows below that name its numbers."""

    row: Row
    names: list[Piece]
    money: list[Amount]
    times: re.Match[str] | None
    codes: list[str] = field(default_factory=list)


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
    names: list[Row] = []
    waiting: _Item | None = None
    for row in page.sheet.rows:
        labels = {mark.label for mark in page.marks[row.index]}
        money = last.get(row.index, [])
        if money and labels & _ENDS:
            break
        if not money and waiting is not None and _CODE.search(row.text):
            waiting.codes.append(row.text)
        elif not money:
            names = _gather(names, row, page.sheet.line) if not labels & _HEAD else []
        elif not labels & AMOUNT_LABELS:
            if waiting is not None:
                yield _line(waiting)
            waiting = _item(row, names, money)
            names = []
    if waiting is not None:
        yield _line(waiting)


def _gather(names: list[Row], row: Row, line: float) -> list[Row]:
    """A name in up to three rows that stand close below each other; a wider gap begins a new one."""
    if names and row.box.middle[1] - names[-1].box.middle[1] < _PITCH * line:
        return [*names[-2:], row]
    return [row] if _names_something(row.text) else []


def _item(row: Row, names: list[Row], money: list[Amount]) -> _Item | None:
    """The last amount of the row is the price of the thing; before it may stand how many and at how much each."""
    before = row.text[: money[0].start]
    times = _TIMES.search(row.text)
    if times is not None:
        before = before[: times.start()]
    if _names_something(before):
        return _Item(row, [Piece(row, 0, len(before.rstrip()))], money, times)
    if not names:
        return None
    return _Item(row, [Piece(name, 0, len(name.text)) for name in names], money, times)


def _line(item: _Item) -> LineItem:
    """Quantity and unit price only count when they make the amount."""
    amount, times = item.money[-1], item.times
    quantity = Decimal((times[1] or times[2]).replace("−", "-")) if times is not None else None
    price = item.money[-2] if len(item.money) > 1 else None
    fits = quantity is not None and price is not None and abs(quantity * price.value - amount.value) < Decimal("0.02")
    sure = 0.8 if fits else _SURE
    named = join_pieces(item.names, sure)
    text = " ".join(piece.printed for piece in item.names)
    return LineItem(
        replace(named, value=named.value.replace("\n", " ")) if named else None,
        item.row.extract(quantity, sure, times.start(), times.end()) if quantity is not None and times else None,
        price.extract(price.value, sure) if price is not None and fits else None,
        amount.extract(amount.value, sure + 0.1),
        find_identifiers(text, " ".join(item.codes), item.row.text),
    )


def _names_something(text: str) -> bool:
    """At least three letters, one of them in a word of three."""
    return sum(letter.isalpha() for letter in text) >= 3 and bool(re.search(r"[^\W\d_]{3}", text))
