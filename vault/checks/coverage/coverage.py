"""ASIN coverage: units on valid invoices against units sold, over a window that moves with the day.

Source: domain rules, “ASIN coverage” and the item “quantity”. An invoice or a sale counts on a day when it is dated
within the `window_days` days before it, or on the day itself: the same window as that of the check of issue dates.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from vault.checks.coverage.facts import CoverageFacts, Days, InvoiceUnits, without

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How one product stood on the day `as_of`.

    `counted`: the invoices in the window, the oldest first. `unknown`: days of the window, up to the day before
    `as_of`, whose sales nobody has imported: more may have been sold on them.
    """

    as_of: date
    window_days: int
    sold: int
    bought: int
    counted: tuple[InvoiceUnits, ...]
    unknown: tuple[Days, ...]

    @property
    def difference(self) -> int:
        """Units on invoices beyond those sold; negative where invoices are missing."""
        return self.bought - self.sold

    @property
    def short(self) -> int:
        """How many more units have to stand on invoices; 0 where there are enough, or nothing was sold."""
        return max(0, self.sold - max(0, self.bought))

    @property
    def days_unknown(self) -> int:
        return sum(len(each) for each in self.unknown)


def coverage(facts: CoverageFacts, as_of: date, window_days: int) -> Coverage:
    """Units bought and sold in the window that ends with `as_of`. What is dated later is left out."""
    first = as_of - timedelta(days=window_days)
    counted = sorted(
        (each for each in facts.invoices if first <= each.issued_on <= as_of),
        key=lambda each: (each.issued_on, each.document_id),
    )
    return Coverage(
        as_of=as_of,
        window_days=window_days,
        sold=sum(units for day, units in facts.sold.items() if first <= day <= as_of),
        bought=sum(each.units for each in counted),
        counted=tuple(counted),
        unknown=without(Days(first, as_of - _DAY), facts.known),
    )
