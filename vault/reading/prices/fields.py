"""What was read and has to stay: numbers of papers, names, addresses, phones, tax numbers. And what was read as money."""

from collections.abc import Iterator
from decimal import Decimal

from vault.domain.readings import Box, Extracted, Reading
from vault.reading.prices.numbers import Kind
from vault.reading.prices.prints import Print, Printed

_MONEY = ("net", "tax", "total")
_LEAST = 100
"""Whole numbers below this are found anywhere by chance."""


def amounts_of(reading: Reading) -> Iterator[Extracted[Decimal]]:
    """Every amount that was understood."""
    heads = (getattr(reading.fields, name) for name in _MONEY)
    lines = (each for line in reading.lines for each in (line.unit_price, line.amount, line.discount))
    found = (*heads, *lines, *(item.amount for item in reading.adjustments))
    yield from (each for each in found if each is not None)


def told_by_reading(reading: Reading, page: Printed) -> Iterator[Print]:
    """Numbers that stand where an amount was read, and those that say one of them anew."""
    amounts = list(amounts_of(reading))
    number = page.sheet.page.number
    boxes = [each.box for each in amounts if each.page == number and each.box]
    values = {abs(each.value) for each in amounts}
    for each in page.prints:
        if any(_meets(page, each, box) for box in boxes) or _is_told(each, values):
            yield each


def fields_on(reading: Reading, page: Printed) -> set[Print]:
    """The numbers within what was read and is no money."""
    found = [(name, getattr(reading.fields, name)) for name in reading.fields.names()]
    number = page.sheet.page.number
    known = [each for name, each in found if each is not None and name not in (*_MONEY, "currency")]
    boxes = [each.box for each in known if each.page == number and each.box]
    texts = {str(each.value) for each in known}
    return {
        each for each in page.prints if each.text in texts or any(_meets(page, each, box, whole=True) for box in boxes)
    }


def _is_told(print_: Print, values: set[Decimal]) -> bool:
    """One of the amounts, in whatever notation, and too long to be one by chance."""
    if print_.kind in (Kind.CODE, Kind.DAY, Kind.RATE):
        return False
    said = print_.values & values
    return any(value >= _LEAST or value != value.to_integral_value() for value in said)


def _meets(page: Printed, print_: Print, box: Box, *, whole: bool = False) -> bool:
    within = [_holds(box, page.original[id(word)].box) for word in print_.words]
    return all(within) if whole else any(within)


def _holds(box: Box, word: Box) -> bool:
    x, y = word.middle
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
