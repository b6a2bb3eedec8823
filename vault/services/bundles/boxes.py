"""Where on the pages a document speaks of a product, and where it tells prices."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from functools import reduce

from vault.domain.readings import Box, Extracted, LineItem, Page, Reading, Word

Boxes = dict[int, list[Box]]

# An amount of money as it is printed: digits, and two decimals behind a comma or a dot.
_MONEY = re.compile(r"[^\w]*\d[\d.,'’\u00a0\u202f]*[.,]\d{2}[^\w]*(?:EUR|USD|GBP|€|\$|£)?", re.IGNORECASE)
_CURRENCY = re.compile(r"(?:EUR|USD|GBP|€|\$|£)\d.*", re.IGNORECASE)
# A row of a page is that of a line item where it has so many of its words, in percent.
_ENOUGH = 60


def line_boxes(reading: Reading, positions: Collection[int]) -> Boxes:
    """The lines at `positions` (from 0), each a box over the whole row, by page."""
    found: Boxes = defaultdict(list)
    for position in positions:
        line = reading.lines[position]
        for page, box in _seen(line) or _sought(reading.pages, line):
            found[page].append(_across(box, reading, page))
    return dict(found)


def price_boxes(reading: Reading) -> Boxes:
    """Everything that reads as an amount of money, whether or not it was understood; quantities stay."""
    found: Boxes = defaultdict(list)
    kept = [(each.page, each.box) for line in reading.lines if (each := line.quantity) and each.box]
    for page in reading.pages:
        for word in page.words:
            is_quantity = any(number == page.number and _touch(box, word.box) for number, box in kept if box)
            if _is_money(word.text) and not is_quantity:
                found[page.number].append(word.box)
    for amount in _amounts(reading):
        if amount.page is not None and amount.box is not None:
            found[amount.page].append(amount.box)
    return dict(found)


def _is_money(text: str) -> bool:
    return _MONEY.fullmatch(text) is not None or _CURRENCY.fullmatch(text) is not None


def _amounts(reading: Reading) -> Iterator[Extracted[Decimal]]:
    """Every amount that was understood."""
    fields = reading.fields
    heads = (fields.net, fields.tax, fields.total)
    lines = (each for line in reading.lines for each in (line.unit_price, line.amount, line.discount))
    yield from (each for each in (*heads, *lines, *(item.amount for item in reading.adjustments)) if each is not None)


def _seen(line: LineItem) -> list[tuple[int, Box]]:
    """The row as it was read: a box for each page that it stands on."""
    by_page: dict[int, list[Box]] = defaultdict(list)
    for each in (line.description, line.quantity, line.unit_price, line.amount):
        if each is not None and each.page is not None and each.box is not None:
            by_page[each.page].append(each.box)
    return [(page, reduce(Box.union, boxes)) for page, boxes in by_page.items()]


def _sought(pages: Iterable[Page], line: LineItem) -> list[tuple[int, Box]]:
    """The row that has most of the words of a line that was read elsewhere, from embedded XML."""
    if line.description is None or not (wanted := _words(line.description.value)):
        return []
    best, place = 0, None
    for page in pages:
        for row in _rows(page):
            share = 100 * len(wanted & _words(" ".join(word.text for word in row))) // len(wanted)
            if share > best:
                best, place = share, (page.number, reduce(Box.union, (word.box for word in row)))
    return [place] if place and best >= _ENOUGH else []


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 1}


def _rows(page: Page) -> list[list[Word]]:
    """Words whose middles are at the same height, from the top of the page."""
    rows: list[list[Word]] = []
    for word in sorted(page.words, key=lambda each: each.box.middle[1]):
        if rows and word.box.middle[1] <= rows[-1][0].box.y1:
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _across(box: Box, reading: Reading, number: int) -> Box:
    """The box as wide as the words of its row."""
    page = next((page for page in reading.pages if page.number == number), None)
    beside = [word.box for word in page.words if box.y0 <= word.box.middle[1] <= box.y1] if page else []
    return reduce(Box.union, beside, box)


def _touch(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1
