"""Words and shapes that give an address away: legal forms, streets, postcodes with their towns, countries."""

import re

from vault.reading.understand.phrasebook import load_vocabulary
from vault.reading.understand.vocabulary import fold

COUNTRIES = load_vocabulary("countries", str)
LEGAL_FORMS = load_vocabulary("legal_forms", str)
REGIONS = load_vocabulary("regions", str)
STREETS = load_vocabulary("streets", str)

_SHARED = "any"
_WEAK_FORMS = frozenset(
    {"di", "as", "co", "sa", "kg", "spa", "company", "trading", "enterprise", "bhd", "sdn", "ag", "eg", "inc"}
    | {"a s", "s b", "son bhd", "s a", "e v", "a g"}
)
"""Forms that are ordinary words or abbreviations too: they count only at the end of a name, with a capital."""

_STREET_SUFFIX = re.compile(
    r"\w{2,}(?:strasse|stra[bf]e|str\.?|weg|platz|allee|gasse|ring|damm|ufer|straat|laan|plein|kade|gracht|dijk|hof|vej)"
    r"\b\.?,? *\d*"
)
_NUMBERED = re.compile(
    r"^(?:no|lot|unit)\b[.:\s]*[a-z0-9\-]*\d|^(?:no|nr|lot|unit|suite)?[.:\s]*\d{1,5}[a-z]?(?:[\-/&, ]{1,3}\d{1,4}[a-z]?)*[,\s]+[a-z]{3,}"
    r"|^[a-z'.\- ]{4,40},? \d{1,4} ?[a-z]?(?:[\-/]\d{1,4})?$"
)
_NOT_A_STREET = re.compile(
    r"\b(?:page|seite|invoice|total|tel|fax|table|cashier|no of|qty|days|tage|pieces|pcs|nr|member|counter|items?|copy"
    r"|order|hrs|nummer|number)\b"
)

_TOWN = r"[A-ZÀ-Þ][\w.'’\-]+"
_STATES = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]"
    r"|California|Texas|Florida|New York|Illinois|Ohio|Georgia|Virginia|Washington|Massachusetts|Pennsylvania|Michigan"
    r"|New Jersey)"
)
_POSTCODES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("GB", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b")),
    ("NL", re.compile(rf"\b\d{{4}}\s?[A-Z]{{2}}\s+{_TOWN}")),
    ("CA", re.compile(r"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b")),
    ("US", re.compile(rf"(?:^|[\s,]){_STATES}\.?,?\s+\d{{5}}(?:-\d{{4}})?(?!\d)")),
    ("PT", re.compile(rf"\b\d{{4}}-\d{{3}}\s+{_TOWN}")),
    ("PL", re.compile(rf"\b\d{{2}}-\d{{3}}\s+{_TOWN}")),
    ("", re.compile(rf"^(?:[A-Z]{{1,3}}[\s\-])?\d{{5}},?\s?{_TOWN}|[,\s](?:[A-Z]{{1,3}}-)?\d{{5}},?\s+{_TOWN}")),
    ("", re.compile(rf"^(?:[A-Z]{{1,3}}[\s\-])?\d{{4}}\s+{_TOWN}")),
    ("SG", re.compile(r"\b[Ss]ingapore\s+\d{6}\b|\bS\(\d{6}\)")),
    ("SE", re.compile(rf"^\d{{3}}\s\d{{2}}\s+{_TOWN}")),
    ("CN", re.compile(r"\b\d{6}\b.*\bChina\b|\bChina\b.*\b\d{6}\b")),
    ("IN", re.compile(rf"{_TOWN}\s?[\-–]\s?\d{{6}}\b")),
)  # fmt: skip
_STRASSE = re.compile(r"\w(?:strasse|str\.|platz|allee|weg)(?:\s?\d|$)")


def has_street(text: str) -> bool:
    """Does the line name a street, a building or a box, or begin or end with a house number?"""
    plain = fold(text)
    if _NOT_A_STREET.search(plain):
        return False
    if _NUMBERED.search(plain):
        return True
    return len(plain) > 5 and bool(STREETS.find(plain) or _STREET_SUFFIX.search(plain))


def postcode_country(text: str) -> str | None:
    """None without a postcode beside a town; else the country whose shape it has, "" where several share it.

    ``4039 Harbor Boulevard`` looks like a postcode and a town but for the word for a street.
    """
    if not any(letter.isdigit() for letter in text):
        return None
    found = next((country for country, shape in _POSTCODES if shape.search(text)), None)
    return None if found == "" and text[0].isdigit() and STREETS.find(text) else found


def country_named(text: str) -> str | None:
    """The country that the line names and (almost) nothing else, or that it ends with."""
    found = COUNTRIES.find(text)
    if not found or len(text) - found[-1].end > 2:
        return None
    if fold(text[found[-1].start : found[-1].end]) in ("uk",) and not text[found[-1].start :].isupper():
        return None
    return found[-1].meaning


def is_country(text: str) -> bool:
    """Nothing but the name of a country (or two names of it)."""
    found = COUNTRIES.find(text)
    return bool(found) and sum(each.end - each.start for each in found) >= len(text.strip(" .,()/")) - 3


def region_country(text: str) -> str | None:
    """The country of a region or large town that the line names."""
    found = REGIONS.find(text)
    return found[0].meaning if found else None


def legal_form(text: str) -> str | None:
    """The country of the legal form in a company name ("" where several share it); None without a legal form."""
    for phrase in reversed(LEGAL_FORMS.find(text)):
        printed = text[phrase.start : phrase.end]
        plain = " ".join(re.findall(r"\w+", fold(printed)))
        at_end = len(text) - phrase.end < 4 or not text[phrase.end :].strip(" .,)&").split(" ")[0].isalpha()
        if plain not in _WEAK_FORMS or (at_end and phrase.start > 2 and (printed[:1].isupper())):
            return "" if phrase.meaning == _SHARED else phrase.meaning
    return None


def is_legal_form(text: str) -> bool:
    """Nothing but a legal form, as left over when a name is wrapped."""
    found = LEGAL_FORMS.find(text)
    return bool(found) and found[0].start < 3 and len(text.strip(" .,&")) - found[0].end < 2


def street_country(text: str) -> str | None:
    """The country whose words for streets the text uses."""
    told = next((phrase.meaning for phrase in STREETS.find(text) if phrase.meaning != _SHARED), None)
    return told or ("DE" if _STRASSE.search(fold(text)) else None)
