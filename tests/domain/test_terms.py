"""Terms of a notice: hours pass, days are those of the calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from vault.domain.notice_readings import Term, TermUnit

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize("begun", [datetime(2026, 10, 24, 9, tzinfo=PARIS), datetime(2026, 3, 28, 9, tzinfo=PARIS)])
def test_seventy_two_hours_pass_also_when_the_clock_is_changed(begun: datetime) -> None:
    ended = Term(72, TermUnit.HOURS).end(begun)
    assert ended.astimezone(UTC) - begun.astimezone(UTC) == timedelta(hours=72)
    assert ended.tzinfo is PARIS
    assert ended.hour == (8 if begun.month == 10 else 10)


@pytest.mark.parametrize("unit", [TermUnit.DAYS, TermUnit.BUSINESS_DAYS])
def test_days_end_at_the_same_time_of_the_clock(unit: TermUnit) -> None:
    begun = datetime(2026, 10, 23, 9, tzinfo=PARIS)  # a Friday
    ended = Term(3, unit).end(begun)
    assert (ended.day, ended.hour) == (26 if unit is TermUnit.DAYS else 28, 9)
