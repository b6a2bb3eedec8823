"""What the columns of tables say about numbers: below the title of a price everything tells a price."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from vault.domain.readings import Box
from vault.reading.prices.numbers import Kind
from vault.reading.prices.prints import Print, Printed
from vault.reading.understand.amounts import decimal_mark, find_amounts
from vault.reading.understand.columns import Column, TableHead, find_heads
from vault.reading.understand.layout import Row

MONEY = frozenset({Column.UNIT_PRICE, Column.AMOUNT, Column.TAX, Column.DISCOUNT, Column.OTHER, Column.SUMMARY})
_FAR = 7.0
"""Rows that are so many lines apart do not belong to one table."""
_MILLION = 7
"""Digits; numbers of articles have more."""
_REACH = 5.0
"""A number stands at most so many letters beside the title of its column."""


@dataclass(frozen=True, eq=False)
class Placed:
    """A number and the column that it stands in; None: in none that has a title."""

    print: Print
    column: Column | None
    title: Box | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """One table on one page. `rows` reach down to the last that has a cell below a title of prices."""

    printed: Printed
    head: TableHead
    rows: tuple[Row, ...]
    placed: tuple[Placed, ...]

    def on(self, row: Row) -> list[Placed]:
        return [each for each in self.placed if each.print.row is row]


def find_tables(pages: Sequence[Printed]) -> list[Table]:
    """All tables; one that goes on without a head stands below the titles of the page before."""
    found: list[Table] = []
    before: TableHead | None = None
    for page in pages:
        heads = _heads(page)
        if before is not None and not any(head.columns for head in heads):
            heads = [replace(before, first=-1, last=-1)]
        found += [table for head, after in _followed(heads) if (table := _table(page, head, after)) is not None]
        before = next((head for head in reversed(heads) if head.columns), None)
    return found


def _heads(page: Printed) -> list[TableHead]:
    mark = decimal_mark(row.text for row in page.sheet.rows)
    return [_with_summary(page, head) for head in find_heads(page.sheet, find_amounts(page.sheet, mark))]


def _with_summary(page: Printed, head: TableHead) -> TableHead:
    """The head of a table of taxes has no columns for whoever looks for line items; all of it is about money."""
    if head.columns:
        return head
    segments = page.sheet.rows[head.first].segments
    return replace(head, columns=tuple((Column.SUMMARY, segment.box) for segment in segments))


def _followed(heads: Sequence[TableHead]) -> Iterator[tuple[TableHead, int | None]]:
    yield from ((one, other.first) for one, other in pairwise(heads))
    yield from ((head, None) for head in heads[-1:])


def _table(page: Printed, head: TableHead, after: int | None) -> Table | None:
    below = page.sheet.rows[head.last + 1 : after]
    rows, placed = _near(below, head, page), []
    for row in rows:
        placed += [_place(each, head, page.unit) for each in page.on(row)]
    last = max((each.print.row.index for each in placed if each.column in MONEY and each.print.cell), default=-1)
    kept = tuple(row for row in rows if row.index <= last)
    return Table(page, head, kept, tuple(each for each in placed if each.print.row.index <= last)) if kept else None


def _near(rows: Sequence[Row], head: TableHead, page: Printed) -> list[Row]:
    """The rows up to a wide gap."""
    found: list[Row] = []
    for row in rows:
        if found and row.box.middle[1] - found[-1].box.middle[1] > _FAR * page.sheet.line:
            break
        found.append(row)
    return found


def _place(print_: Print, head: TableHead, unit: float) -> Placed:
    """The title above that overlaps most evenly, else the nearest one within reach."""
    box = print_.box
    over = [(column, title) for column, title in head.columns if min(title.x1, box.x1) > max(title.x0, box.x0)]
    if over:
        column, title = min(over, key=lambda each: _uneven(each[1], box))
        return Placed(print_, column, title)
    if not print_.cell:
        return Placed(print_, None)
    column, title = min(head.columns, key=lambda each: _gap(each[1], box))
    within = _gap(title, box) < _REACH * unit
    return Placed(print_, column if within or column is Column.DESCRIPTION else None, title)


def _uneven(title: Box, box: Box) -> float:
    return min(abs(title.x0 - box.x0), abs(title.x1 - box.x1), abs(title.middle[0] - box.middle[0]))


def _gap(title: Box, box: Box) -> float:
    return max(title.x0 - box.x1, box.x0 - title.x1, 0.0)


def told_by_columns(table: Table) -> Iterator[Print]:
    """The numbers below titles of prices, but for rates, days and codes; in a cell or at the end of what runs into the
    column.
    """
    described = max((box.x1 for box in table.head.boxes(Column.DESCRIPTION)), default=0.0)
    for each in table.placed:
        if each.print.kind in (Kind.RATE, Kind.DAY) or (each.print.kind is Kind.CODE and not _is_large(each.print)):
            continue
        if not (each.print.cell or _ends_segment(table.printed, each.print)):
            continue
        astray = each.column is None and each.print.cell and each.print.box.x0 > described
        if astray or each.column in MONEY:
            yield each.print


def _is_large(print_: Print) -> bool:
    """A million or more without marks between the thousands, in a cell of its own."""
    return (
        print_.text.isdigit()
        and print_.text == print_.row.segments[print_.segment].text
        and len(print_.text) == _MILLION
    )


def _ends_segment(page: Printed, print_: Print) -> bool:
    """Only numbers stand behind it in its segment."""
    segment = print_.row.segments[print_.segment]
    starts = [each for each in page.on(print_.row) if each.segment == print_.segment and each.start >= print_.start]
    words = {id(word) for each in starts for word in each.words}
    behind = [word for word in segment.words if word.box.x0 > print_.box.x1]
    return all(id(word) in words or not any(map(str.isalpha, word.text)) or len(word.text) < 4 for word in behind)
