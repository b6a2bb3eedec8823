"""Cadences and turns in plain words."""

from collections.abc import Mapping

from flask_babel import get_locale, gettext, ngettext

from vault.domain.cadence import EVERY_DAY, LAST_DAY, WORKING_DAYS, Cadence, Weekly
from vault.domain.message import N_
from vault.domain.routines import OccurrenceState

# How an occurrence looks: a sign that is read without colour, the mark's colour and the word.
SIGNS: Mapping[OccurrenceState, tuple[str, str, str]] = {
    OccurrenceState.DONE: ("check-lg", "pass", N_("Done")),
    OccurrenceState.SKIPPED: ("slash-lg", "warn", N_("Skipped")),
    OccurrenceState.DUE: ("circle", "busy", N_("Due today")),
    OccurrenceState.OVERDUE: ("alarm", "fail", N_("Overdue")),
    OccurrenceState.AHEAD: ("arrow-right", "none", N_("Ahead")),
}


def day_names() -> list[tuple[int, str]]:
    """ISO number and name of each weekday, in the reader's language."""
    locale = get_locale()
    names = locale.days["stand-alone"]["wide"]
    return [(number, names[number - 1]) for number in range(1, 8)]


def say_cadence(cadence: Cadence) -> str:
    """How often, in the reader's language."""
    if isinstance(cadence, Weekly):
        return _weekly(cadence.weekdays)
    is_last = cadence.day == LAST_DAY
    if cadence.every == 1:
        if is_last:
            return str(gettext("on the last day of every month"))
        return str(gettext("on day %(day)s of every month", day=cadence.day))
    if is_last:
        return str(ngettext("every month", "every %(num)s months, on the last day", cadence.every))
    return str(ngettext("every month", "every %(num)s months, on day %(day)s", cadence.every, day=cadence.day))


def _weekly(weekdays: frozenset[int]) -> str:
    if weekdays == EVERY_DAY:
        return str(gettext("every day"))
    if weekdays == WORKING_DAYS:
        return str(gettext("Monday to Friday"))
    names = [name for number, name in day_names() if number in weekdays]
    if len(names) == 1:
        return str(gettext("every %(weekday)s", weekday=names[0]))
    return ", ".join(names)
