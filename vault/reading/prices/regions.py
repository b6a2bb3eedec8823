"""Stretches of scanned pages where prices stand, read or not: price columns down the rows, and the right of sums.

OCR misses words. Where it read the title of a column, what stands below need not have been read to be known as a price.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from vault.domain.readings import Box, Word
from vault.reading.prices.columns import MONEY, Table
from vault.reading.prices.prints import Print, Printed
from vault.reading.prices.sums import labelled_rows

_NARROW = 1.5
"""Gaps of so few letters hold no amount."""


def price_regions(page: Printed, tables: Sequence[Table], going: Collection[Print]) -> Iterator[Box]:
    """Boxes on the upright page; `tables` are its own. None of them touches a word with a letter or digit that does not go."""
    gone = {id(word) for each in going for word in each.words}
    staying = [word for word in page.sheet.page.words if id(word) not in gone and any(map(str.isalnum, word.text))]
    for table in tables:
        yield from _free(_columns(table, going), staying)
    right = max((row.box.x1 for row in page.sheet.rows), default=1.0)
    for row, mark in labelled_rows(page, list(going)):
        strip = Box(mark.box.x1 + 0.5 * page.unit, row.box.y0, right, row.box.y1)
        yield from _between(strip, staying, _NARROW * page.unit)


def _columns(table: Table, going: Collection[Print]) -> Iterator[Box]:
    """Each price column cut into the heights of the rows."""
    down = [table.head.last, *(row.index for row in table.rows)]
    rows = [table.printed.sheet.rows[index].box for index in down if index >= 0]
    for column, title in table.head.columns:
        if column not in MONEY:
            continue
        below = [each.print.box for each in table.placed if each.title is title and each.print in going]
        left, right = (min(box.x0 for box in (title, *below)), max(box.x1 for box in (title, *below)))
        for above, here in pairwise(rows):
            yield Box(left, above.y1, right, max(here.y1, above.y1))


def _free(boxes: Iterator[Box], staying: Sequence[Word]) -> Iterator[Box]:
    return (box for box in boxes if box.height > 0 and not any(_touch(box, word.box) for word in staying))


def _between(strip: Box, staying: Sequence[Word], least: float) -> Iterator[Box]:
    """What the staying words leave of the strip."""
    left = strip.x0
    for word in sorted((each.box for each in staying if _touch(strip, each.box)), key=lambda box: box.x0):
        if word.x0 - left > least:
            yield Box(left, strip.y0, word.x0, strip.y1)
        left = max(left, word.x1)
    if strip.x1 - left > least:
        yield Box(left, strip.y0, strip.x1, strip.y1)


def _touch(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1
