"""The facts that coverage is reckoned from: what was sold, on which days that is known, what was bought."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __len__(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class InvoiceUnits:
    """Units of one product on an invoice that counts; negative on a credit note."""

    document_id: str
    issued_on: date
    units: int


@dataclass(frozen=True, slots=True)
class CoverageFacts:
    """One product. `sold`: units by day. `known`: the days whose sales were imported, as `joined` makes them.

    `invoices`: those that count (`vault.checks.coverage.counting`), whatever their age.
    """

    sold: Mapping[date, int]
    known: tuple[Days, ...]
    invoices: tuple[InvoiceUnits, ...]

    @property
    def known_to(self) -> date | None:
        """The last day whose sales are known."""
        return self.known[-1].last if self.known else None


def joined(stretches: Iterable[Days]) -> tuple[Days, ...]:
    """The same days in as few stretches as possible, in order."""
    made: list[Days] = []
    for each in sorted(stretches, key=lambda days: days.first):
        if made and each.first <= made[-1].last + _DAY:
            made[-1] = Days(made[-1].first, max(made[-1].last, each.last))
        else:
            made.append(each)
    return tuple(made)


def without(wanted: Days, known: Iterable[Days]) -> tuple[Days, ...]:
    """The days of `wanted` that lie in none of `known` (as `joined` makes them)."""
    left: list[Days] = []
    begin = wanted.first
    for each in known:
        if each.last < begin or each.first > wanted.last:
            continue
        if each.first > begin:
            left.append(Days(begin, each.first - _DAY))
        begin = each.last + _DAY
    if begin <= wanted.last:
        left.append(Days(begin, wanted.last))
    return tuple(left)
