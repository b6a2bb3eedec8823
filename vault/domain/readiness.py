"""How ready a seller account is for a demand from Amazon, as one figure that can be explained."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class ReadinessPart(StrEnum):
    """What the figure is made of.

    `INVOICES`: products with an invoice that passes. `COVERAGE`: units sold that stand on invoices which count.
    `SECURITY`: security duties in order. `ROUTINES`: routines whose last due day before today was not missed. `GAPS`: no
    critical task is open.
    """

    INVOICES = "invoices"
    COVERAGE = "coverage"
    SECURITY = "security"
    ROUTINES = "routines"
    GAPS = "gaps"


@dataclass(frozen=True, slots=True)
class Share:
    """`good` of `whole`. Where there is nothing to count (`whole` is 0), nothing is known: that is never good."""

    good: int
    whole: int

    @property
    def is_known(self) -> bool:
        return self.whole > 0

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.good, self.whole) if self.whole else Fraction(0)

    @property
    def percent(self) -> int:
        """Rounded down: 100 means all of it."""
        return int(100 * self.fraction)


def readiness(shares: Mapping[ReadinessPart, Share], weights: Mapping[ReadinessPart, int]) -> int | None:
    """0 … 100, rounded down, so that 100 means that everything is in order; None where nothing at all is known.

    That no critical task is open says nothing as long as nothing was looked at.
    """
    looked_at = [part for part, share in shares.items() if share.is_known and part is not ReadinessPart.GAPS]
    if not looked_at:
        return None
    return int(sum(weights[part] * share.fraction for part, share in shares.items()))
