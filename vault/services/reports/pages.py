"""A report as a page that stands by itself, in a language, for a file or for the printer."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal
from jinja2 import Environment

from vault.domain.message import N_
from vault.services.reports.reports import OpenReport
from vault.services.reports.signing import Signature
from vault.services.reports.view import view_of
from vault.services.vault import Vault
from vault.wording.environment import environment, translations
from vault.wording.saying import day, say

_TITLE = N_("Compliance report of %(month)s")


def page_of(vault: Vault, opened: OpenReport, signature: Signature | None, language: str) -> str:
    """HTML that holds all it needs. The same report gives the same bytes. `signature`: that which is to be shown."""
    template = _environment(language, vault.settings.time_zone).get_template("reports/alone.html")
    return template.render(**view_of(opened, signature), language=language, title=title_of(opened, language))


def title_of(opened: OpenReport, language: str) -> str:
    month = str(format_skeleton("yMMMM", opened.report.month, locale=language))
    return str(translations(language).ugettext(_TITLE)) % {"month": month}


def _environment(language: str, time_zone: str) -> Environment:
    """With the filters that the pages have, which say things in the same way."""
    made, zone, spoken = environment(language), ZoneInfo(time_zone), translations(language)
    made.globals["with_links"] = False
    made.filters["say"] = lambda message: say(message, spoken, language)
    made.filters["day"] = lambda value: day(value, language)
    made.filters["moment"] = lambda value: _moment(value, zone, language)
    made.filters["short_day"] = lambda value: format_skeleton("MMMd", value, locale=language)
    made.filters["month_name"] = lambda value: format_skeleton("yMMMM", value, locale=language)
    made.filters["short_month"] = lambda value: format_date(value, "LLL", locale=language)
    made.filters["count_of"] = lambda value: format_decimal(value, locale=language)
    return made


def _moment(value: datetime, zone: ZoneInfo, language: str) -> str:
    return str(format_datetime(value, "medium", tzinfo=zone, locale=language))
