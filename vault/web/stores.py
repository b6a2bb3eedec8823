"""Amazon's stores in the reader's language."""

from babel import Locale
from flask_babel import get_locale

from vault.services.register.accounts import MARKETPLACES

_ISO = {"UK": "GB"}  # Amazon writes UK where ISO 3166 writes GB


def store_choices() -> list[tuple[str, str]]:
    """Code and name of each store."""
    return [(code, store_name(code)) for code in MARKETPLACES]


def store_name(code: str) -> str:
    """``France``; a code that is not known stays as it is."""
    return str((get_locale() or Locale("en")).territories.get(_ISO.get(code, code), code))
