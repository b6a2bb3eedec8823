"""Dates in a text, whatever it was read from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from vault.reading.understand.months import MONTH_OF
from vault.reading.understand.slips import mend
from vault.reading.understand.vocabulary import fold

_NAMES = r"(?P<month>[A-Za-zÀ-ÿ]{3,10})"

_NUMERIC = re.compile(r"(?<![\d.,/\-])(\d{4}|\d{1,2})\s?([./\-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d|[/\-]\d|[.,]\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[.ºª°])?[\s\-/.]*(?:(?:de|of)\s+)?{_NAMES}[.,]?[\s\-/.,]*(?:del?\s+)?(?P<year>\d{{4}}|['’]?\d{{2}})(?![\d:]|[.,]\d)"
)
_MONTH_FIRST = re.compile(
    rf"(?<![A-Za-z])(?<!(?<!\d)\d[\s\-./])(?<!(?<!\d)\d\d[\s\-./]){_NAMES}[.\s\-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,.\-]+(?P<year>\d{{4}}|['’]\d{{2}}|\d{{2}})(?![\d:]|[.,]\d)"
)
_CHINESE = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_SCANNED = re.compile(
    r"(?<!\d)([0-3]\d)[./\-,~ –—]{1,3}([01]\d)[./\-,~ –—]{1,3}(20[0-4]\d)(?!\d)|(?<!\d)([0-3]\d)[/.\-7]([01]\d)[/.\-7](20[0-4]\d)(?!\d)"
)
_CENTURY = "20"
"""Behind the name of a month on a scan, as likely the first half of a year as the whole of one."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2099


@dataclass(frozen=True, slots=True)
class DateInText:
    """A date at the characters `start` … `end`, the day first where the print can mean two.

    `swapped` is the other date that the same print can mean; `sure`: how clear the print is.
    """

    start: int
    end: int
    value: date
    swapped: date | None = None
    sure: float = 1.0


def dates_in_text(text: str, scanned: bool = False) -> list[DateInText]:
    """All dates of the text from left to right; none overlap. On a scan the usual slips of recognition are forgiven."""
    return _without_overlaps(_find(mend(text) if scanned else text, scanned))


def _find(text: str, scanned: bool) -> Iterator[DateInText]:
    if scanned:
        yield from _scanned(text)
    for match in _NUMERIC.finditer(text):
        yield from _numeric(match)
    if any(letter.isalpha() for letter in text):
        for pattern in (_DAY_FIRST, _MONTH_FIRST):
            for match in pattern.finditer(text):
                month = MONTH_OF.get(fold(match["month"]))
                value = _date(_year(match["year"].strip("'’")), month or 0, int(match["day"]))
                if month and value:
                    cut_off = scanned and match["year"] == _CENTURY
                    yield DateInText(match.start(), match.end(), value, None, 0.5 if cut_off else 1.0)
    for match in _CHINESE.finditer(text):
        value = _date(int(match[1]), int(match[2]), int(match[3]))
        if value:
            yield DateInText(match.start(), match.end(), value)


def _scanned(text: str) -> Iterator[DateInText]:
    """Dates whose separators were misread, with a four-digit year to tell them from other numbers."""
    for match in _SCANNED.finditer(text):
        day, month, year = (int(part) for part in match.groups() if part is not None)
        value = _date(year, month, day)
        if value:
            yield DateInText(*match.span(), value, None, 0.8)


def _numeric(match: re.Match[str]) -> Iterator[DateInText]:
    first, second, third = match[1], int(match[3]), match[4]
    start, end = match.span()
    if len(first) == 4:
        value = _date(int(first), second, int(third)) if len(third) <= 2 else None
        if value:
            yield DateInText(start, end, value)
        return
    year = _year(third)
    european, american = _date(year, second, int(first)), _date(year, int(first), second)
    if european:
        swapped = american if american != european else None
        yield DateInText(start, end, european, swapped)
    elif american:
        yield DateInText(start, end, american, None, 0.95)


def _year(printed: str) -> int:
    year = int(printed)
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def _without_overlaps(dates: Iterable[DateInText]) -> list[DateInText]:
    """Of dates read from the same characters the clearest and longest print stays."""
    kept: list[DateInText] = []
    for each in sorted(dates, key=lambda each: (-each.sure, each.start - each.end)):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)
