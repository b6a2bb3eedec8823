"""Line items: rows of a table with a head, or rows that end in an amount where there is none.

The head says where each column stands. Each row with an amount begins an item; rows without belong to the item that
they stand nearer to. Quantity × unit price = amount is the evidence that the columns were understood.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from vault.domain.readings import Extracted, LineItem
from vault.reading.understand.amounts import Amount
from vault.reading.understand.cells import Item, description_range, is_anchor, left_edge, read_cells, text_start
from vault.reading.understand.columns import Column, TableHead, find_heads
from vault.reading.understand.discounts import find_discount
from vault.reading.understand.identifiers import find_identifiers
from vault.reading.understand.labels import AMOUNT_LABELS, Label
from vault.reading.understand.layout import Row, segment_starts
from vault.reading.understand.lost_marks import put_back_marks
from vault.reading.understand.marks import Marked
from vault.reading.understand.paper import Paper
from vault.reading.understand.pieces import join_pieces
from vault.reading.understand.tills import till_items
from vault.reading.understand.untitled import with_untitled

_ENDS = frozenset({Label.GRAND_TOTAL, Label.TOTAL, Label.NET, Label.TAX, Label.DUE, Label.SUMMARY})
_SUMS = frozenset({Label.SUBTOTAL, Label.CARRIED, Label.DISCOUNT})
_SECTION = re.compile(r"\W*[-=*_]{2,}")
_CENTS = Decimal("0.03")
_INFERRED = 0.7
"""How sure a number is of which only the digits were read."""


def find_lines(paper: Paper) -> tuple[LineItem, ...]:
    """All line items in the order of the paper."""
    items: list[Item] = []
    for page, amounts in zip(paper.pages, paper.amounts, strict=True):
        heads = find_heads(page.sheet, amounts)
        for index, head in enumerate(heads):
            if not head.columns:
                continue
            last = heads[index + 1].first if index + 1 < len(heads) else len(page.sheet.rows)
            items.extend(_table(page, amounts, head, range(head.last + 1, last)))
    if items:
        put_back_marks(items)
        return tuple(line for item in items if (line := _line(item)) is not None)
    return till_items(paper)


def _table(page: Marked, amounts: Sequence[Amount], head: TableHead, rows: range) -> list[Item]:
    by_row: dict[int, list[Amount]] = {}
    for amount in amounts:
        by_row.setdefault(amount.row.index, []).append(amount)
    head = with_untitled(head, (by_row[index] for index in rows if index in by_row))
    items: list[Item] = []
    loose: list[Item] = []
    waiting: Item | None = None
    summing = False
    stretch = description_range(head, page.sheet.line * page.sheet.aspect, left_edge(page, rows, by_row))
    for band in _bands(page, rows):
        item = read_cells(page, band, head, by_row, stretch)
        if _ends(page, item, head, by_row):
            break
        priced = bool(item.numbers.keys() & {Column.QUANTITY, Column.UNIT_PRICE})
        sums = AMOUNT_LABELS if any(Column.QUANTITY in each.numbers for each in items) else _SUMS
        summing = summing or (not priced and _sums_up(page, band, sums, by_row))
        if summing and not priced:
            continue
        if waiting is not None and _completes(item, waiting, page.sheet.line):
            waiting.numbers |= item.numbers
            waiting.description += item.description
            items.append(waiting)
            waiting = None
        elif is_anchor(item, head):
            items.append(item)
            waiting = None
        else:
            waiting = item if item.numbers.keys() & {Column.UNIT_PRICE, Column.QUANTITY} else waiting
            if item.codes or (item.description and not _SECTION.match(item.description[0].printed)):
                loose.append(item)
    for item in loose:
        if item not in items:
            _attach(item, items, page.sheet.line)
    return items


def _completes(item: Item, waiting: Item, line: float) -> bool:
    """The amount of an item whose other numbers stand on the row before."""
    alone = Column.AMOUNT in item.numbers and not item.numbers.keys() & waiting.numbers.keys()
    return alone and item.top - waiting.top < 2 * line and not (item.description and waiting.description)


def _bands(page: Marked, rows: range) -> Iterator[list[Row]]:
    """Rows that stand less than a line apart are one: cells of one item are not always set on one height."""
    band: list[Row] = []
    for index in rows:
        row = page.sheet.rows[index]
        if band and row.box.middle[1] - band[0].box.middle[1] > 0.8 * page.sheet.line:
            yield band
            band = []
        band.append(row)
    if band:
        yield band


def _sums_up(page: Marked, band: Sequence[Row], labels: frozenset[Label], by_row: dict[int, list[Amount]]) -> bool:
    """Does a segment of these rows begin with one of the labels, an amount of money behind it?"""
    return any(
        mark.label in labels and mark.start in segment_starts(row)
        for row in band
        for mark in page.marks[row.index]
        if any(amount.is_money and amount.start >= mark.end for amount in by_row.get(row.index, ()))
    )


def _ends(page: Marked, item: Item, head: TableHead, by_row: dict[int, list[Amount]]) -> bool:
    """A sum below the table: a label begins a segment, an amount stands behind it, and no quantity or unit price."""
    priced = bool(item.numbers.keys() & {Column.QUANTITY, Column.UNIT_PRICE})
    for row in item.rows:
        starts = segment_starts(row)
        for mark in page.marks[row.index]:
            if mark.label in _ENDS and any(amount.start >= mark.end for amount in by_row.get(row.index, ())):
                if mark.start in starts and (not priced or mark.box.x0 > text_start(head) + 0.1):
                    return True
                if not any(letter.isalnum() for letter in row.text[: mark.start]):
                    return True
    return False


def _attach(loose: Item, items: Sequence[Item], line: float) -> None:
    """Text between two items goes to the one before, unless it stands clearly nearer to the one after."""
    before = max((item for item in items if item.top <= loose.top), key=lambda item: item.top, default=None)
    after = min((item for item in items if item.top > loose.top), key=lambda item: item.top, default=None)
    gap_before = loose.top - before.bottom if before else 99.0
    gap_after = after.top - loose.bottom if after else 99.0
    if (
        after is not None
        and gap_after < 2 * line
        and (before is None or (gap_after + 0.6 * line < gap_before and not after.description))
    ):
        after.description[:0] = loose.description
        after.codes.extend(loose.codes)
        after.rows.insert(0, loose.rows[0])
    elif before is not None and gap_before < 3.5 * line:
        before.description.extend(loose.description)
        before.codes.extend(loose.codes)
        before.rates.extend(loose.rates)
        before.rows.extend(loose.rows)


def _line(item: Item) -> LineItem | None:
    numbers = item.numbers
    quantity, price, amount = (numbers.get(each) for each in (Column.QUANTITY, Column.UNIT_PRICE, Column.AMOUNT))
    sure, discount = 0.75, None
    if quantity and price and amount:
        discount = find_discount(item, quantity.value * price.value, amount.value)
        sure = 0.96 if discount or adds_up(quantity.value, price.value, amount.value) else 0.65
    if not item.description and not item.codes and not (quantity and price):
        return None
    text = " ".join(piece.printed for piece in item.description)
    described = join_pieces(item.description, sure)
    return LineItem(
        Extracted(
            described.value.replace("\n", " "),
            described.confidence,
            described.source,
            described.raw,
            described.page,
            described.box,
        )
        if described
        else None,
        quantity.extract(quantity.value, sure) if quantity else None,
        _extract(price, sure) if price else None,
        _extract(amount, min(0.97, sure + 0.05)) if amount else None,
        find_identifiers(text, " ".join(item.codes), " ".join(row.text for row in item.rows)),
        discount,
    )


def _extract(number: Amount, sure: float) -> Extracted[Decimal]:
    return number.extract(number.value, min(sure, _INFERRED) if number.inferred else sure)


def adds_up(quantity: Decimal, price: Decimal, amount: Decimal) -> bool:
    """Quantity × unit price is the amount, but for rounding or the sign of a credit note."""
    product = abs(quantity * price)
    return abs(product - abs(amount)) <= max(_CENTS, product * Decimal("0.002"))
