"""Where labels stand on a page, and which label speaks for a value.

A value belongs to the nearest label on its left on the same row; failing that, to the label right above it.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from vault.domain.readings import Box, Extracted, PageSource
from vault.reading.understand.labels import LABELS, Label
from vault.reading.understand.layout import Row, Run, Sheet, segment_starts

T = TypeVar("T")

_WIDE = 2.0
"""A label is not printed across a gap of so many font sizes."""
_ABOVE = 3.2
"""A label above its value is at most this many line heights away."""


@dataclass(frozen=True, eq=False)
class Span:
    """The characters `start` … `end` of a row's text."""

    row: Row
    start: int
    end: int

    @cached_property
    def box(self) -> Box:
        return self.row.cut(self.start, self.end).box

    @property
    def text(self) -> str:
        return self.row.text[self.start : self.end]

    @property
    def page(self) -> int:
        return self.row.page.number

    def extract(self, value: T, confidence: float) -> Extracted[T]:
        return self.row.extract(value, confidence, self.start, self.end)


@dataclass(frozen=True, eq=False)
class Mark(Span):
    """A label where it stands."""

    label: Label
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """A label that speaks for a value: 0 … 1, how strongly. `above`: it stands above and not beside it."""

    mark: Mark
    strength: float
    above: bool = False

    @property
    def label(self) -> Label:
        return self.mark.label


@dataclass(frozen=True, eq=False)
class Marked:
    """A page with its labels, row by row."""

    sheet: Sheet
    marks: tuple[tuple[Mark, ...], ...]

    def beside(self, value: Span, wanted: frozenset[Label]) -> Claim | None:
        """The nearest wanted label that ends before the value on its row."""
        for mark in reversed(self.marks[value.row.index]):
            if mark.end <= value.start and mark.label in wanted:
                gap = (value.box.x0 - mark.box.x1) / max(self.sheet.line * self.sheet.aspect, 1e-6)
                return Claim(mark, max(0.35, 1 - 0.015 * max(gap, 0.0)))
        return None

    def above(self, value: Span, wanted: frozenset[Label]) -> Claim | None:
        """The nearest wanted label above the value whose print overlaps it from left to right."""
        for index in range(value.row.index - 1, max(-1, value.row.index - 5), -1):
            for mark in self.marks[index]:
                distance = (value.box.y0 - mark.box.y1) / self.sheet.line
                if mark.label in wanted and distance < _ABOVE and _overlap(mark.box, value.box):
                    return Claim(mark, max(0.3, 0.85 - 0.15 * max(distance, 0.0)), above=True)
        return None

    def claim(self, value: Span, wanted: frozenset[Label]) -> Claim | None:
        """The label that speaks for the value: beside it, or else above it."""
        return self.beside(value, wanted) or self.above(value, wanted)

    def all(self, label: Label) -> list[Mark]:
        return [mark for row in self.marks for mark in row if mark.label is label]


def mark(sheet: Sheet) -> Marked:
    """Find the labels of a page."""
    forgiving = sheet.page.source is PageSource.OCR
    rows = []
    for row in sheet.rows:
        marks = []
        for start, text in _stretches(sheet, row):
            for found in LABELS.find(text, forgiving):
                marks.append(Mark(row, start + found.start, start + found.end, found.meaning, found.exact))
        rows.append(tuple(marks))
    return Marked(sheet, tuple(rows))


def _stretches(sheet: Sheet, row: Row) -> list[tuple[int, str]]:
    """The row cut at wide gaps, each part with where it begins: labels of two columns never make one."""
    wide = _WIDE * sheet.line * sheet.aspect
    stretches: list[tuple[int, str]] = []
    before: Run | None = None
    for start, segment in zip(segment_starts(row), row.segments, strict=True):
        if before is not None and segment.box.x0 - before.box.x1 < wide:
            begin, text = stretches.pop()
            stretches.append((begin, f"{text} {segment.text}"))
        else:
            stretches.append((start, segment.text))
        before = segment
    return stretches


def _overlap(above: Box, below: Box) -> bool:
    return min(above.x1, below.x1) > max(above.x0, below.x0)
