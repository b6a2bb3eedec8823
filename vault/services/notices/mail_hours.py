"""When mails go out: each person's digests and quiet hours, on the clock of the wall where the person lives.

All results are moments; days on which clocks are changed have one digest like any other, even at an hour that does not
exist on them (then: an hour later) or exists twice (then: the first time).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vault.services.notices.choices import Choices, Digest

_DAY = timedelta(days=1)


def last_digest(choices: Choices, now: datetime) -> tuple[date, datetime]:
    """The local date that names the latest digest due until `now`, and the moment when it was due."""
    day = now.astimezone(choices.zone).date()
    if choices.digest is Digest.WEEKLY:
        day -= timedelta(days=(day.weekday() - choices.digest_weekday) % 7)
    due = _moment(day, choices.digest_hour, choices.zone)
    if due > now:
        day -= timedelta(days=7) if choices.digest is Digest.WEEKLY else _DAY
        due = _moment(day, choices.digest_hour, choices.zone)
    return day, due


def quiet_until(choices: Choices, now: datetime) -> datetime | None:
    """When the quiet hours end in which `now` lies; None where it lies in none."""
    if choices.quiet is None:
        return None
    begin, end = choices.quiet
    local = now.astimezone(choices.zone)
    is_quiet = begin <= local.hour < end if begin < end else local.hour >= begin or local.hour < end
    if not is_quiet:
        return None
    day = local.date() if local.hour < end else local.date() + _DAY
    return _moment(day, end, choices.zone)


def _moment(day: date, hour: int, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(hour), zone).astimezone(UTC)
