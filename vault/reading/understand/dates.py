"""Dates, as printed, and which of them is the day of issue.

A numeric date such as 03/04/2020 says itself neither day nor month first. Other dates of the same paper decide, then
its country; the day comes first unless the paper is American.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from vault.domain.readings import PageSource
from vault.reading.understand.layout import Row, Sheet
from vault.reading.understand.marks import Span
from vault.reading.understand.slips import mend
from vault.reading.understand.vocabulary import fold

_MONTHS: tuple[tuple[str, ...], ...] = (
    ("january", "jan", "janvier", "janv", "januar", "janner", "gennaio", "gen", "enero", "ene", "januari", "janeiro"),
    ("february", "feb", "fevrier", "fevr", "fev", "februar", "febbraio", "febrero", "februari", "fevereiro"),
    ("march", "mar", "mars", "marz", "maerz", "mrz", "marzo", "maart", "mrt", "marco"),
    ("april", "apr", "avril", "avr", "aprile", "abril", "abr"),
    ("may", "mai", "maggio", "mag", "mayo", "mei", "maio"),
    ("june", "jun", "juin", "juni", "giugno", "giu", "junio", "junho"),
    ("july", "jul", "juillet", "juil", "juli", "luglio", "lug", "julio", "julho"),
    ("august", "aug", "aout", "agosto", "ago", "augustus"),
    ("september", "sep", "sept", "septembre", "settembre", "set", "septiembre", "setembro"),
    ("october", "oct", "octobre", "oktober", "okt", "ottobre", "ott", "octubre", "outubro", "out"),
    ("november", "nov", "novembre", "noviembre", "novembro"),
    ("december", "dec", "decembre", "dezember", "dez", "dicembre", "dic", "diciembre", "dezembro"),
)
_MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NAMES = r"(?P<month>[A-Za-zÀ-ÿ]{3,10})"

_NUMERIC = re.compile(r"(?<![\d.,/\-])(\d{4}|\d{1,2})\s?([./\-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d|[/\-]\d|[.,]\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|[.ºª°])?[\s\-/.]*(?:(?:de|of)\s+)?{_NAMES}[.,]?[\s\-/.,]*(?:del?\s+)?(?P<year>\d{{4}}|['’]?\d{{2}})(?![\d:]|[.,]\d)"
)
_MONTH_FIRST = re.compile(
    rf"(?<![A-Za-z])(?<!(?<!\d)\d[\s\-./])(?<!(?<!\d)\d\d[\s\-./]){_NAMES}[.\s\-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s,.\-]+(?P<year>\d{{4}}|['’]\d{{2}}|\d{{2}})(?![\d:]|[.,]\d)"
)
_DAY_BEFORE_MONTH = re.compile(r"\d{1,2}\s?[./\-]\s?\d{1,2}\D")
_CHINESE = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_COMPACT = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)")
_SCANNED = re.compile(
    r"(?<!\d)([0-3]\d)[./\-,~ –—]{1,3}([01]\d)[./\-,~ –—]{1,3}(20[0-4]\d)(?!\d)|(?<!\d)([0-3]\d)[/.\-7]([01]\d)[/.\-7](20[0-4]\d)(?!\d)"
)
_AMERICAN = frozenset({"US", "PH"})
_CENTURY = "20"
"""Behind the name of a month on a scan, as likely the first half of a year as the whole of one."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2099


@dataclass(frozen=True, eq=False)
class PrintedDate(Span):
    """A date where it stands. `swapped` is the other date that the same print can mean; `sure`: how clear the print is."""

    value: date
    swapped: date | None = None
    sure: float = 1.0


def find_dates(sheet: Sheet) -> tuple[PrintedDate, ...]:
    """All dates of a page; ambiguous ones with the day first."""
    found: list[PrintedDate] = []
    for row in sheet.rows:
        if any(letter.isdigit() for letter in row.text):
            found.extend(_without_overlaps(_in_row(row)))
    return tuple(found)


def month_first(dates: Sequence[PrintedDate], country: str | None) -> bool:
    """Does this paper print the month before the day? Dates that can be read in one way only tell, then the country."""
    american = sum(1 for each in dates if each.swapped is None and each.sure < 1.0 and each.value.day > 12)
    european = sum(
        1 for each in dates if each.sure == 1.0 and each.value.day > 12 and _DAY_BEFORE_MONTH.match(each.text)
    )
    clear = {each.value for each in dates if each.swapped is None}
    american += sum(1 for each in dates if each.swapped in clear)
    european += sum(1 for each in dates if each.swapped is not None and each.value in clear)
    if american != european:
        return american > european
    return country in _AMERICAN


def settle(each: PrintedDate, american: bool) -> date:
    """What a printed date means on a paper of this habit."""
    return each.swapped if american and each.swapped is not None else each.value


def _in_row(row: Row) -> Iterator[PrintedDate]:
    scanned = row.page.source is PageSource.OCR
    text = mend(row.text) if scanned else row.text
    if scanned:
        yield from _scanned(row, text)
    for match in _NUMERIC.finditer(text):
        yield from _numeric(row, match)
    if any(letter.isalpha() for letter in text):
        for pattern in (_DAY_FIRST, _MONTH_FIRST):
            for match in pattern.finditer(text):
                month = _MONTH_OF.get(fold(match["month"]))
                value = _date(_year(match["year"].strip("'’")), month or 0, int(match["day"]))
                if month and value:
                    cut_off = scanned and match["year"] == _CENTURY
                    yield PrintedDate(row, match.start(), match.end(), value, None, 0.5 if cut_off else 1.0)
    for match in _CHINESE.finditer(text):
        value = _date(int(match[1]), int(match[2]), int(match[3]))
        if value:
            yield PrintedDate(row, match.start(), match.end(), value)


def _scanned(row: Row, text: str) -> Iterator[PrintedDate]:
    """Dates whose separators were misread, with a four-digit year to tell them from other numbers."""
    for match in _SCANNED.finditer(text):
        day, month, year = (int(part) for part in match.groups() if part is not None)
        value = _date(year, month, day)
        if value:
            yield PrintedDate(row, *match.span(), value, None, 0.8)


def _numeric(row: Row, match: re.Match[str]) -> Iterator[PrintedDate]:
    first, second, third = match[1], int(match[3]), match[4]
    start, end = match.span()
    if len(first) == 4:
        value = _date(int(first), second, int(third)) if len(third) <= 2 else None
        if value:
            yield PrintedDate(row, start, end, value)
        return
    year = _year(third)
    european, american = _date(year, second, int(first)), _date(year, int(first), second)
    if european:
        swapped = american if american != european else None
        yield PrintedDate(row, start, end, european, swapped)
    elif american:
        yield PrintedDate(row, start, end, american, None, 0.95)


def _year(printed: str) -> int:
    year = int(printed)
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def _without_overlaps(dates: Iterable[PrintedDate]) -> list[PrintedDate]:
    """Of dates read from the same characters the clearest and longest print stays."""
    kept: list[PrintedDate] = []
    for each in sorted(dates, key=lambda each: (-each.sure, each.start - each.end)):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)
