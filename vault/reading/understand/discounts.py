"""The discount of one line item: a printed number that explains the gap between quantity × unit price and the amount."""

from collections.abc import Iterator
from decimal import Decimal

from vault.domain.readings import Extracted
from vault.reading.understand.amounts import Amount
from vault.reading.understand.cells import Item
from vault.reading.understand.columns import Column

_CENT = Decimal("0.011")
_SURE = 0.95


def find_discount(item: Item, full: Decimal, amount: Decimal) -> Extracted[Decimal] | None:
    """The money taken off `full`, where a discount or a percentage of the item leaves exactly `amount`.

    None where the amount is the full one, and where nothing printed explains the gap.
    """
    gap = abs(full) - abs(amount)
    if gap <= _CENT:
        return None
    for printed, taken in _readings(item, abs(full)):
        if abs(taken - gap) <= _CENT:
            return printed.extract(gap, _SURE)
    return None


def _readings(item: Item, full: Decimal) -> Iterator[tuple[Amount, Decimal]]:
    """What each number may take off: a percentage, or under the title of discounts either a percentage or money."""
    column, tax = item.numbers.get(Column.DISCOUNT), item.numbers.get(Column.TAX)
    for rate in [*(rate for rate in item.rates if rate is not tax), *([column] if column else [])]:
        yield rate, full * abs(rate.value) / 100
    if column and not column.percent:
        yield column, abs(column.value)
