"""Everything on the pages of a document that tells money, so that it can be taken out of a copy.

By its print (decimals, a currency beside it), by the title of its column, by the label of a sum, by what was read as an
amount, by its value. What is left are quantities, days, numbers of papers, articles and taxes, addresses, measures and
rates. Where print alone does not tell, a number in a table or beside a sum goes: a lost count is a smaller harm than a
price.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vault.domain.readings import Box, Page, PageSource, Reading
from vault.reading.prices.columns import Table, find_tables, told_by_columns
from vault.reading.prices.fields import amounts_of, fields_on, told_by_reading
from vault.reading.prices.numbers import Kind
from vault.reading.prices.prints import Print, Printed, printed
from vault.reading.prices.quantities import find_quantities
from vault.reading.prices.regions import price_regions
from vault.reading.prices.spelt import told_in_words
from vault.reading.prices.strips import amount_strips
from vault.reading.prices.sums import told_by_sums
from vault.reading.prices.upright import upright
from vault.reading.understand.labels import NUMBER_LABELS, Label

_LONG = 5
EVERYTHING = Box(0.0, 0.0, 1.0, 1.0)
_CODES = NUMBER_LABELS | {
    *(Label.VAT, Label.BUYER_VAT, Label.TAX_NUMBER, Label.COMPANY_NUMBER, Label.BANK, Label.PHONE, Label.FAX),
}


@dataclass(frozen=True, slots=True)
class Prices:
    """`boxes` by page, fractions of the displayed page. `found`: how many numbers they hold; regions do not count.

    `is_sure`: there is a table with titles, or the amounts have decimals. Without both, a price is a number like any
    other.
    """

    boxes: dict[int, list[Box]]
    found: int
    is_sure: bool


@dataclass(frozen=True, eq=False)
class _Priced:
    """A page, its tables, and the numbers on it that tell money; `kept` have to stay wherever they stand."""

    page: Printed
    tables: tuple[Table, ...]
    going: set[Print]
    kept: set[Print]

    @property
    def number(self) -> int:
        return self.page.sheet.page.number

    def words(self) -> Iterator[Box]:
        for each in (*self.going, *told_in_words(self.page)):
            yield from (self.page.original[id(word)].box for word in each.row.cut(each.start, each.end).words)

    def regions(self) -> Iterator[Box]:
        """Where OCR may have missed some."""
        if self.page.sheet.page.source is PageSource.OCR:
            kept = {word for each in self.kept - self.going for word in each.words}
            found = price_regions(self.page, self.tables, self.going)
            strips = amount_strips(self.page, self.going, kept)
            yield from (self.page.upright.back(box) for box in (*found, *strips))


def find_prices(reading: Reading) -> Prices:
    """All that tells money on the pages. A page on which no word was read may show anything: it goes as a whole."""
    boxes: dict[int, list[Box]] = defaultdict(list)
    for amount in amounts_of(reading):
        if amount.page is not None and amount.box is not None:
            boxes[amount.page].append(amount.box)
    pages = _priced(reading, reading.pages)
    for page in pages:
        boxes[page.number] += [*page.words(), *page.regions()]
    for unread in (each for each in reading.pages if not each.words):
        boxes[unread.number] = [EVERYTHING]
    going = [each for page in pages for each in page.going]
    whole = sum(each.number.is_whole for each in going)
    is_sure = any(page.tables for page in pages) or 2 * whole <= len(going)
    return Prices({number: each for number, each in boxes.items() if each}, len(going), is_sure)


def prices_left(reading: Reading, pages: Sequence[Page]) -> dict[int, list[Box]]:
    """What still tells money on `pages`, as they were read again from a copy; `reading` is the original's."""
    found = {page.number: list(page.words()) for page in _priced(reading, pages)}
    return {number: boxes for number, boxes in found.items() if boxes}


def _priced(reading: Reading, pages: Sequence[Page]) -> list[_Priced]:
    seen = [printed(upright(page)) for page in pages if page.words]
    tables = find_tables(seen)
    quantities = find_quantities(reading, seen, tables)
    found = []
    for page in seen:
        mine = tuple(table for table in tables if table.printed is page)
        fields = fields_on(reading, page)
        days = {each for each in page.prints if each.kind is Kind.DAY}
        going = _going(reading, page, mine, quantities, fields)
        found.append(_Priced(page, mine, going, quantities | fields | days))
    return found


def _going(
    reading: Reading, page: Printed, tables: Sequence[Table], quantities: set[Print], fields: set[Print]
) -> set[Print]:
    told = set(told_by_sums(page, quantities)) | set(told_by_reading(reading, page))
    going = {each for each in page.prints if _is_money(page, each, fields)} | (told - fields)
    for table in tables:
        going |= set(told_by_columns(table)) - fields
    return {each for each in going if each.kind is Kind.NAMED or each not in quantities}


def _is_money(page: Printed, print_: Print, fields: set[Print]) -> bool:
    """By its print alone, wherever it stands."""
    if print_.kind is Kind.GROUPED:
        return re.search(r"[.,'’´]", print_.text) is not None and not (print_ in fields or _is_code(page, print_))
    # A long number that was read as a code stays, though OCR now takes the letter before it for a currency.
    is_known = print_.kind is Kind.NAMED and print_ in fields and _is_long(print_)
    return print_.kind in (Kind.NAMED, Kind.MONEY) and not is_known


def _is_long(print_: Print) -> bool:
    return print_.number.is_whole and print_.text.isdigit() and len(print_.text) >= _LONG


def _is_code(page: Printed, print_: Print) -> bool:
    """A number of a paper or an account, by the label before it."""
    marks = [each for each in page.marked.marks[print_.row.index] if each.end <= print_.start]
    return bool(marks) and marks[-1].label in _CODES
