"""Coverage: units on invoices against units sold, over a window that moves with the day."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from vault.checks.coverage.coverage import coverage
from vault.checks.coverage.facts import CoverageFacts, Days, InvoiceUnits, joined, without
from vault.checks.coverage.lapse import NO_SALES, Pace, lapses_on, recent_pace

TODAY = date(2026, 6, 30)
WINDOW = 30  # short, so that a search day by day is quick

_DAYS = st.integers(-40, 0).map(lambda days: TODAY + timedelta(days=days))
_INVOICES = st.lists(st.builds(InvoiceUnits, st.sampled_from("abcdef"), _DAYS, st.integers(-5, 30)), max_size=6).map(
    tuple
)
_SOLD = st.dictionaries(_DAYS, st.integers(1, 8), max_size=12)
_KNOWN = st.lists(st.tuples(_DAYS, _DAYS).map(lambda pair: Days(min(pair), max(pair))), max_size=3).map(joined)
_FACTS = st.builds(CoverageFacts, _SOLD, _KNOWN, _INVOICES)
_PACES = st.builds(Pace, st.integers(0, 20), st.integers(1, 15))


def day_by_day(facts: CoverageFacts, pace: Pace) -> Iterator[tuple[date, int, int]]:
    """For each future day: units on the invoices in its window, and units sold in it, both times the pace's days."""
    begin = min(TODAY, facts.known_to) if facts.known_to else TODAY
    for ahead in range(1, 3 * WINDOW):
        day = TODAY + timedelta(days=ahead)
        first = day - timedelta(days=WINDOW)
        bought = sum(each.units for each in facts.invoices if first <= each.issued_on <= TODAY)
        sold = sum(units for each, units in facts.sold.items() if first <= each <= TODAY)
        window = (first + timedelta(days=step) for step in range(WINDOW + 1))
        expected = sum(1 for each in window if each > begin)
        yield day, bought * pace.days, sold * pace.days + expected * pace.units


@given(_FACTS, _PACES)
def test_the_day_on_which_coverage_lapses_is_the_first_one_on_which_less_is_covered_than_sold(
    facts: CoverageFacts, pace: Pace
) -> None:
    searched = next((day for day, bought, sold in day_by_day(facts, pace) if bought < sold), None)
    assert lapses_on(facts, TODAY, WINDOW, pace) == searched


@given(_FACTS, st.builds(InvoiceUnits, st.just("one more"), _DAYS, st.integers(0, 50)), _PACES)
def test_one_more_invoice_never_lowers_coverage(facts: CoverageFacts, more: InvoiceUnits, pace: Pace) -> None:
    richer = CoverageFacts(facts.sold, facts.known, (*facts.invoices, more))
    assert coverage(richer, TODAY, WINDOW).bought >= coverage(facts, TODAY, WINDOW).bought
    assert coverage(richer, TODAY, WINDOW).short <= coverage(facts, TODAY, WINDOW).short
    before, after = (lapses_on(each, TODAY, WINDOW, pace) or date.max for each in (facts, richer))
    assert after >= before or more.issued_on < TODAY - timedelta(days=WINDOW)


@given(_FACTS, _PACES)
def test_without_further_sales_coverage_lasts_at_least_as_long(facts: CoverageFacts, pace: Pace) -> None:
    selling, resting = (lapses_on(facts, TODAY, WINDOW, each) or date.max for each in (pace, NO_SALES))
    assert selling <= resting


@given(_FACTS)
def test_each_day_of_the_window_is_either_known_or_named_as_unknown(facts: CoverageFacts) -> None:
    found = coverage(facts, TODAY, WINDOW)
    for step in range(1, WINDOW + 1):
        day = TODAY - timedelta(days=step)
        is_known = any(each.first <= day <= each.last for each in facts.known)
        assert is_known != any(each.first <= day <= each.last for each in found.unknown)


@given(st.lists(st.tuples(_DAYS, _DAYS).map(lambda pair: Days(min(pair), max(pair))), max_size=5))
def test_joining_stretches_keeps_their_days_and_leaves_no_two_that_touch(stretches: list[Days]) -> None:
    def days(of: object) -> set[date]:
        assert isinstance(of, (list, tuple))
        return {each.first + timedelta(days=step) for each in of for step in range(len(each))}

    made = joined(stretches)
    assert days(made) == days(stretches)
    assert all(two.first - one.last > timedelta(days=1) for one, two in pairwise(made))
    assert without(Days(TODAY - timedelta(days=40), TODAY), made) == joined(
        without(Days(TODAY - timedelta(days=40), TODAY), made)
    )


def test_an_invoice_counts_on_the_last_day_of_the_window_and_not_on_the_day_after() -> None:
    facts = CoverageFacts({}, (), (InvoiceUnits("a", date(2025, 6, 30), 7),))
    assert coverage(facts, date(2026, 6, 30), 365).bought == 7
    assert coverage(facts, date(2026, 7, 1), 365).bought == 0


def test_what_is_dated_after_the_day_is_left_out() -> None:
    facts = CoverageFacts({date(2026, 7, 1): 3}, (), (InvoiceUnits("a", date(2026, 7, 1), 7),))
    found = coverage(facts, TODAY, 365)
    assert (found.sold, found.bought, found.counted) == (0, 0, ())


def test_the_pace_is_that_of_the_known_days_alone() -> None:
    known = (Days(date(2026, 6, 1), date(2026, 6, 10)),)
    facts = CoverageFacts({date(2026, 6, 2): 5, date(2026, 6, 9): 1}, known, ())
    assert recent_pace(facts, TODAY, 30) == Pace(6, 10)
    assert recent_pace(CoverageFacts({}, (), ()), TODAY, 30) == NO_SALES


def test_at_the_recent_pace_stock_on_invoices_is_used_up_on_a_day_that_can_be_told() -> None:
    # 100 units bought, 40 sold in the last ten days, four a day: 60 are left, which is fifteen days; the 16th lapses.
    sold = {TODAY - timedelta(days=step): 4 for step in range(10)}
    facts = CoverageFacts(sold, (Days(date(2025, 1, 1), TODAY),), (InvoiceUnits("a", date(2026, 6, 1), 100),))
    assert lapses_on(facts, TODAY, 365, recent_pace(facts, TODAY, 10)) == TODAY + timedelta(days=16)
