"""The facts that coverage checks judge: one product, reckoned up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vault.checks.coverage.coverage import Coverage


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """`name` is the product's title, or its ASIN. `lapses_on`, `ages_on`: see `vault.checks.coverage.lapse`.

    `is_known`: the sales of the window are known, but for the last days, for which a report cannot be there yet.
    `supplier`: who sent the latest invoice of the product; empty where there is none.
    """

    name: str
    coverage: Coverage
    is_known: bool
    lapses_on: date | None = None
    ages_on: date | None = None
    supplier: str = ""

    @property
    def is_covered(self) -> bool:
        return not self.coverage.short

    @property
    def stated(self) -> Mapping[str, str]:
        """What every sentence about it can name."""
        return {
            "title": self.name,
            "sold": str(self.coverage.sold),
            "bought": str(self.coverage.bought),
            "short": str(self.coverage.short),
            "days": str(self.coverage.window_days),
            "supplier": self.supplier,
        }

    def days_left(self) -> int | None:
        """How many days until coverage lapses, None where that is not to be seen."""
        return (self.lapses_on - self.coverage.as_of).days if self.is_covered and self.lapses_on else None


# One product, one gap: whichever check sees it, there is one task, and it stays the same when the gap gets graver.
GAP = "units"
