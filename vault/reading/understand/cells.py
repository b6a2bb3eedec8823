"""The cells of a table: which number of a row belongs to which column, and what is its description."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median_low

from vault.domain.readings import Box
from vault.reading.understand.amounts import Amount
from vault.reading.understand.columns import Column, TableHead
from vault.reading.understand.layout import Row, Run, segment_starts
from vault.reading.understand.marks import Marked
from vault.reading.understand.pieces import Piece

_NUMERIC = (Column.QUANTITY, Column.UNIT_PRICE, Column.AMOUNT, Column.TAX, Column.DISCOUNT, Column.POSITION)
_RATES = (Column.TAX, Column.DISCOUNT)
_REACH = 4.0
"""A number belongs to a column at most this many font sizes away."""
_WORD, _LETTERS = re.compile(r"[^\W\d_]{3}"), re.compile(r"[^\W\d_]")
_UNIT_LETTERS = 12
"""A number and the name of its unit (12 Stück): so many letters behind the number still belong to it."""


@dataclass(eq=False)
class Item:
    """A line item while its rows are gathered. `rates`: all its percentages, of taxes and discounts."""

    rows: list[Row] = field(default_factory=list)
    numbers: dict[Column, Amount] = field(default_factory=dict)
    description: list[Piece] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    rates: list[Amount] = field(default_factory=list)

    @property
    def top(self) -> float:
        return self.rows[0].box.y0

    @property
    def bottom(self) -> float:
        return self.rows[-1].box.y1


def read_cells(
    page: Marked, band: Sequence[Row], head: TableHead, by_row: dict[int, list[Amount]], stretch: tuple[float, float]
) -> Item:
    """Numbers and text of a band, sorted into the columns. Without an anchor its numbers are part of the text."""
    item = Item(list(band))
    unit = page.sheet.line * page.sheet.aspect
    left, right = stretch
    taken: dict[int, list[tuple[int, int, Column]]] = {row.index: [] for row in band}
    for row in band:
        for amount in by_row.get(row.index, ()):
            if amount.percent:
                item.rates.append(amount)
            column = _column_of(amount, head, unit, left, right)
            if column is not None and column not in item.numbers:
                item.numbers[column] = amount
                taken[row.index].append((amount.start, amount.end, column))
        _sort_text(item, row, head, unit, stretch, taken[row.index])
    if not is_anchor(item, head):
        item.description.clear()
        item.codes.clear()
        for row in band:
            _sort_text(item, row, head, unit, stretch, ())
    return item


def is_anchor(item: Item, head: TableHead) -> bool:
    """A row that begins an item: it has its amount, or its price where no amounts are printed, or else its quantity."""
    amount = item.numbers.get(Column.AMOUNT)
    if amount is not None:
        return True
    if head.has(Column.AMOUNT):
        return False
    price, quantity = item.numbers.get(Column.UNIT_PRICE), item.numbers.get(Column.QUANTITY)
    if head.has(Column.UNIT_PRICE):
        return price is not None and (price.is_money or quantity is not None)
    return quantity is not None and bool(item.description or item.codes)


def left_edge(page: Marked, rows: range, by_row: dict[int, list[Amount]]) -> float:
    """Where the rows with several numbers begin: print beside the table does not move it."""
    begins = []
    for index in rows:
        numbers = [amount for amount in by_row.get(index, ()) if not amount.percent]
        if len(numbers) > 1 and any(amount.is_money for amount in numbers):
            begins.append(page.sheet.rows[index].segments[0].box.x0)
    return median_low(begins) if begins else 0.0


def description_range(head: TableHead, unit: float, edge: float) -> tuple[float, float]:
    """The stretch from left to right that belongs to the description; its title may stand anywhere above it."""
    described = head.boxes(Column.DESCRIPTION)
    if not described:
        return edge - unit, _text_end(head)
    before = [box.x1 for _, box in head.columns if box.x1 <= described[0].x0]
    after = [box.x0 for _, box in head.columns if box.x0 > described[0].x1]
    left = min(described[0].x0 - 2.5 * unit, max(before) + 0.3 * unit) if before else edge - unit
    return left, min(after, default=1.0) - 0.5 * unit


def text_start(head: TableHead) -> float:
    """Where descriptions begin."""
    return min((box.x0 for box in head.boxes(Column.DESCRIPTION)), default=0.1)


def _text_end(head: TableHead) -> float:
    """Where the description column gives way to numbers."""
    numeric = [box.x0 for column, box in head.columns if column in (Column.UNIT_PRICE, Column.AMOUNT)]
    return min(numeric, default=0.5) - 0.05


def _column_of(amount: Amount, head: TableHead, unit: float, left: float, right: float) -> Column | None:
    """The numeric column whose title stands nearest above the number; a percentage never counts or costs."""
    best: tuple[float, Column] | None = None
    for column, box in head.columns:
        if column in (_RATES if amount.percent else _NUMERIC):
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
