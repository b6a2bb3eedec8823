"""Months of the business's calendar."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from vault.domain.errors import NotFound
from vault.services.days import today
from vault.services.vault import Vault


def month_of(day: date) -> date:
    """The first day of the month of `day`."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    return month_of(month + timedelta(days=31))


def month_before(month: date) -> date:
    return month_of(month - timedelta(days=1))


def last_day(month: date) -> date:
    return next_month(month) - timedelta(days=1)


def written(month: date) -> str:
    """``2026-10``, as addresses and commands name it."""
    return f"{month:%Y-%m}"


def read_month(text: str) -> date:
    """The first day of a month as `written` names it. Raises NotFound for anything else."""
    try:
        found = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise NotFound() from None
    if written(found) != text:
        raise NotFound()
    return found


def running_month(vault: Vault) -> date:
    """The month of today in the time zone of the settings."""
    return month_of(today(vault))


def begin_of(vault: Vault, day: date) -> datetime:
    """The moment at which a day begins in the time zone of the settings, also where clocks were changed since."""
    return datetime.combine(day, time(), ZoneInfo(vault.settings.time_zone)).astimezone(UTC)


def moments_of(vault: Vault, month: date) -> tuple[datetime, datetime]:
    """The month from its first moment to that of the next one, which is no longer part of it."""
    return begin_of(vault, month), begin_of(vault, next_month(month))
