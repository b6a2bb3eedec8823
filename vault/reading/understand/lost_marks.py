"""Decimal marks that character recognition lost: 7113 where 6 × 71,13 = 426,78 is printed.

A value is only changed where all three numbers were read on a scan, its digits stay as they were read, the product is
exact with the mark and wrong without it, and the other numbers of its column show two decimals. Wrong arithmetic on
the paper itself stays what it is.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from vault.domain.readings import PageSource
from vault.reading.understand.amounts import Amount
from vault.reading.understand.cells import Item
from vault.reading.understand.columns import Column

_DECIMALS = 2
_EXACT = Decimal("0.005")


def put_back_marks(items: Sequence[Item]) -> None:
    """Give the unit prices and amounts of `items` the decimal marks that their arithmetic proves."""
    for item in items:
        if item.numbers.keys() >= {Column.QUANTITY, Column.UNIT_PRICE, Column.AMOUNT} and not _fits(item.numbers):
            for column in (Column.UNIT_PRICE, Column.AMOUNT):
                mended = _with_mark(item.numbers[column])
                if _shows_decimals(items, column) and _fits({**item.numbers, column: mended}):
                    item.numbers[column] = mended
                    break


def _with_mark(number: Amount) -> Amount:
    """The same digits, the last two of them decimals; the number itself where it is no bare row of digits on a scan."""
    if number.decimals or number.row.page.source is not PageSource.OCR:
        return number
    return replace(number, value=number.value.scaleb(-_DECIMALS), decimals=_DECIMALS, inferred=True)


def _fits(numbers: dict[Column, Amount]) -> bool:
    product = numbers[Column.QUANTITY].value * numbers[Column.UNIT_PRICE].value
    return abs(product - numbers[Column.AMOUNT].value) < _EXACT


def _shows_decimals(items: Sequence[Item], column: Column) -> bool:
    """Decimals elsewhere in the column."""
    return any(item.numbers[column].decimals == _DECIMALS for item in items if column in item.numbers)
