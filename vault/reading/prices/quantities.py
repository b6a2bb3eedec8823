"""Quantities: the one kind of number on the rows of items that has to stay, even where it is printed as money is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from vault.domain.readings import Box, LineItem, Reading
from vault.reading.prices.columns import MONEY, Placed, Table
from vault.reading.prices.numbers import Kind
from vault.reading.prices.prints import Print, Printed
from vault.reading.prices.rows import sought
from vault.reading.understand.columns import Column
from vault.reading.understand.layout import Row

_STAYING = frozenset({Column.QUANTITY, Column.UNIT, Column.POSITION, Column.ARTICLE})
_POSSIBLE = (Kind.PLAIN, Kind.GROUPED, Kind.MONEY, Kind.PIECES, Kind.SIZE, Kind.CODE)


def find_quantities(reading: Reading, pages: Sequence[Printed], tables: Sequence[Table]) -> set[Print]:
    """What stays in the tables: quantities, positions, article numbers."""
    counts = {abs(line.quantity.value) for line in reading.lines if line.quantity}
    prices = {abs(value) for line in reading.lines for value in _prices(line)}
    found: set[Print] = set()
    for table in tables:
        for row in table.rows:
            found |= {each.print for each in _in_columns(table.on(row), counts, prices)}
    for page in pages:
        found |= set(_read(reading, page, tables, prices))
        found |= set(_told_elsewhere(reading, page, prices))
    return found


def _prices(line: LineItem) -> Iterator[Decimal]:
    return (each.value for each in (line.unit_price, line.amount, line.discount) if each is not None)


def _in_columns(row: Sequence[Placed], counts: set[Decimal], prices: set[Decimal]) -> Iterator[Placed]:
    staying = [each for each in row if each.column in _STAYING and each.print.kind in _POSSIBLE]
    columns = Counter(each.column for each in staying)
    for each in staying:
        one = columns[each.column] == 1
        if each.column is not Column.QUANTITY or each.print.kind in (Kind.PIECES, Kind.SIZE):
            if each.print.kind is not Kind.MONEY:
                yield each
        elif each.print.values & counts or (one and not each.print.values & (prices - counts) and _is_sure(each, row)):
            yield each


def _is_sure(placed: Placed, row: Sequence[Placed]) -> bool:
    """A count by its print; with the decimals of money only right below the title, prices beside it."""
    if placed.print.kind is not Kind.MONEY:
        return True
    below = placed.title is not None and _is_below(placed.title, placed.print.box)
    whole = all(value == value.to_integral_value() for value in placed.print.values)
    return below and whole and any(each.column in MONEY for each in row)


def _read(reading: Reading, page: Printed, tables: Sequence[Table], prices: set[Decimal]) -> Iterator[Print]:
    """The boxes of quantities that were read, unless they can be prices as well."""
    number = page.sheet.page.number
    boxes = [
        (line.quantity.box, abs(line.quantity.value))
        for line in reading.lines
        if line.quantity and line.quantity.box and line.quantity.page == number
    ]
    dear = {id(each.print) for table in tables for each in table.placed if _is_dear(each, table)}
    for each in page.prints:
        if id(each) in dear or each.kind not in _POSSIBLE:
            continue
        for box, value in boxes:
            whole = value == value.to_integral_value()
            if value in each.values and _stands_in(page, each, box) and (whole or value not in prices):
                yield each


def _is_dear(placed: Placed, table: Table) -> bool:
    """In a price column: below its title, or the only number of the row that is near it. OCR misses titles."""
    if placed.column not in MONEY or placed.title is None:
        return False
    others = [each for each in table.on(placed.print.row) if each.title is placed.title and each is not placed]
    return _is_below(placed.title, placed.print.box) or not any(
        _is_below(placed.title, other.print.box) for other in others
    )


def _is_below(title: Box, box: Box) -> bool:
    return min(title.x1, box.x1) > max(title.x0, box.x0)


def _stands_in(page: Printed, print_: Print, box: Box) -> bool:
    return all(_covers(box, page.original[id(word)].box) for word in print_.words)


def _covers(box: Box, word: Box) -> bool:
    x, y = word.middle
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _told_elsewhere(reading: Reading, page: Printed, prices: set[Decimal]) -> Iterator[Print]:
    """The printed quantity of a line that was read from embedded XML: on the row that has the words of its description.

    Where its number stands twice there, the one printed as a count is it; where both look the same, neither.
    """
    for line in reading.lines:
        if line.quantity is None or line.quantity.box is not None:
            continue
        row = sought(page.sheet.rows, line)
        if row is None:
            continue
        value = abs(line.quantity.value)
        beside = [each for near in _beside(page, row) for each in page.on(near) if each.kind in _POSSIBLE]
        fitting = [each for each in beside if value in each.values]
        counts = [each for each in fitting if each.kind is not Kind.MONEY] or fitting
        if len(counts) == 1 and (counts[0].kind is not Kind.MONEY or value not in prices):
            yield counts[0]


def _beside(page: Printed, row: Row) -> Iterable[Row]:
    """Rows at the same height: cells of one item are not always set on one line."""
    return [
        each
        for each in page.sheet.rows[max(0, row.index - 1) : row.index + 2]
        if abs(each.box.middle[1] - row.box.middle[1]) < 0.8 * page.sheet.line
    ]
