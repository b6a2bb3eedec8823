"""Columns of amounts on scans whose titles nobody read, or that have none: amounts that end at one height of the line.

Where several stand right below each other, what stands between them is an amount as well, whatever OCR made of it.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from vault.domain.readings import Box, Word
from vault.reading.prices.numbers import Kind
from vault.reading.prices.prints import Print, Printed

_LEAST = 3
"""So many amounts make a column."""
_ALIGNED = 1.5
"""Their ends differ by less than so many letters."""
_BEYOND = 2.0
"""A column goes on so many lines above and below what was read of it."""
_SURE = 0.7
"""From this confidence on a word of letters in a column of amounts is believed."""
_LETTERS = 3


def amount_strips(page: Printed, going: Collection[Print], kept: Collection[Word]) -> Iterator[Box]:
    """Boxes on the upright page over the columns of amounts; neither words nor what is `kept` lies below them."""
    amounts = [each.box for each in going if each.kind in (Kind.MONEY, Kind.NAMED)]
    stay = [word.box for word in page.sheet.page.words if word in kept or _is_word(word)]
    for column in _columns(amounts, _ALIGNED * page.unit):
        beyond = _BEYOND * page.sheet.line
        strip = Box(
            min(box.x0 for box in column),
            max(0.0, min(box.y0 for box in column) - beyond),
            max(box.x1 for box in column),
            min(1.0, max(box.y1 for box in column) + beyond),
        )
        yield from _cut(strip, [box for box in stay if box.x0 < strip.x1 and box.x1 > strip.x0])


def _columns(boxes: Sequence[Box], near: float) -> Iterator[list[Box]]:
    """Boxes whose right ends stand below each other."""
    column: list[Box] = []
    for box in sorted(boxes, key=lambda each: each.x1):
        if column and box.x1 - column[-1].x1 > near:
            if len(column) >= _LEAST:
                yield column
            column = []
        column.append(box)
    if len(column) >= _LEAST:
        yield column


def _is_word(word: Word) -> bool:
    return word.confidence >= _SURE and sum(map(str.isalpha, word.text)) >= _LETTERS


def _cut(strip: Box, stay: Sequence[Box]) -> Iterator[Box]:
    """The strip without the heights of what stays, but for what is right of that."""
    heights = sorted((box.y0, box.y1) for box in stay if box.y0 < strip.y1 and box.y1 > strip.y0)
    edges = [(strip.y0, strip.y0), *heights, (strip.y1, strip.y1)]
    bottom = strip.y0
    for (_, above), (below, _) in pairwise(edges):
        bottom = max(bottom, above)
        if below > bottom:
            yield Box(strip.x0, bottom, strip.x1, below)
    for box in stay:
        others = [each.x1 for each in stay if each.y0 < box.y1 and each.y1 > box.y0]
        if strip.y0 < box.middle[1] < strip.y1 and max(others) < strip.x1:
            yield Box(max(others), box.y0, strip.x1, box.y1)
