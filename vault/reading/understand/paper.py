"""The whole document as the field readers see it: laid out, labelled, with its dates and amounts found once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from vault.domain.readings import Page, PageSource
from vault.reading.understand import amounts, dates
from vault.reading.understand.amounts import Amount
from vault.reading.understand.dates import PrintedDate
from vault.reading.understand.layout import Row, lay_out
from vault.reading.understand.marks import Marked, mark

_RECEIPT_WIDTH = 0.55
"""A page narrower than this share of its height is a till roll."""


@dataclass(frozen=True, eq=False)
class Paper:
    """All pages of one document. `decimal_mark` is the one that it uses."""

    pages: tuple[Marked, ...]
    amounts: tuple[tuple[Amount, ...], ...]
    dates: tuple[tuple[PrintedDate, ...], ...]
    decimal_mark: str

    @property
    def rows(self) -> Iterator[Row]:
        return (row for page in self.pages for row in page.sheet.rows)

    @cached_property
    def language(self) -> str:
        return next((page.sheet.page.language for page in self.pages if page.sheet.page.language), "")

    @property
    def is_scanned(self) -> bool:
        return any(page.sheet.page.source is PageSource.OCR for page in self.pages)

    @cached_property
    def is_narrow(self) -> bool:
        """Shaped like a till receipt."""
        first = self.pages[0].sheet.page if self.pages else None
        return first is not None and first.width < _RECEIPT_WIDTH * first.height

    @cached_property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


def open_paper(pages: Sequence[Page]) -> Paper:
    """Lay out and label the pages that have words."""
    marked = tuple(mark(lay_out(page)) for page in pages if page.words)
    decimal_mark = amounts.decimal_mark(row.text for page in marked for row in page.sheet.rows)
    return Paper(
        marked,
        tuple(amounts.find_amounts(page.sheet, decimal_mark) for page in marked),
        tuple(dates.find_dates(page.sheet) for page in marked),
        decimal_mark,
    )
