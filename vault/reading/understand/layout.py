"""From words to lines: which words stand on one line, and where a column ends.

A `Run` is words standing side by side on one line. The rows of a page are runs, and each row is cut into segments
where the gap is wider than a space can be. Everything else (labels, dates, amounts …) is found as a span of
characters in a run's text and turned back into words, box and confidence by the run itself.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median
from typing import TypeVar

from vault.domain.readings import Box, Extracted, Page, PageSource, Source, Word

T = TypeVar("T")

_FONT_SIZE = 1.35
"""Font size over the height of the ink of an ordinary word."""
_SMALLEST = 0.002
"""Font size below which words cannot be read, whatever their boxes say."""
_SAME_ROW = 0.42
"""Words whose middles differ by less than this many font sizes stand on one line."""
_COLUMN_GAP = 1.1
"""Gaps wider than this many line heights separate columns."""
_LONG_ROW = 0.2
"""A row that reaches across this share of the page shows its tilt."""
_STRAIGHT = 0.002
"""A page that is tilted by less than this lies straight."""


@dataclass(frozen=True, eq=False)
class Run:
    """Words of one line, left to right. `text` is the words joined by one space."""

    page: Page
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each word begins in `text`."""
        starts, position = [], 0
        for word in self.words:
            starts.append(position)
            position += len(word.text) + 1
        return tuple(starts)

    @cached_property
    def box(self) -> Box:
        return box_of(self.words)

    @property
    def source(self) -> Source:
        return Source.OCR if self.page.source is PageSource.OCR else Source.TEXT

    @cached_property
    def confidence(self) -> float:
        """How surely the characters were read: 1 for a text layer, the mean of the words for OCR."""
        if self.page.source is not PageSource.OCR:
            return 1.0
        return sum(word.confidence for word in self.words) / len(self.words)

    def cut(self, start: int, end: int) -> "Run":
        """The words that the characters `start` … `end` of the text touch."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_right(self.starts, max(start, end - 1)) - 1)
        return self if last - first + 1 == len(self.words) else Run(self.page, self.words[first : last + 1])

    def extract(self, value: T, confidence: float, start: int = 0, end: int | None = None) -> Extracted[T]:
        """A value read from the characters `start` … `end`; how well they were read lowers the confidence."""
        end = len(self.text) if end is None else end
        words = self.cut(start, end)
        sure = min(0.99, confidence) * (0.55 + 0.45 * words.confidence)
        return Extracted(value, round(sure, 3), self.source, self.text[start:end], self.page.number, words.box)


@dataclass(frozen=True, eq=False)
class Row(Run):
    """All words at one height of a page, with the segments that wide gaps cut them into."""

    index: int = 0
    segments: tuple[Run, ...] = ()


@dataclass(frozen=True, eq=False)
class Sheet:
    """One page as rows from top to bottom. `line` is the font size of ordinary text as a fraction of the page height."""

    page: Page
    rows: tuple[Row, ...] = ()
    line: float = 0.012
    segments: tuple[Run, ...] = field(default=())

    @property
    def aspect(self) -> float:
        """How many page widths one page height is: turns heights into widths."""
        return self.page.height / self.page.width if self.page.width else 1.0


def segment_starts(row: Row) -> list[int]:
    """Where each segment begins in the row's text."""
    starts, position = [], 0
    for segment in row.segments:
        starts.append(position)
        position += len(segment.text) + 1
    return starts


def box_of(words: Sequence[Word]) -> Box:
    """The smallest box around the words."""
    return Box(
        min(word.box.x0 for word in words),
        min(word.box.y0 for word in words),
        max(word.box.x1 for word in words),
        max(word.box.y1 for word in words),
    )


def lay_out(page: Page) -> Sheet:
    """The rows and segments of a page."""
    words = [word for word in page.words if word.text.strip()]
    if not words:
        return Sheet(page)
    line = max(_FONT_SIZE * median(word.box.height for word in words), _SMALLEST)
    aspect = page.height / page.width if page.width else 1.0
    rows = []
    for index, found in enumerate(_level_rows(words, line)):
        segments = tuple(Run(page, part) for part in _cut_at_gaps(found, line, aspect))
        rows.append(Row(page, tuple(found), index, segments))
    return Sheet(page, tuple(rows), line, tuple(segment for row in rows for segment in row.segments))


def _level_rows(words: Sequence[Word], line: float) -> list[list[Word]]:
    """Words grouped by height, as if the page lay straight: on a photograph a label and its amount at the other edge
    differ by more than a line."""
    rows = _rows(words, line, 0.0)
    tilt = _tilt(rows)
    return _rows(words, line, tilt) if abs(tilt) > _STRAIGHT else rows


def _tilt(rows: Iterable[Sequence[Word]]) -> float:
    """How far the lines of text fall across the whole width, in page heights: the median of the long ones."""
    slopes = []
    for row in rows:
        width = row[-1].box.middle[0] - row[0].box.middle[0]
        if len(row) > 2 and width > _LONG_ROW:
            slopes.append((row[-1].box.middle[1] - row[0].box.middle[1]) / width)
    return median(slopes) if len(slopes) > 2 else 0.0


def _rows(words: Iterable[Word], line: float, tilt: float) -> list[list[Word]]:
    """Words grouped by height on a page that falls by `tilt`. Going from left to right each row follows what slope is
    left, so that a skewed scan does not mix two lines."""

    def level(word: Word) -> float:
        across, down = word.box.middle
        return down - tilt * across

    rows: list[list[Word]] = []
    bands: dict[int, list[list[Word]]] = {}
    for word in sorted(words, key=lambda word: (word.box.x0, word.box.y0)):
        middle = level(word)
        band = int(middle / line)
        best: list[Word] | None = None
        nearest = _SAME_ROW
        for row in (row for near in (band - 1, band, band + 1) for row in bands.get(near, ())):
            height = max(min(row[-1].box.height, word.box.height), line)
            distance = abs(level(row[-1]) - middle) / height
            if distance < nearest:
                best, nearest = row, distance
        if best is None:
            best = []
            rows.append(best)
        best.append(word)
        near_rows = bands.setdefault(band, [])
        if best not in near_rows:
            near_rows.append(best)
    rows.sort(key=lambda row: sum(map(level, row)) / len(row))
    return rows


def _cut_at_gaps(words: Sequence[Word], line: float, aspect: float) -> list[tuple[Word, ...]]:
    """Cut where the gap is wider than a space; taller letters have wider spaces."""
    parts: list[tuple[Word, ...]] = []
    begin = 0
    for index in range(1, len(words)):
        before, after = words[index - 1].box, words[index].box
        taller = max(1.0, _FONT_SIZE * min(before.height, after.height) / line)
        if after.x0 - before.x1 > _COLUMN_GAP * taller * line * aspect:
            parts.append(tuple(words[begin:index]))
            begin = index
    parts.append(tuple(words[begin:]))
    return parts
