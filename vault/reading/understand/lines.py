"""Line items: rows of a table with a head, or rows that end in an amount where there is none.

The head says where each column stands. Each row with an amount begins an item; rows without belong to the item that
they stand nearer to. Quantity × unit price = amount is the evidence that the columns were understood.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median_low

from vault.domain.readings import Box, Extracted, LineItem
from vault.reading.understand.amounts import Amount
from vault.reading.understand.columns import Column, TableHead, find_heads
from vault.reading.understand.identifiers import find_identifiers
from vault.reading.understand.labels import AMOUNT_LABELS, Label
from vault.reading.understand.layout import Row, Run, segment_starts
from vault.reading.understand.marks import Marked
from vault.reading.understand.names import Piece, join_pieces
from vault.reading.understand.paper import Paper
from vault.reading.understand.tills import till_items

_ENDS = frozenset({Label.GRAND_TOTAL, Label.TOTAL, Label.NET, Label.TAX, Label.DUE, Label.SUMMARY})
_SUMS = frozenset({Label.SUBTOTAL, Label.DISCOUNT})
_NUMERIC = (Column.QUANTITY, Column.UNIT_PRICE, Column.AMOUNT, Column.TAX, Column.DISCOUNT, Column.POSITION)
_REACH = 4.0
"""A number belongs to a column at most this many font sizes away."""
_SECTION = re.compile(r"\W*[-=*_]{2,}")
_WORD, _LETTERS = re.compile(r"[^\W\d_]{3}"), re.compile(r"[^\W\d_]")
_UNIT_LETTERS = 12
"""A number and the name of its unit (12 Stück): so many letters behind the number still belong to it."""
_CENTS = Decimal("0.03")


@dataclass(eq=False)
class Item:
    """A line item while its rows are gathered."""

    rows: list[Row] = field(default_factory=list)
    numbers: dict[Column, Amount] = field(default_factory=dict)
    description: list[Piece] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.rows[0].box.y0

    @property
    def bottom(self) -> float:
        return self.rows[-1].box.y1


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
        return tuple(line for item in items if (line := _line(item)) is not None)
    return till_items(paper)


def _table(page: Marked, amounts: Sequence[Amount], head: TableHead, rows: range) -> list[Item]:
    by_row: dict[int, list[Amount]] = {}
    for amount in amounts:
        by_row.setdefault(amount.row.index, []).append(amount)
    items: list[Item] = []
    loose: list[Item] = []
    waiting: Item | None = None
    summing = False
    stretch = _description_range(head, page.sheet.line * page.sheet.aspect, _left_edge(page, rows, by_row))
    for band in _bands(page, rows):
        item = _read(page, band, head, by_row, stretch)
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
        elif _is_anchor(item, head):
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
                if mark.start in starts and (not priced or mark.box.x0 > _text_start(head) + 0.1):
                    return True
                if not any(letter.isalnum() for letter in row.text[: mark.start]):
                    return True
    return False


def _text_start(head: TableHead) -> float:
    """Where descriptions begin."""
    return min((box.x0 for box in head.boxes(Column.DESCRIPTION)), default=0.1)


def _text_end(head: TableHead) -> float:
    """Where the description column gives way to numbers."""
    numeric = [box.x0 for column, box in head.columns if column in (Column.UNIT_PRICE, Column.AMOUNT)]
    return min(numeric, default=0.5) - 0.05


def _read(
    page: Marked, band: Sequence[Row], head: TableHead, by_row: dict[int, list[Amount]], stretch: tuple[float, float]
) -> Item:
    """Numbers and text of a band, sorted into the columns. Without an anchor its numbers are part of the text."""
    item = Item(list(band))
    unit = page.sheet.line * page.sheet.aspect
    left, right = stretch
    taken: dict[int, list[tuple[int, int, Column]]] = {row.index: [] for row in band}
    for row in band:
        for amount in by_row.get(row.index, ()):
            column = _column_of(amount, head, unit, left, right)
            if column is not None and column not in item.numbers:
                item.numbers[column] = amount
                taken[row.index].append((amount.start, amount.end, column))
        _sort_text(item, row, head, unit, stretch, taken[row.index])
    if not _is_anchor(item, head):
        item.description.clear()
        item.codes.clear()
        for row in band:
            _sort_text(item, row, head, unit, stretch, ())
    return item


def _left_edge(page: Marked, rows: range, by_row: dict[int, list[Amount]]) -> float:
    """Where the rows with several numbers begin: print beside the table does not move it."""
    begins = []
    for index in rows:
        numbers = [amount for amount in by_row.get(index, ()) if not amount.percent]
        if len(numbers) > 1 and any(amount.is_money for amount in numbers):
            begins.append(page.sheet.rows[index].segments[0].box.x0)
    return median_low(begins) if begins else 0.0


def _description_range(head: TableHead, unit: float, edge: float) -> tuple[float, float]:
    """The stretch from left to right that belongs to the description; its title may stand anywhere above it."""
    described = head.boxes(Column.DESCRIPTION)
    if not described:
        return edge - unit, _text_end(head)
    before = [box.x1 for _, box in head.columns if box.x1 <= described[0].x0]
    after = [box.x0 for _, box in head.columns if box.x0 > described[0].x1]
    left = min(described[0].x0 - 2.5 * unit, max(before) + 0.3 * unit) if before else edge - unit
    return left, min(after, default=1.0) - 0.5 * unit


def _column_of(amount: Amount, head: TableHead, unit: float, left: float, right: float) -> Column | None:
    """The numeric column whose title stands nearest above the number."""
    best: tuple[float, Column] | None = None
    for column, box in head.columns:
        if column in _NUMERIC:
            apart = max(box.x0 - amount.box.x1, amount.box.x0 - box.x1, 0.0) / unit
            off = (
                min(abs(box.x0 - amount.box.x0), abs(box.x1 - amount.box.x1), abs(box.middle[0] - amount.box.middle[0]))
                / unit
            )
            cost = apart + 0.3 * off
            if cost < _REACH and (best is None or cost < best[0]):
                best = cost, column
    if best is None:
        return None
    if best[1] in (Column.QUANTITY, Column.POSITION) and amount.currency is not None:
        return None
    if _is_within_text(amount):
        return None
    inside = left <= amount.box.x0 and amount.box.x1 <= right
    return None if inside and best[0] > 0.8 and not amount.is_money else best[1]


def _is_within_text(amount: Amount) -> bool:
    """Words stand before and behind it in the same segment: ``Flask 750 ml``."""
    for begin, segment in zip(segment_starts(amount.row), amount.row.segments, strict=True):
        end = begin + len(segment.text)
        if begin <= amount.start < end:
            before, behind = amount.row.text[begin : amount.start], amount.row.text[amount.end : end]
            return bool(_WORD.search(before) and _LETTERS.search(behind)) and amount.currency is None
    return False


def _sort_text(
    item: Item,
    row: Row,
    head: TableHead,
    unit: float,
    stretch: tuple[float, float],
    taken: Sequence[tuple[int, int, Column]],
) -> None:
    """Segments in the description's stretch are its text; those under an article column are the article number."""
    for begin, segment in zip(segment_starts(row), row.segments, strict=True):
        end = begin + len(segment.text)
        if any(
            start <= begin + 1 and end <= stop + _UNIT_LETTERS
            for start, stop, column in taken
            if column is not Column.POSITION
        ):
            continue
        split = _split_at(segment, head, unit)
        if split or not _in_stretch(segment, stretch) or _is_article(segment, head, unit):
            if _under(segment, head.boxes(Column.ARTICLE), unit):
                item.codes.append(segment.text[: split or None].strip())
            if not split:
                continue
            begin += split
        inner = [stop for start, stop, _ in taken if begin <= start < end and start - begin < 4]
        start = _after_position(row.text, begin, end, inner)
        if any(letter.isalpha() for letter in row.text[start:end]):
            stop = min((each for each, _, _ in taken if start < each < end), default=end)
            item.description.append(Piece(row, start, stop))


def _in_stretch(segment: Run, stretch: tuple[float, float]) -> bool:
    return stretch[0] <= segment.box.x0 and (segment.box.x0 < stretch[1] or segment.box.middle[0] < stretch[1])


def _is_article(segment: Run, head: TableHead, unit: float) -> bool:
    """Under an article column, and not where the descriptions begin."""
    described = head.boxes(Column.DESCRIPTION)
    if described and abs(segment.box.x0 - described[0].x0) < unit:
        return False
    return any(abs(box.x0 - segment.box.x0) < unit for box in head.boxes(Column.ARTICLE))


def _split_at(segment: Run, head: TableHead, unit: float) -> int:
    """Where a segment that runs on from the column before enters the description; 0 where it does not."""
    for box in head.boxes(Column.DESCRIPTION):
        for start, word in zip(segment.starts[1:], segment.words[1:], strict=True):
            if segment.box.x0 < box.x0 - 2 * unit and abs(word.box.x0 - box.x0) < 0.4 * unit:
                return start
    return 0


def _after_position(text: str, begin: int, end: int, inner: Sequence[int]) -> int:
    """Behind a position number that stands in the same segment as the description."""
    start = max(inner, default=begin)
    first, _, rest = text[start:end].lstrip().partition(" ")
    if first.rstrip(".").isdigit() and len(first) <= 3 and rest[:1].isalpha():
        return end - len(rest)
    return start


def _under(segment: Run, boxes: Sequence[Box], unit: float) -> bool:
    return any(
        abs(box.x0 - segment.box.x0) < 2 * unit or min(box.x1, segment.box.x1) > max(box.x0, segment.box.x0)
        for box in boxes
    )


def _is_anchor(item: Item, head: TableHead) -> bool:
    """A row that begins an item: it has its amount, or its price where no amounts are printed, or else its quantity."""
    amount = item.numbers.get(Column.AMOUNT)
    if amount is not None and not amount.percent:
        return True
    if head.has(Column.AMOUNT):
        return False
    price, quantity = item.numbers.get(Column.UNIT_PRICE), item.numbers.get(Column.QUANTITY)
    if head.has(Column.UNIT_PRICE):
        return price is not None and (price.is_money or quantity is not None)
    return quantity is not None and bool(item.description or item.codes)


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
        before.rows.extend(loose.rows)


def _line(item: Item) -> LineItem | None:
    numbers = item.numbers
    quantity, price, amount = (numbers.get(each) for each in (Column.QUANTITY, Column.UNIT_PRICE, Column.AMOUNT))
    sure = 0.75
    if quantity and price and amount:
        sure = 0.96 if adds_up(quantity.value, price.value, amount.value, numbers.get(Column.DISCOUNT)) else 0.65
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
        price.extract(price.value, sure) if price else None,
        amount.extract(amount.value, min(0.97, sure + 0.05)) if amount else None,
        find_identifiers(text, " ".join(item.codes), " ".join(row.text for row in item.rows)),
    )


def adds_up(quantity: Decimal, price: Decimal, amount: Decimal, discount: Amount | None = None) -> bool:
    """Quantity × unit price is the amount, but for rounding, a discount, or the sign of a credit note."""
    product = abs(quantity * price)
    if abs(product - abs(amount)) <= max(_CENTS, product * Decimal("0.002")):
        return True
    if discount is None:
        return False
    less = (
        product * (1 - abs(discount.value) / 100)
        if discount.percent or discount.value < 100
        else product - abs(discount.value)
    )
    return abs(less - abs(amount)) <= max(_CENTS, product * Decimal("0.002"))
