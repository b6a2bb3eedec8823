"""Templates that are filled in outside of a request: in the language of whoever is going to read the result."""

from babel.dates import format_date
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from vault.wording.saying import day
from vault.wording.template_folder import template_folder


def translations(language: str) -> NullTranslations:
    """What is known in `language` (ISO 639-1); texts that are not translated stay English."""
    return Translations.load(str(template_folder().parent / "vault" / "translations"), [language])


def environment(language: str) -> Environment:
    """Templates with gettext, and the filters `day`, `month`, `figure` and `line`. HTML is escaped."""
    made = Environment(
        loader=FileSystemLoader(template_folder()),
        extensions=["jinja2.ext.i18n"],
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters["day"] = lambda value: day(value, language)
    made.filters["month"] = lambda value: format_date(value, "LLLL yyyy", locale=language)
    made.filters["figure"] = lambda value: format_decimal(value, locale=language)
    made.filters["line"] = line
    return made


def line(text: str) -> str:
    """What a stranger may have written, on one line and without control characters."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
