"""Digests and quiet hours on the clock of the wall, also on the days on which clocks are changed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from vault.services.notices.choices import Choices, Digest
from vault.services.notices.mail_hours import last_digest, quiet_until

# The days around which each place changes its clocks in 2026.
CHANGES = [
    ("Europe/Paris", date(2026, 3, 29)),
    ("Europe/Paris", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
]


def hours_around(day: date) -> list[datetime]:
    """Every ten minutes of the five days around."""
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    return [begin + timedelta(minutes=10 * step) for step in range(5 * 144)]


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_every_day_has_one_digest_when_clocks_are_changed_too(zone, day, hour):
    choices = Choices(zone, digest_hour=hour)
    found = {}
    for now in hours_around(day):
        name, due = last_digest(choices, now)
        assert due <= now < due + timedelta(hours=25, minutes=1)
        found.setdefault(name, set()).add(due)
    assert all(len(moments) == 1 for moments in found.values())
    days = sorted(found)
    assert days == [days[0] + timedelta(nth) for nth in range(len(days))]


@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_a_digest_comes_at_the_hour_that_the_wall_shows(zone, day):
    for now in hours_around(day):
        _, due = last_digest(Choices(zone, digest_hour=8), now)
        assert due.astimezone(ZoneInfo(zone)).hour == 8


def test_an_hour_that_does_not_exist_is_the_next_one_and_one_that_exists_twice_the_first():
    spring, autumn = datetime(2026, 3, 29, 12, tzinfo=UTC), datetime(2026, 10, 25, 12, tzinfo=UTC)
    choices = Choices("Europe/Paris", digest_hour=2)
    assert last_digest(choices, spring) == (date(2026, 3, 29), datetime(2026, 3, 29, 1, tzinfo=UTC))
    assert last_digest(choices, autumn) == (date(2026, 10, 25), datetime(2026, 10, 25, 0, tzinfo=UTC))


@pytest.mark.parametrize("weekday", range(7))
def test_a_weekly_digest_is_named_by_its_weekday(weekday):
    choices = Choices("Europe/Paris", digest=Digest.WEEKLY, digest_weekday=weekday)
    names = {last_digest(choices, now)[0] for now in hours_around(date(2026, 10, 25))}
    assert {name.weekday() for name in names} == {weekday}


@pytest.mark.parametrize("quiet", [(22, 7), (0, 6), (13, 15), (23, 0), (1, 3), (2, 3), (22, 2)])
@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_quiet_hours_end_when_the_wall_says_so(zone, day, quiet):
    choices = Choices(zone, quiet=quiet)
    for now in hours_around(day):
        end = quiet_until(choices, now)
        if end is not None:
            assert now < end <= now + timedelta(hours=25)
            assert quiet_until(choices, end) is None


def test_without_quiet_hours_nothing_waits():
    assert quiet_until(Choices("UTC"), datetime(2026, 10, 31, 3, tzinfo=UTC)) is None
