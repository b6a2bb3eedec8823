"""An e-invoice inside a PDF that says something else than its pages.

Only where both are sure: the pages were read by their text, show a value of the kind, and nowhere the e-invoice's.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from vault.domain.readings import Extracted, Fields, Page, PageSource, Sign, SignKind
from vault.reading.understand.amounts import parse
from vault.reading.understand.dates_in_text import dates_in_text

_NUMBER = re.compile(r"\d[\d.,'’ \u00a0\u202f]*")
Shows = Callable[[str, Any], bool]
"""Whether a text shows a value, however it is written."""


def differences(told: Fields, seen: Fields, pages: Sequence[Page]) -> Iterator[Sign]:
    """A sign for each value of the e-invoice that the pages contradict."""
    if not pages or any(page.source is not PageSource.TEXT for page in pages):
        return
    text = "\n".join(page.text for page in pages)
    for name, shows in _SHOWN.items():
        said: Extracted[Any] | None = getattr(told, name)
        shown: Extracted[Any] | None = getattr(seen, name)
        if said is None or shown is None or shown.value == said.value or shows(text, said.value):
            continue
        yield Sign(SignKind.XML_DIFFERS, shown.raw or str(shown.value), str(said.value), shown.page, shown.box)


def _shows_code(text: str, code: str) -> bool:
    return _bare(code) in _bare(text)


def _shows_currency(text: str, code: str) -> bool:
    return code.casefold() in text.casefold()


def _shows_day(text: str, day: date) -> bool:
    found = dates_in_text(text)
    return any(day in (each.value, each.swapped) for each in found)


def _shows_amount(text: str, amount: Decimal) -> bool:
    """Groups of figures may be parted by spaces, and so may the columns of a table: both are tried."""
    numbers = {number for found in _NUMBER.findall(text) for number in (found, *found.split())}
    values = (parse(number.rstrip(".,'’ "), mark) for number in numbers for mark in ".,")
    return any(value == abs(amount) for value in values if value is not None)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


_SHOWN: Mapping[str, Shows] = MappingProxyType(
    {
        "number": _shows_code,
        "issue_date": _shows_day,
        "total": _shows_amount,
        "currency": _shows_currency,
        "supplier_vat": _shows_code,
    }
)
