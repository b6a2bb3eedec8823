"""Dates, as printed, and which of them is the day of issue.

A numeric date such as 03/04/2020 says itself neither day nor month first. Other dates of the same paper decide, then
its country; the day comes first unless the paper is American.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vault.domain.readings import PageSource
from vault.reading.understand.dates_in_text import dates_in_text
from vault.reading.understand.layout import Sheet
from vault.reading.understand.marks import Span

_DAY_BEFORE_MONTH = re.compile(r"\d{1,2}\s?[./\-]\s?\d{1,2}\D")
_AMERICAN = frozenset({"US", "PH"})


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
            scanned = row.page.source is PageSource.OCR
            found.extend(
                PrintedDate(row, each.start, each.end, each.value, each.swapped, each.sure)
                for each in dates_in_text(row.text, scanned)
            )
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
