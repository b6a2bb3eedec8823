"""Months of a sales record: of days that nobody imported it says nothing."""

from datetime import date

from vault.checks.coverage.facts import Days
from vault.services.bundles.sheets import months_of

SINCE, UNTIL = date(2026, 1, 10), date(2026, 4, 30)


def told(*known: Days) -> list[tuple[int, int, bool]]:
    sold = {date(2026, 2, 3): 4, date(2026, 2, 20): 1}
    return [(each.month.month, each.units, each.partial) for each in months_of(sold, SINCE, UNTIL, known)]


def test_months_without_sales_are_there_and_those_that_are_cut_are_partial() -> None:
    assert told(Days(date(2025, 1, 1), UNTIL)) == [(1, 0, True), (2, 5, False), (3, 0, False), (4, 0, False)]


def test_what_nobody_imported_is_no_zero() -> None:
    assert told(Days(date(2026, 2, 1), date(2026, 3, 10))) == [(2, 5, False), (3, 0, True)]
