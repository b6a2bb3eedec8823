"""Postal addresses, made comparable: one order, no abbreviations, no accents."""

import re
from functools import cache

from babel import Locale

from vault.domain.addresses import parse_address
from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.domain.values import PostalAddress
from vault.linking.plain import plain_words

# How streets are shortened. "st" is a street only at the end of a line; before a name it is a saint.
_LONG = {
    "ave": "avenue", "av": "avenue", "avda": "avenida", "bd": "boulevard", "blvd": "boulevard", "bvd": "boulevard",
    "che": "chemin", "dr": "drive", "hwy": "highway", "ln": "lane", "pl": "place", "pkwy": "parkway", "rd": "road",
    "rte": "route", "ste": "suite", "apt": "apartment", "flr": "floor", "bldg": "building", "str": "strasse",
    "ctra": "carretera", "fbg": "faubourg", "imp": "impasse", "no": "", "nr": "", "num": "",
}  # fmt: skip
_NUMBER = re.compile(r"\d+[a-z]?")
_LANGUAGES = ("en", "fr", "de", "it", "es", "nl", "pl", "sv", "pt")
SEPARATOR = "|"


def normal_address(text: str, country: str = "") -> str:
    """``street words and number|postcode|town|country``; parts that are not known are empty.

    `country` is the account's, for an address that names none. Raises Invalid without a town or postcode.
    """
    lines, named = _without_country(text)
    land = named or country
    address = parse_address("\n".join(lines), land)
    if not address.postcode and named == "":  # perhaps it lies abroad
        address = parse_address("\n".join(lines))
    return normal_parts(_with_street(lines, address, land))


def normal_parts(address: PostalAddress) -> str:
    """The same of an address that is in parts already. Raises Invalid without a street, or without town and postcode."""
    street = _street(address.street)
    postcode = "".join(plain_words(address.postcode))
    city = " ".join(word for word in plain_words(address.city) if word != "cedex")
    if not street or not (postcode or city):
        raise Invalid(N_("Write the whole address: street and number, postcode and town, each on a line of its own."))
    return SEPARATOR.join((street, postcode, city, address.country.upper()))


def _with_street(lines: list[str], address: PostalAddress, country: str) -> PostalAddress:
    """Where no street was recognised, what stands before the town counts as one: a hamlet, a P.O. box."""
    street = address.street
    if not street:
        town = set(plain_words(address.city)) | set(plain_words(address.postcode))
        rest = [line for line in lines if not town & set(plain_words(line))]
        street = " ".join(rest)
    return PostalAddress(street, address.postcode, address.city, "", country)


def _street(text: str) -> str:
    words = plain_words(re.sub(r"(?i)str\.(?=\s|$|\d)", "strasse ", text))
    if len(words) > 1 and words[-1] == "st":
        words[-1] = "street"
    words = [word for word in (_LONG.get(word, word) for word in words) if word]
    if len(words) > 1 and _NUMBER.fullmatch(words[0]):  # 10 rue de la Paix, rue de la Paix 10
        words = [*words[1:], words[0]]
    return " ".join(words)


def _without_country(text: str) -> tuple[list[str], str]:
    lines = [line.strip(" ,;") for line in re.split(r"[\n;]|,\s", text) if line.strip(" ,;")]
    code = _countries().get(" ".join(plain_words(lines[-1])), "") if len(lines) > 1 else ""
    return (lines[:-1], code) if code else (lines, "")


@cache
def _countries() -> dict[str, str]:
    """Code of a country by its name in the languages of the stores, and by the code itself."""
    found = {"uk": "GB", "usa": "US"}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if re.fullmatch("[A-Z]{2}", str(code)) and code != "ZZ":
                found.setdefault(" ".join(plain_words(name)), str(code))
                found.setdefault(str(code).lower(), str(code))
    return found
