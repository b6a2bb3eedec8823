"""Language, and how dates, amounts and sizes are written."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, cast

from babel import Locale
from babel.dates import format_skeleton
from babel.support import NullTranslations
from flask import Flask, current_app, g, request
from flask_babel import (
    Babel,
    format_currency,
    format_date,
    format_datetime,
    format_decimal,
    format_number,
    format_time,
    get_locale,
    get_translations,
)
from flask_login import current_user

from vault.domain.message import Message
from vault.wording import saying

_KIBI = 1024


def init_i18n(app: Flask, time_zone: str) -> None:
    translations = Path(__file__).parent.parent / "translations"
    Babel(
        app,
        default_translation_directories=str(translations),
        default_timezone=time_zone,
        locale_selector=choose_language,
    )
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _translations().ugettext(text),
        ngettext=lambda one, many, count: _translations().ungettext(one, many, count),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = app.jinja_env.globals["gettext"]  # would else look for it by that name, each time
    app.add_template_filter(say)
    app.add_template_filter(day)
    app.add_template_filter(short_day)
    app.add_template_filter(moment)
    app.add_template_filter(exact_moment)
    app.add_template_filter(money)
    app.add_template_filter(amount)
    app.add_template_filter(count_of)
    app.add_template_filter(size)
    app.add_template_global(get_locale, "get_locale")


def languages() -> list[str]:
    """The languages that the product speaks, as locale codes."""
    babel = current_app.extensions["babel"].instance
    return sorted({str(locale) for locale in babel.list_translations()} | {"en"})


def language_choices() -> list[tuple[str, str]]:
    """Code and own name of each language."""
    return [(code, (Locale.parse(code).get_display_name() or code).capitalize()) for code in languages()]


def choose_language() -> str:
    """The signed-in person's language, else what the browser prefers."""
    if current_user and current_user.is_authenticated:
        return str(current_user.person.language)
    return request.accept_languages.best_match(languages(), "en")


def _locale() -> Locale:
    return get_locale() or Locale("en")


def _translations() -> NullTranslations:
    """The texts in the language of this answer, looked up once: a page says hundreds of them."""
    if "translations" not in g:
        g.translations = get_translations()
    return cast(NullTranslations, g.translations)


def say(message: Message | Mapping[str, Any] | str) -> str:
    """A core `Message` (or its stored form ``{"text", "params"}``) in the reader's language. Not yet escaped."""
    return saying.say(message, _translations(), _locale())


def day(value: date | str | None) -> str:
    """A calendar day; a string is ISO 8601 and comes back as it is when it names no day."""
    return saying.day(value, _locale())


def short_day(value: date) -> str:
    """Day and month, where the year is plain."""
    return str(format_skeleton("MMMd", value, locale=get_locale()))


def moment(value: datetime | None) -> str:
    """Day and time, to the minute."""
    return f"{format_date(value, 'medium')}, {format_time(value, 'short')}" if value else ""


def exact_moment(value: datetime) -> str:
    """Day and time, to the second."""
    return str(format_datetime(value, "medium"))


def money(value: str | Decimal | None, currency: str = "") -> str:
    """An amount with its currency; what is no number comes back as it was printed."""
    number = _number(value)
    if number is None:
        return str(value or "")
    return str(format_currency(number, currency) if currency else format_decimal(number, "#,##0.00"))


def amount(value: str | Decimal | int | None) -> str:
    """A number without a currency, e.g. a quantity."""
    number = _number(value)
    return str(value or "") if number is None else str(format_decimal(number))


def count_of(value: int) -> str:
    return str(format_number(value))


def size(value: int) -> str:
    """Bytes as a person says it: ``812 KB``."""
    if value < _KIBI:
        return f"{value} B"
    number = float(value)
    for unit in ("KB", "MB", "GB", "TB"):
        number /= _KIBI
        if number < _KIBI or unit == "TB":
            break
    return f"{format_decimal(number, '#,##0.#' if number < 10 else '#,##0')} {unit}"


def _number(value: str | Decimal | int | None) -> Decimal | None:
    try:
        return None if value is None else Decimal(value)
    except InvalidOperation:
        return None
