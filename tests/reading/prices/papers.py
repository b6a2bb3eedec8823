"""Readings of pages laid out by hand, and which of their words go."""

from collections.abc import Mapping, Sequence

from tests.reading.understand import pages
from vault.domain.readings import (
    Box,
    DocumentKind,
    Extracted,
    Fields,
    LineItem,
    Page,
    PageSource,
    Reading,
    Source,
)
from vault.reading.prices.find import find_prices

Row = Mapping[float, str]
"""Where each cell begins, as a share of the page's width, and its text."""


def page_of(*rows: Row, source: PageSource = PageSource.TEXT, number: int = 1) -> Page:
    return pages.page_of(*(tuple(row.items()) for row in rows), source=source, confidence=1.0, number=number)


def line(text: str) -> Row:
    return {0.08: text}


def reading_of(*pages: Page, lines: Sequence[LineItem] = (), fields: Fields | None = None) -> Reading:
    kind = Extracted(DocumentKind.INVOICE, 1.0, Source.TEXT)
    return Reading(kind=kind, pages=pages, lines=tuple(lines), fields=fields or Fields())


def gone(reading: Reading) -> list[str]:
    """The words that go, in reading order."""
    boxes = find_prices(reading).boxes
    return [word.text for page in reading.pages for word in page.words if _is_in(word.box, boxes.get(page.number, []))]


def _is_in(word: Box, boxes: Sequence[Box]) -> bool:
    x, y = word.middle
    return any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in boxes)
