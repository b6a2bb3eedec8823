"""How often a duty returns: pure arithmetic of calendar days.

Every date follows from the day on which the cadence began, never from the day on which the duty was last done: a
review of the first that was done on the ninth is due on the first again. Days know no hour, so no change of the clocks
can move them.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

EVERY_DAY = frozenset(range(1, 8))
WORKING_DAYS = frozenset(range(1, 6))
LAST_DAY = 31
MOST_MONTHS = 24

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Weekly:
    """On these days of every week; ISO numbers, Monday is 1. Raises ValueError for none and for other numbers."""

    weekdays: frozenset[int]

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError("a weekly cadence needs weekdays from 1 to 7")

    def __str__(self) -> str:
        return f"weekly {''.join(map(str, sorted(self.weekdays)))}"


@dataclass(frozen=True, slots=True)
class Monthly:
    """Every `every` months on day `day`, in a shorter month on its last day: 31 is the last day of every month.

    Raises ValueError for a day that no month has, and for less than one or more than 24 months.
    """

    every: int
    day: int

    def __post_init__(self) -> None:
        if not 1 <= self.every <= MOST_MONTHS or not 1 <= self.day <= LAST_DAY:
            raise ValueError("a monthly cadence needs 1 to 24 months and a day from 1 to 31")

    def __str__(self) -> str:
        return f"monthly {self.every} {self.day}"


Cadence = Weekly | Monthly


def parse_cadence(text: str) -> Cadence:
    """What `str()` of a cadence wrote: ``weekly 12345``, ``monthly 3 31``. Raises ValueError for anything else."""
    match text.split():
        case ["weekly", days] if days.isdecimal():
            return Weekly(frozenset(map(int, days)))
        case ["monthly", every, day] if every.isdecimal() and day.isdecimal():
            return Monthly(int(every), int(day))
    raise ValueError(f"{text!r} is no cadence; write it like “weekly 12345” or “monthly 3 31”")


def first_due(cadence: Cadence, begins: date) -> date:
    """The first due date of a cadence that begins on that day: the day itself, or the first one after it that fits."""
    if isinstance(cadence, Weekly):
        return begins + timedelta(days=min((weekday - begins.isoweekday()) % 7 for weekday in cadence.weekdays))
    month = _month_of(begins)
    due = _in_month(month, cadence.day)
    return due if due >= begins else _in_month(month + 1, cadence.day)


def next_due(cadence: Cadence, begins: date, after: date) -> date:
    """The first due date later than `after`."""
    first = first_due(cadence, begins)
    if first > after:
        return first
    if isinstance(cadence, Weekly):
        return first_due(cadence, after + _DAY)
    turns = (_month_of(after) - _month_of(first)) // cadence.every
    due = _in_month(_month_of(first) + turns * cadence.every, cadence.day)
    return due if due > after else _in_month(_month_of(first) + (turns + 1) * cadence.every, cadence.day)


def last_due(cadence: Cadence, begins: date, on: date) -> date | None:
    """The latest due date that is not later than `on`; None where there was none yet."""
    first = first_due(cadence, begins)
    if first > on:
        return None
    if isinstance(cadence, Weekly):
        return on - timedelta(days=min((on.isoweekday() - weekday) % 7 for weekday in cadence.weekdays))
    turns = (_month_of(on) - _month_of(first)) // cadence.every
    due = _in_month(_month_of(first) + turns * cadence.every, cadence.day)
    return due if due <= on else _in_month(_month_of(first) + (turns - 1) * cadence.every, cadence.day)


def due_dates(cadence: Cadence, begins: date, since: date, until: date) -> Iterator[date]:
    """Every due date from `since` to `until`, both included, in order."""
    due = next_due(cadence, begins, since - _DAY)
    while due <= until:
        yield due
        due = next_due(cadence, begins, due)


def _month_of(day: date) -> int:
    """Months since the year 0: the difference of two is the number of months between them."""
    return day.year * 12 + day.month - 1


def _in_month(month: int, day: int) -> date:
    year, index = divmod(month, 12)
    return date(year, index + 1, min(day, monthrange(year, index + 1)[1]))
