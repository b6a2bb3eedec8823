"""Charges and discounts on the whole invoice: shipping, packaging, a rebate, between the lines and the net amount."""

from collections.abc import Iterator, Sequence

from vault.domain.readings import Adjustment, LineItem
from vault.reading.understand.amounts import Amount
from vault.reading.understand.labels import Label
from vault.reading.understand.marks import Claim, Marked
from vault.reading.understand.paper import Paper

_KINDS = frozenset({Label.CHARGE, Label.DISCOUNT})
_SURE = 0.8


def find_adjustments(paper: Paper, lines: Sequence[LineItem]) -> tuple[Adjustment, ...]:
    """The labelled charges and discounts below the last line item, in the order of the paper."""
    last = max((_place(line) for line in lines), default=(0, 0.0))
    found = (each for page, amounts in zip(paper.pages, paper.amounts, strict=True) for each in _on(page, amounts))
    return tuple(_adjustment(amount, claim) for amount, claim in found if (amount.page, amount.box.y0) > last)


def _on(page: Marked, amounts: Sequence[Amount]) -> Iterator[tuple[Amount, Claim]]:
    """The last amount of each row that begins with such a label: before it stand rates and what they apply to."""
    by_row = {amount.row.index: amount for amount in amounts if amount.is_money}
    for amount in by_row.values():
        claim = page.beside(amount, _KINDS)
        if claim and not page.beside(amount, frozenset(Label) - _KINDS):
            yield amount, claim


def _adjustment(amount: Amount, claim: Claim) -> Adjustment:
    value = -abs(amount.value) if claim.label is Label.DISCOUNT else amount.value
    return Adjustment(claim.mark.text, amount.extract(value, _SURE * claim.strength))


def _place(line: LineItem) -> tuple[int, float]:
    """Page and lower edge of a line item."""
    seen = [part for part in (line.amount, line.description) if part and part.page and part.box]
    return max(((part.page or 0, part.box.y1 - 0.001) for part in seen if part.box), default=(0, 0.0))
