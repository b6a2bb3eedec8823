"""Values that people type, checked against the field that they are meant for."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import list_currencies

from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.domain.readings import DocumentKind

_DATES = frozenset({"issue_date", "due_date"})
_AMOUNTS = frozenset({"net", "tax", "total", "quantity", "unit_price", "amount"})
_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(?:[.,][0-9]{1,6})?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3},[0-9]{3}")
_LONGEST = 2000
# Codes of Unicode's own beside the countries: unions, pseudo-locales, "unknown".
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


def parse_value(path: str, text: str) -> Any:
    """The value that `text` means for a field: a date, Decimal, DocumentKind or str.

    `path` is a correction's (``issue_date``, ``lines.0.quantity``). Raises Invalid with what to type instead.
    """
    name = path.rsplit(".", 1)[-1]
    text = text.strip()
    if not text:
        raise Invalid(N_("Type the value that stands on the page, or withdraw the correction."))
    if name in _DATES:
        return _date(text)
    if name in _AMOUNTS:
        return _amount(text)
    if name == "kind":
        return _kind(text)
    if name == "currency":
        return _currency(text)
    if name == "supplier_country":
        return _country(text)
    return _plain(text)


def dump_value(value: Any) -> str:
    """A value as the contract's string: dates ISO 8601, amounts plain decimals."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(
            N_("“%(text)s” is not a date. Write it as year-month-day, for example 2026-01-31."), text=text
        ) from None


def _amount(text: str) -> Decimal:
    compact = text.replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace("\N{NARROW NO-BREAK SPACE}", "")
    if _DECIMAL.fullmatch(compact) and not _THOUSANDS.fullmatch(compact):
        return Decimal(compact.replace(",", "."))
    raise Invalid(N_("“%(text)s” is not an amount. Write it like 1234.50, without thousands separators."), text=text)


def _kind(text: str) -> DocumentKind:
    try:
        return DocumentKind(text)
    except ValueError:
        kinds = ", ".join(DocumentKind)
        raise Invalid(
            N_("“%(text)s” is no kind of document. Choose one of: %(kinds)s."), text=text, kinds=kinds
        ) from None


def _currency(text: str) -> str:
    if text.upper() not in list_currencies():
        raise Invalid(N_("“%(text)s” is not a currency. Write its three letters, for example EUR."), text=text)
    return text.upper()


def _country(text: str) -> str:
    code = text.upper()
    if len(code) != 2 or code in _NO_COUNTRIES or code not in Locale("en").territories:
        raise Invalid(N_("“%(text)s” is not a country. Write its two letters, for example FR."), text=text)
    return code


def _plain(text: str) -> str:
    lines = (
        "".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cs")).strip() for line in text.splitlines()
    )
    plain = "\n".join(line for line in lines if line)
    if not plain or len(plain) > _LONGEST:
        raise Invalid(N_("Write between 1 and %(longest)s characters."), longest=str(_LONGEST))
    return plain
