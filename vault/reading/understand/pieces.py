"""Pieces of text on a page that together are a name, an address or a description."""

from collections.abc import Sequence
from dataclasses import dataclass

from vault.domain.readings import Extracted, PageSource
from vault.reading.understand.layout import Row, Run, box_of
from vault.reading.understand.marks import Span


@dataclass(frozen=True, eq=False)
class Piece:
    """Some text on the page that is a name or a line of an address."""

    row: Row
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.row, self.start, self.end)

    @property
    def printed(self) -> str:
        return self.row.text[self.start : self.end]

    @property
    def text(self) -> str:
        """Without the punctuation around it."""
        return self.printed.strip(" ,;·•●|–-*_~'\"‘’“”=»«:.") or self.printed.strip()


def join_pieces(pieces: Sequence[Piece], confidence: float) -> Extracted[str] | None:
    """Address lines as one value; the box is around all lines of the first line's page."""
    if not pieces:
        return None
    first = pieces[0].row
    words = [
        word for piece in pieces if piece.row.page is first.page for word in piece.row.cut(piece.start, piece.end).words
    ]
    read = sum(word.confidence for word in words) / len(words) if first.page.source is PageSource.OCR else 1.0
    text = "\n".join(piece.text for piece in pieces)
    return Extracted(
        text,
        round(min(0.98, confidence) * (0.55 + 0.45 * read), 3),
        first.source,
        text,
        first.page.number,
        box_of(words),
    )


def whole(row: Row) -> Span:
    """All of a row."""
    return Span(row, 0, len(row.text))


def join_rows(first: Run, second: Run, index: int) -> Piece:
    """Two runs of words as one piece of text."""
    joined = Row(first.page, first.words + second.words, index, (first, second))
    return Piece(joined, 0, len(joined.text))
