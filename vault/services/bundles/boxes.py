"""Where on the pages a document speaks of a product, and where it tells prices."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import reduce

from vault.domain.readings import Box, Extracted, LineItem, Page, Reading, Word

Boxes = dict[int, list[Box]]

# A currency as it is printed beside an amount. A letter alone names the rate of the tax.
_CURRENCY = r"(?:EUR|USD|GBP|CHF|PLN|SEK|DKK|NOK|CZK|HUF|RON|TRY|JPY|CNY|CAD|zł|kr|Kč|Ft|lei|[€$£¥])"
# An amount of money as it is printed: digits, and two to four decimals behind a comma or a dot, or a dash for them.
_MONEY = re.compile(
    rf"\W*{_CURRENCY}?\W*\d[\d.,'’\u00a0\u202f]*[.,](?:\d{{2,4}}|[-–—]+)\W*(?:{_CURRENCY}|[A-E])?\W*", re.IGNORECASE
)
# Beside a currency every number is one.
_NAMED = re.compile(rf"\W*{_CURRENCY}\W*\d.*|\W*\d[^a-z]*{_CURRENCY}\W*", re.IGNORECASE)
_DATE = re.compile(r"[^\w]*\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})[^\w]*")
# Thousands set apart by a blank: "1 234,56" is two words.
_THOUSANDS = re.compile(r"[^\w]*\d{1,3}")
_HUNDREDS = re.compile(r"\d{3}(?!\d).*")
_EVERYTHING = Box(0, 0, 1, 1)
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
    """Everything that reads as an amount of money, whether or not it was understood; quantities stay.

    A page on which no word was read may show anything: it goes as a whole.
    """
    found: Boxes = defaultdict(list)
    kept = [(each.page, each.box) for line in reading.lines if (each := line.quantity) and each.box]
    for page in reading.pages:
        here = [box for number, box in kept if box and number == page.number]
        shown = [word for word in page.words if not any(_touch(box, word.box) for box in here)]
        found[page.number] += [word.box for word in _money(shown)] if page.words else [_EVERYTHING]
    for amount in _amounts(reading):
        if amount.page is not None and amount.box is not None:
            found[amount.page].append(amount.box)
    return {number: boxes for number, boxes in found.items() if boxes}


def _money(words: Sequence[Word]) -> Iterator[Word]:
    """Those that are amounts, with the thousands that stand before them."""
    after: Word | None = None
    for word in reversed(words):
        is_part = after is not None and _HUNDREDS.match(after.text) and _THOUSANDS.fullmatch(word.text)
        if _is_money(word.text) or (after and is_part and _is_beside(word, after)):
            yield word
            after = word
        else:
            after = None


def _is_money(text: str) -> bool:
    is_amount = _MONEY.fullmatch(text) or _NAMED.fullmatch(text)
    return is_amount is not None and _DATE.fullmatch(text) is None


def _is_beside(one: Word, other: Word) -> bool:
    """Whether nothing but a blank lies between two words of a row: less than a letter is high."""
    is_same_row = one.box.y0 < other.box.middle[1] < one.box.y1
    return is_same_row and 0 <= other.box.x0 - one.box.x1 < other.box.height


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
