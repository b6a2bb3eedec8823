"""The numbers of a page where they stand: on which row, in a cell of their own or within text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from vault.domain.readings import PageSource, Word
from vault.reading.prices.numbers import CURRENCY, Kind, Number, find_numbers
from vault.reading.prices.upright import Upright
from vault.reading.understand.dates import find_dates
from vault.reading.understand.layout import Row, Run, Sheet, lay_out, segment_starts
from vault.reading.understand.marks import Marked, Span, mark
from vault.reading.understand.slips import dust_off, mend

_SPLIT = re.compile(r"(\d[.,]) (\d\d)(?!\d)|(\d) ([.,]\d\d)(?!\d)")
_CURRENCY_ALONE = re.compile(rf"\W*{CURRENCY}\W*", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, eq=False)
class Print(Span):
    """A number in a row. `cell`: nothing but numbers, currencies and units stands in its segment, which is the
    `segment`-th of the row.
    """

    number: Number
    segment: int
    cell: bool

    @property
    def kind(self) -> Kind:
        return self.number.kind

    @property
    def values(self) -> frozenset[Decimal]:
        return self.number.values

    @property
    def words(self) -> tuple[Word, ...]:
        return self.row.cut(self.start, self.end).words


@dataclass(frozen=True, eq=False)
class Printed:
    """A page made upright, with its labels and numbers. `original`: each of its words as it stands on the displayed page."""

    upright: Upright
    marked: Marked
    prints: tuple[Print, ...]
    original: Mapping[int, Word]

    @property
    def sheet(self) -> Sheet:
        return self.marked.sheet

    @property
    def unit(self) -> float:
        """The size of the font, as a fraction of the page's width."""
        return self.sheet.line * self.sheet.aspect

    def on(self, row: Row) -> list[Print]:
        return [each for each in self.prints if each.row is row]


def printed(displayed: Upright) -> Printed:
    sheet = lay_out(displayed.page)
    original = {id(one): other for one, other in zip(displayed.page.words, displayed.displayed.words, strict=True)}
    days = [(each.row.index, each.start, each.end) for each in find_dates(sheet)]
    prints = tuple(_dated(each, days) for row in sheet.rows for each in _in_row(row))
    return Printed(displayed, mark(sheet), prints, original)


def _in_row(row: Row) -> Iterator[Print]:
    named = False
    starts = segment_starts(row)
    for place, (start, segment) in enumerate(zip(starts, row.segments, strict=True)):
        text = _legible(segment)
        numbers = list(find_numbers(text))
        cell = _is_cell(text, numbers)
        # Currency and number at the two ends of a cell: "€      1 200".
        named = named or (place + 1 < len(row.segments) and _is_currency(row.segments[place + 1].text))
        for number in numbers:
            known = replace(number, kind=Kind.NAMED) if named and cell and _is_bare(number) else number
            yield Print(row, start + number.start, start + number.end, known, place, cell)
        named = _is_currency(segment.text)


def _is_currency(text: str) -> bool:
    return _CURRENCY_ALONE.fullmatch(text) is not None


def _is_bare(number: Number) -> bool:
    return number.kind in (Kind.PLAIN, Kind.GROUPED, Kind.MONEY)


def _legible(segment: Run) -> str:
    """The text without the usual slips of OCR in numbers, as long as it was."""
    if segment.page.source is not PageSource.OCR:
        return segment.text
    return _SPLIT.sub(lambda match: "".join(part or "" for part in match.groups()) + " ", dust_off(mend(segment.text)))


def _is_cell(text: str, numbers: list[Number]) -> bool:
    """Nothing but numbers with what belongs to them."""
    if not numbers or any(number.kind is Kind.CODE for number in numbers):
        return False
    rest = re.sub(CURRENCY, " ", text[: numbers[0].start] + text[numbers[-1].end :], flags=re.IGNORECASE)
    return _LETTERS.search(rest) is None or (numbers[-1].kind is Kind.PIECES and len(_LETTERS.findall(rest)) == 1)


def _dated(found: Print, days: list[tuple[int, int, int]]) -> Print:
    """Days with the month in letters, too."""
    is_day = any(row == found.row.index and start <= found.start < end for row, start, end in days)
    if not is_day or found.kind in (Kind.NAMED, Kind.MONEY):
        return found
    return replace(found, number=replace(found.number, kind=Kind.DAY))
