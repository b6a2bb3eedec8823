"""Saying a core message to its reader: in his language, days and amounts written as he writes them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from babel.support import NullTranslations

from vault.domain.message import AMOUNTS, DAYS, Message


def say(message: Message | Mapping[str, Any] | str, spoken: NullTranslations, locale: Locale | str) -> str:
    """A message, its stored form ``{"text", "params"}``, or a text without parameters. Not escaped."""
    if isinstance(message, str):
        return str(spoken.ugettext(message))
    if isinstance(message, Mapping):
        message = Message(str(message.get("text", "")), message.get("params") or {})
    text = str(spoken.ugettext(message.text))
    params = {name: _written(name, value, locale) for name, value in message.params.items()}
    return text % params if params else text


def day(value: date | str | None, locale: Locale | str) -> str:
    """A calendar day; a string is ISO 8601 and comes back as it is when it names no day."""
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return str(value)
    return str(format_date(value, "medium", locale=locale)) if value else ""


def amount(value: str, locale: Locale | str) -> str:
    """A number with as many decimals as it was given; what is no number comes back as it is."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    decimals = max(0, -int(number.as_tuple().exponent))
    return str(format_decimal(number, f"#,##0.{'0' * decimals}" if decimals else "#,##0", locale=locale))


def _written(name: str, value: str, locale: Locale | str) -> str:
    if name in DAYS:
        return day(value, locale)
    return amount(value, locale) if name in AMOUNTS else value
