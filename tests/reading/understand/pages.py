"""Small pages made by hand: each cell says where it begins, its words follow with ordinary spaces."""

from collections.abc import Sequence

from vault.domain.readings import Box, Page, PageSource, Word

LETTER = 0.009
"""Width of one letter as a share of the page width."""
HEIGHT = 0.010
PITCH = 0.018

Cell = tuple[float, str]


def words_at(x: float, y: float, text: str, confidence: float = 1.0, size: float = 1.0) -> list[Word]:
    """The words of `text` on one line that begins at `x`, its top at `y`."""
    words = []
    for word in text.split():
        width = len(word) * LETTER * size
        words.append(Word(word, Box(x, y, x + width, y + HEIGHT * size), confidence))
        x += width + 0.5 * LETTER * size
    return words


def page_of(
    *rows: str | Sequence[Cell],
    source: PageSource = PageSource.TEXT,
    confidence: float = 1.0,
    number: int = 1,
    width: float = 595.0,
    language: str = "",
) -> Page:
    """A page of rows: a string begins at the left margin, a list of cells says where each one begins.

    An empty string leaves a line free.
    """
    words: list[Word] = []
    for index, row in enumerate(rows):
        cells: Sequence[Cell] = [(0.08, row)] if isinstance(row, str) else row
        for x, text in cells:
            words += words_at(x, 0.04 + index * PITCH, text, confidence)
    return Page(number, source, tuple(words), width, 842.0, language, confidence)


def scan_of(*rows: str | Sequence[Cell], confidence: float = 0.9) -> Page:
    """The same, as read by character recognition."""
    return page_of(*rows, source=PageSource.OCR, confidence=confidence)


def till_of(*rows: str | Sequence[Cell]) -> Page:
    """A narrow strip of paper, scanned."""
    return page_of(*rows, source=PageSource.OCR, confidence=0.9, width=300.0)
