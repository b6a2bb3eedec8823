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
from vault.reading.prices.sums import told_by_sums
from vault.reading.prices.upright import upright
from vault.reading.understand.labels import NUMBER_LABELS, Label

EVERYTHING = Box(0.0, 0.0, 1.0, 1.0)
_CODES = NUMBER_LABELS | {
    *(Label.VAT, Label.BUYER_VAT, Label.TAX_NUMBER, Label.COMPANY_NUMBER, Label.BANK, Label.PHONE, Label.FAX),
}


@dataclass(frozen=True, slots=True)
class Prices:
    """`boxes` by page, fractions of the displayed page. `found`: how many amounts they hold; regions do not count."""

    boxes: dict[int, list[Box]]
    found: int


def find_prices(reading: Reading) -> Prices:
    """All that tells money on the pages. A page on which no word was read may show anything: it goes as a whole."""
    boxes: dict[int, list[Box]] = defaultdict(list)
    for amount in amounts_of(reading):
        if amount.page is not None and amount.box is not None:
            boxes[amount.page].append(amount.box)
    found = 0
    for number, count, here in _on_pages(reading, reading.pages, scanned=True):
        boxes[number] += here
        found += count
    for page in reading.pages:
        if not page.words:
            boxes[page.number] = [EVERYTHING]
    return Prices({number: each for number, each in boxes.items() if each}, found)


def prices_left(reading: Reading, pages: Sequence[Page]) -> dict[int, list[Box]]:
    """What still tells money on `pages`, as they were read again from a copy; `reading` is the original's."""
    return {number: boxes for number, _, boxes in _on_pages(reading, pages, scanned=False) if boxes}


def _on_pages(reading: Reading, pages: Sequence[Page], *, scanned: bool) -> Iterator[tuple[int, int, list[Box]]]:
    """Page, how many amounts, their boxes; `scanned`: with the stretches where OCR may have missed some."""
    seen = [printed(upright(page)) for page in pages if page.words]
    tables = find_tables(seen)
    quantities = find_quantities(reading, seen, tables)
    for page in seen:
        going = _going(reading, page, tables, quantities)
        boxes = list(_words(page, going))
        if scanned and page.sheet.page.source is PageSource.OCR:
            boxes += [page.upright.back(box) for box in price_regions(page, tables, going)]
        yield page.sheet.page.number, len(going), boxes


def _going(reading: Reading, page: Printed, tables: Sequence[Table], quantities: set[Print]) -> set[Print]:
    fields = fields_on(reading, page)
    told = set(told_by_sums(page, quantities)) | set(told_by_reading(reading, page))
    going = {each for each in page.prints if _is_money(page, each, fields)} | (told - fields)
    for table in tables:
        if table.printed is page:
            going |= set(told_by_columns(table)) - fields
    return {each for each in going if each.kind is Kind.NAMED or each not in quantities}


def _is_money(page: Printed, print_: Print, fields: set[Print]) -> bool:
    """By its print alone, wherever it stands."""
    if print_.kind is Kind.GROUPED:
        return re.search(r"[.,'’´]", print_.text) is not None and not (print_ in fields or _is_code(page, print_))
    return print_.kind in (Kind.NAMED, Kind.MONEY)


def _is_code(page: Printed, print_: Print) -> bool:
    """A number of a paper or an account, by the label before it."""
    marks = [each for each in page.marked.marks[print_.row.index] if each.end <= print_.start]
    return bool(marks) and marks[-1].label in _CODES


def _words(page: Printed, going: set[Print]) -> Iterator[Box]:
    for each in (*going, *told_in_words(page)):
        yield from (page.original[id(word)].box for word in each.row.cut(each.start, each.end).words)
