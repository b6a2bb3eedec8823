"""Columns whose titles could not be read, found by arithmetic: quantity × unit price = amount, row after row.

White print on a coloured bar is often lost on scans, the numbers below it are not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from vault.domain.readings import Box
from vault.reading.understand.amounts import Amount
from vault.reading.understand.columns import Column, TableHead

_FACTORS = (Column.QUANTITY, Column.UNIT_PRICE)
_ENOUGH = 2
"""So many rows must show the same two columns: one product that fits may be chance."""
_EXACT = Decimal("0.005")


def with_untitled(head: TableHead, rows: Iterable[Sequence[Amount]]) -> TableHead:
    """The head with the quantity and unit price columns that it lacks, where the numbers of the rows prove them."""
    missing = [column for column in _FACTORS if not head.has(column)]
    if not missing or not head.has(Column.AMOUNT):
        return head
    proven = _agreeing([factors for numbers in rows if (factors := _factors(numbers)) is not None])
    if len(proven) < _ENOUGH or any(_contradicts(head, proven, column) for column in _FACTORS if head.has(column)):
        return head
    found = [(column, _around(proven, column)) for column in missing]
    # A title of no meaning above the numbers was misread: it is the one that is missing.
    kept = [
        title for title in head.columns if title[0] in _FACTORS or not any(_overlap(title[1], box) for _, box in found)
    ]
    return replace(head, columns=tuple(sorted([*kept, *found], key=lambda title: title[1].x0)))


def _factors(numbers: Sequence[Amount]) -> dict[Column, Amount] | None:
    """The one pair of numbers whose product ends the row; None where there is none or more than one."""
    plain = [number for number in numbers if not number.percent]
    if len(plain) <= len(_FACTORS) or not plain[-1].is_money:
        return None
    pairs = list(_pairs(plain[:-1], plain[-1].value))
    return pairs[0] if len(pairs) == 1 else None


def _pairs(numbers: Sequence[Amount], product: Decimal) -> Iterator[dict[Column, Amount]]:
    for price in numbers:
        for quantity in numbers:
            counts = quantity.currency is None and price.is_money and quantity is not price
            if counts and product and abs(quantity.value * price.value - product) < _EXACT:
                yield {Column.QUANTITY: quantity, Column.UNIT_PRICE: price}


def _agreeing(found: Sequence[dict[Column, Amount]]) -> list[dict[Column, Amount]]:
    """The largest group of rows whose factors stand below each other."""
    groups = (
        [other for other in found if all(_overlap(one[column].box, other[column].box) for column in _FACTORS)]
        for one in found
    )
    return max(groups, key=len, default=[])


def _contradicts(head: TableHead, proven: Sequence[dict[Column, Amount]], column: Column) -> bool:
    """The column has a title, and it stands elsewhere."""
    around = _around(proven, column)
    return not any(_overlap(box, around) for box in head.boxes(column))


def _around(proven: Sequence[dict[Column, Amount]], column: Column) -> Box:
    first, *others = (factors[column].box for factors in proven)
    for box in others:
        first = first.union(box)
    return first


def _overlap(one: Box, two: Box) -> bool:
    return min(one.x1, two.x1) > max(one.x0, two.x0)
