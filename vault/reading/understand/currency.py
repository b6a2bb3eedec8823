"""The currency of a document: signs, codes and names, and what they mean in which country."""

import re
from collections.abc import Mapping

from vault.reading.understand.vocabulary import fold

CURRENCY_PATTERN = (
    r"(?:US|CA?|AU?|S|NZ|HK|R)\$|\$|€|£|¥|₹|zł|Kč|"
    r"(?<![A-Za-z])(?:EUR[OS]?|USD|GBP|CHF|CAD|AUD|NZD|SGD|HKD|MYR|RM|JPY|CNY|RMB|SEK|NOK|DKK|PLN|CZK|HUF|BRL|INR|Fr\.|kr)"
)
"""As it stands beside an amount, to be put into a larger pattern."""

_CODES: Mapping[str, str] = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR", "£": "GBP", "us$": "USD", "c$": "CAD", "ca$": "CAD",
    "a$": "AUD", "au$": "AUD", "s$": "SGD", "nz$": "NZD", "hk$": "HKD", "r$": "BRL", "rm": "MYR", "₹": "INR",
    "zł": "PLN", "kč": "CZK", "rmb": "CNY", "fr.": "CHF",
}  # fmt: skip
_DOLLARS: Mapping[str, str] = {
    "CA": "CAD",
    "AU": "AUD",
    "NZ": "NZD",
    "SG": "SGD",
    "HK": "HKD",
    "MY": "MYR",
    "MX": "MXN",
}
_CROWNS: Mapping[str, str] = {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"}
_YENS: Mapping[str, str] = {"CN": "CNY"}
_HOME: Mapping[str, str] = {
    **dict.fromkeys(("DE", "FR", "IT", "ES", "AT", "BE", "NL", "PT", "IE", "LU", "FI", "GR"), "EUR"),
    "US": "USD", "GB": "GBP", "CH": "CHF", "MY": "MYR", "CA": "CAD", "AU": "AUD", "SG": "SGD", "PL": "PLN",
    "SE": "SEK", "DK": "DKK", "NO": "NOK", "CN": "CNY", "JP": "JPY",
}  # fmt: skip
ISO_CODE = re.compile(
    r"(?<![A-Za-z])(EUR|USD|GBP|CHF|CAD|AUD|NZD|SGD|HKD|MYR|JPY|CNY|SEK|NOK|DKK|PLN|CZK|HUF|BRL|INR)(?![A-Za-z])"
)


def code_of(printed: str) -> str | None:
    """The ISO code of a printed sign; signs that several countries share are returned as they are ($, kr, ¥)."""
    sign = fold(printed) if printed.isascii() else printed.lower()
    if not sign:
        return None
    return _CODES.get(sign, sign if sign in ("$", "kr", "¥") else printed.upper())


def settle(sign: str, country: str | None) -> str:
    """The ISO code that a shared sign means in a country."""
    if sign == "$":
        return _DOLLARS.get(country or "", "USD")
    if sign == "kr":
        return _CROWNS.get(country or "", "SEK")
    if sign == "¥":
        return _YENS.get(country or "", "JPY")
    return sign


def home_currency(country: str | None) -> str | None:
    """What a country pays with; a guess to fall back on."""
    return _HOME.get(country or "")
