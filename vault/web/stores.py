"""Amazon's stores in the reader's language."""

from babel import Locale
from flask_babel import get_locale

from vault.services.register.accounts import MARKETPLACES

_ISO = {"UK": "GB"}  # Amazon writes UK where ISO 3166 writes GB


def store_choices() -> list[tuple[str, str]]:
    """Code and name of each store."""
    names = (get_locale() or Locale("en")).territories
    return [(code, names[_ISO.get(code, code)]) for code in MARKETPLACES]
