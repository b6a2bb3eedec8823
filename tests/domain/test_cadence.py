"""Due dates follow from the day on which a cadence began, whatever happens in between."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.domain.cadence import (
    EVERY_DAY,
    WORKING_DAYS,
    Cadence,
    Monthly,
    Weekly,
    due_dates,
    first_due,
    last_due,
    next_due,
    parse_cadence,
)

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
WEEKLY = st.frozensets(st.integers(1, 7), min_size=1).map(Weekly)
MONTHLY = st.builds(Monthly, st.integers(1, 24), st.integers(1, 31))
CADENCES = st.one_of(WEEKLY, MONTHLY)
DAY = timedelta(days=1)


def dates(cadence: Cadence, begins: date, count: int) -> list[str]:
    found = []
    due = first_due(cadence, begins)
    for _ in range(count):
        found.append(due.isoformat())
        due = next_due(cadence, begins, due)
    return found


def test_working_days_leave_the_weekend_out() -> None:
    friday = date(2026, 10, 30)
    assert dates(Weekly(WORKING_DAYS), friday, 3) == ["2026-10-30", "2026-11-02", "2026-11-03"]


def test_a_weekly_duty_keeps_its_weekday() -> None:
    assert dates(Weekly(frozenset({3})), date(2026, 10, 29), 3) == ["2026-11-04", "2026-11-11", "2026-11-18"]


def test_the_last_day_of_the_month_is_the_last_day_of_every_month() -> None:
    assert dates(Monthly(1, 31), date(2028, 1, 10), 4) == ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]


def test_a_day_that_a_month_lacks_is_its_last_and_comes_back_in_the_next() -> None:
    assert dates(Monthly(1, 30), date(2027, 1, 30), 3) == ["2027-01-30", "2027-02-28", "2027-03-30"]


def test_every_three_months_counts_from_the_first_due_date() -> None:
    assert dates(Monthly(3, 15), date(2026, 10, 31), 3) == ["2026-11-15", "2027-02-15", "2027-05-15"]


def test_the_next_date_follows_the_intended_one_and_not_the_day_it_was_done() -> None:
    begins, done_late = date(2026, 9, 1), date(2026, 9, 9)
    assert next_due(Monthly(1, 1), begins, done_late) == date(2026, 10, 1)


def test_days_of_a_clock_change_are_days_like_all_others() -> None:
    found = list(due_dates(Weekly(EVERY_DAY), date(2026, 1, 1), date(2026, 10, 24), date(2026, 10, 26)))
    assert found == [date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26)]


@pytest.mark.parametrize(
    "text", ["", "daily", "weekly", "weekly 08", "weekly 9", "weekly x", "monthly 0 1", "monthly 25 1", "monthly 1 32"]
)
def test_what_is_no_cadence_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cadence"):
        parse_cadence(text)


@given(CADENCES)
def test_a_cadence_that_was_written_is_read_again(cadence: Cadence) -> None:
    assert parse_cadence(str(cadence)) == cadence


@given(CADENCES, DAYS, DAYS)
def test_the_next_due_date_is_the_first_one_later(cadence: Cadence, begins: date, after: date) -> None:
    due = next_due(cadence, begins, after)
    assert due > after
    assert due >= begins
    assert list(due_dates(cadence, begins, max(begins, after + DAY), due)) == [due]


@given(CADENCES, DAYS, DAYS)
def test_the_last_due_date_comes_right_before_the_next(cadence: Cadence, begins: date, on: date) -> None:
    last = last_due(cadence, begins, on)
    if last is None:
        assert first_due(cadence, begins) > on
    else:
        assert begins <= last <= on
        assert next_due(cadence, begins, last) == next_due(cadence, begins, on)


@given(CADENCES, DAYS, st.integers(0, 400), st.integers(0, 400))
def test_a_span_cut_in_two_has_the_same_due_dates(cadence: Cadence, begins: date, left: int, right: int) -> None:
    middle, end = begins + timedelta(days=left), begins + timedelta(days=left + right)
    whole = list(due_dates(cadence, begins, begins, end))
    parts = [*due_dates(cadence, begins, begins, middle), *due_dates(cadence, begins, middle + DAY, end)]
    assert whole == parts
    assert whole == sorted(set(whole))


@given(WEEKLY, DAYS)
def test_a_week_has_as_many_due_dates_as_weekdays_were_chosen(cadence: Weekly, begins: date) -> None:
    assert len(list(due_dates(cadence, begins, begins, begins + timedelta(days=6)))) == len(cadence.weekdays)


@given(MONTHLY, DAYS)
def test_monthly_dates_lie_on_their_day_or_on_the_last_of_a_shorter_month(cadence: Monthly, begins: date) -> None:
    due = first_due(cadence, begins)
    for _ in range(30):
        assert due.day == cadence.day or (due.day < cadence.day and (due + DAY).day == 1)
        after = next_due(cadence, begins, due)
        assert (after.year * 12 + after.month) - (due.year * 12 + due.month) == cadence.every
        due = after
