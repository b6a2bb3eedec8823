"""Where on the pages a document speaks of a product."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import reduce

from vault.domain.readings import Box, LineItem, Reading
from vault.reading.prices.rows import sought
from vault.reading.understand.layout import Row, lay_out

Boxes = dict[int, list[Box]]


def line_boxes(reading: Reading, positions: Collection[int]) -> Boxes:
    """The lines at `positions` (from 0), each a box over the whole row, by page."""
    found: Boxes = defaultdict(list)
    rows = [row for page in reading.pages for row in lay_out(page).rows]
    for position in positions:
        line = reading.lines[position]
        for page, box in _seen(line) or _sought(rows, line):
            found[page].append(_across(box, reading, page))
    return dict(found)


def _seen(line: LineItem) -> list[tuple[int, Box]]:
    """The row as it was read: a box for each page that it stands on."""
    by_page: dict[int, list[Box]] = defaultdict(list)
    for each in (line.description, line.quantity, line.unit_price, line.amount):
        if each is not None and each.page is not None and each.box is not None:
            by_page[each.page].append(each.box)
    return [(page, reduce(Box.union, boxes)) for page, boxes in by_page.items()]


def _sought(rows: Sequence[Row], line: LineItem) -> list[tuple[int, Box]]:
    """The row that has most of the words of a line that was read elsewhere, from embedded XML."""
    row = sought(rows, line)
    return [(row.page.number, row.box)] if row else []


def _across(box: Box, reading: Reading, number: int) -> Box:
    """The box as wide as the words of its row."""
    page = next((page for page in reading.pages if page.number == number), None)
    beside = [word.box for word in page.words if box.y0 <= word.box.middle[1] <= box.y1] if page else []
    return reduce(Box.union, beside, box)
