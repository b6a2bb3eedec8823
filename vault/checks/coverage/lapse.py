"""The day on which coverage will lapse: invoices leave the window, and sales go on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from vault.checks.coverage.coverage import coverage
from vault.checks.coverage.facts import CoverageFacts

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a product sells: `units` in `days` days."""

    units: int
    days: int = 1


NO_SALES = Pace(0)


def recent_pace(facts: CoverageFacts, as_of: date, pace_days: int) -> Pace:
    """The sales of the last `pace_days` days that are known, up to `as_of`: of these the days that were imported."""
    if facts.known_to is None:
        return NO_SALES
    last = min(as_of, facts.known_to)
    first = last - timedelta(days=pace_days - 1)
    days = sum(max(0, (min(each.last, last) - max(each.first, first)).days + 1) for each in facts.known)
    units = sum(units for day, units in facts.sold.items() if first <= day <= last)
    return Pace(units, days) if days else NO_SALES


def lapses_on(facts: CoverageFacts, as_of: date, window_days: int, pace: Pace) -> date | None:
    """The first day after `as_of` on which fewer units stand on the invoices in the window than were sold in it.

    Sales go on at `pace` from the day behind the last one whose sales are known; no further invoice comes. None where
    that day never comes: what was sold leaves the window no later than its invoices, and nothing is sold any more.
    """
    begin = min(as_of, facts.known_to) if facts.known_to else as_of
    margin, day = coverage(facts, as_of, window_days).difference, as_of + _DAY
    for until, change in _changes(facts, as_of, window_days):
        found = _within(margin, pace, begin, day, until, window_days)
        if found is not None:
            return found
        margin, day = margin + change, until
    return None


def _changes(facts: CoverageFacts, as_of: date, window_days: int) -> Iterator[tuple[date, int]]:
    """By how much the margin changes on which day, because something leaves the window; at last a day behind all."""
    leaves_after = timedelta(days=window_days + 1)
    changes: Counter[date] = Counter()
    first = as_of - timedelta(days=window_days)
    for day, units in facts.sold.items():
        if first <= day <= as_of:
            changes[day + leaves_after] += units
    for each in facts.invoices:
        if first <= each.issued_on <= as_of:
            changes[each.issued_on + leaves_after] -= each.units
    yield from sorted(changes.items())
    yield max(changes, default=as_of + _DAY) + _DAY, 0


def _within(margin: int, pace: Pace, begin: date, day: date, until: date, window_days: int) -> date | None:
    """The first day from `day` up to before `until` on which more than `margin` was sold since `begin`.

    After `begin` at most the days of one window count: older ones have left it.
    """
    if margin < 0:
        return day if day < until else None
    if not pace.units:
        return None
    days_needed = margin * pace.days // pace.units + 1
    found = max(day, begin + timedelta(days=days_needed)) if days_needed <= window_days + 1 else until
    return found if found < until else None
