"""Sums below the lines and in running text: what a label such as “Total” or “MwSt” announces tells money."""

from collections.abc import Collection, Iterator
from itertools import pairwise

from vault.reading.prices.numbers import Kind
from vault.reading.prices.prints import Print, Printed
from vault.reading.understand.labels import AMOUNT_LABELS, Label
from vault.reading.understand.layout import Row, segment_starts
from vault.reading.understand.marks import Mark

SUMS = AMOUNT_LABELS - {Label.COUNT}
_NUMBERS = (Kind.PLAIN, Kind.GROUPED, Kind.MONEY, Kind.NAMED)
_WEAK = frozenset({Label.CHARGE, Label.DISCOUNT, Label.SUMMARY, Label.PAID, Label.CHANGE, Label.TAX, Label.NET})
"""Words that mean much else in running text."""
_SPOKEN = frozenset({Label.OTHER_NUMBER, Label.REFERENCE, Label.BUYER, Label.SUPPLIER, Label.DELIVERY, Label.OTHER})
_BETWEEN = 4
"""So many words may stand between a label and its amount: “The total of your order is 1200”."""
_BELOW = 3.2
_BLOCK = 6.0
_LONG_CODE = 7


def told_by_sums(page: Printed, quantities: Collection[Print]) -> Iterator[Print]:
    """Numbers that a label of a sum announces: behind it, below it, or in the block between two of them."""
    told: list[Print] = []
    for row in page.sheet.rows:
        for mark in page.marked.marks[row.index]:
            if mark.label in SUMS:
                told += [each for each in (*_behind(page, mark), *_below(page, mark)) if each not in quantities]
    yield from told
    yield from (each for each in _between(page, told) if each not in quantities)


def labelled_rows(page: Printed, told: list[Print]) -> Iterator[tuple[Row, Mark]]:
    """Rows in which a label is followed by one of `told`, with the first such label."""
    for row in page.sheet.rows:
        marks = [each for each in page.marked.marks[row.index] if each.label in SUMS]
        behind = [each for each in told if each.row is row]
        if marks and any(each.start >= marks[0].end for each in behind):
            yield row, marks[0]


def _behind(page: Printed, mark: Mark) -> Iterator[Print]:
    others = [each for each in page.marked.marks[mark.row.index] if _announces_another(each, mark)]
    for each in page.on(mark.row):
        if each.start < mark.end or each.kind not in _NUMBERS or any(other.end <= each.start for other in others):
            continue
        if _is_long(each):
            continue
        letters = sum(1 for word in mark.row.text[mark.end : each.start].split() if len(word) > 1 and word[0].isalpha())
        starts = mark.start in segment_starts(mark.row)
        if (each.cell and (starts or letters == 0)) or letters <= (0 if mark.label in _WEAK else _BETWEEN):
            yield each


def _announces_another(other: Mark, mark: Mark) -> bool:
    """What follows is a date, a phone, a number of another kind. “The total of your order” is a total still."""
    if other.label in SUMS or other.start < mark.end:
        return False
    return other.label not in _SPOKEN or _segment(other) != _segment(mark)


def _segment(mark: Mark) -> int:
    return sum(1 for start in segment_starts(mark.row) if start <= mark.start)


def _below(page: Printed, mark: Mark) -> Iterator[Print]:
    """Cells right below a label that stands by itself."""
    row = mark.row
    if any(each.start >= mark.end and each.cell for each in page.on(row)):
        return
    if not any(segment.text.strip(" .:*#()") == mark.text.strip(" .:*#()") for segment in row.segments):
        return
    for below in page.sheet.rows[row.index + 1 : row.index + 5]:
        if below.box.y0 - row.box.y1 > _BELOW * page.sheet.line:
            return
        for each in page.on(below):
            wide = 2 * page.unit
            meets = min(each.box.x1, mark.box.x1 + wide) > max(each.box.x0, mark.box.x0 - wide)
            if each.cell and meets and each.kind in _NUMBERS and not _is_long(each):
                yield each


def _between(page: Printed, told: list[Print]) -> Iterator[Print]:
    """Cells in the rows between two sums of one block, right of where the block's labels begin."""
    rows = sorted({each.row.index for each in told})
    for first, last in pairwise(rows):
        top, bottom = page.sheet.rows[first], page.sheet.rows[last]
        if bottom.box.middle[1] - top.box.middle[1] > _BLOCK * page.sheet.line:
            continue
        left = min(each.box.x0 for each in told if each.row.index in (first, last)) - 0.05
        for row in page.sheet.rows[first : last + 1]:
            for each in page.on(row):
                if each.cell and each.kind in _NUMBERS and each.box.x0 >= left and not _is_long(each):
                    yield each


def _is_long(print_: Print) -> bool:
    """As no amount is: numbers of accounts, articles and taxes."""
    digits = sum(map(str.isdigit, print_.text))
    return print_.kind is Kind.PLAIN and digits >= _LONG_CODE
