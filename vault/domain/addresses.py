"""Taking printed addresses apart, as far as judging them needs: street, postcode, town, country, P.O. box."""

import re

from vault.domain.values import PostalAddress

_FIVE = r"\d{5}"
_FOUR = r"\d{4}"
# Postcodes as printed, by country; other countries fall back on `_ANY_POSTCODE`. Source: UPU addressing pages.
_POSTCODES = {
    "AT": _FOUR, "BE": _FOUR, "CH": _FOUR, "DK": _FOUR, "LU": _FOUR, "NO": _FOUR, "HU": _FOUR, "AU": _FOUR,
    "DE": _FIVE, "FR": _FIVE, "IT": _FIVE, "ES": _FIVE, "FI": _FIVE, "MY": _FIVE, "TR": _FIVE, "HR": _FIVE,
    "US": r"\d{5}(?:-\d{4})?",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
    "NL": r"\d{4} ?[A-Z]{2}",
    "PL": r"\d{2}-\d{3}",
    "PT": r"\d{4}-\d{3}",
    "SE": r"\d{3} ?\d{2}", "CZ": r"\d{3} ?\d{2}", "SK": r"\d{3} ?\d{2}", "GR": r"\d{3} ?\d{2}",
    "IE": r"[A-Z]\d[\dW] ?[A-Z\d]{4}",
    "CA": r"[A-Z]\d[A-Z] ?\d[A-Z]\d",
    "JP": r"\d{3}-\d{4}",
    "CN": r"\d{6}", "IN": r"\d{3} ?\d{3}", "SG": r"\d{6}",
    "KR": _FIVE, "TW": r"\d{3}(?:\d{2,3})?",
}  # fmt: skip
_ANY_POSTCODE = "|".join(
    (
        r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}",
        r"\d{2}-\d{3}",
        r"\d{4}-\d{3}",
        r"\d{4} ?[A-Z]{2}(?![A-Za-z])",
        r"\d{4,6}(?:-\d{4})?",
    )
)
# Places whose addresses carry no postcode.
_WITHOUT_POSTCODE = frozenset({"HK", "AE", "QA", "MO"})

_PO_BOX = re.compile(
    r"(?i)\b(?:p\.? ?o\.? ?box|post office box|postfach|bo[iî]te postale|b\.?p\.? \d+|casella postale|c\.?p\.? \d+"
    r"|apartado(?: de correos)?|postbus)\b"
)
_HOUSE_NUMBER = re.compile(r"\d")
_STREET_WORD = re.compile(
    r"(?i)(?:stra(?:ß|ss)e|str\.|weg\b|platz\b|allee\b|gasse\b|\brue\b|\bavenue\b|\bboulevard\b|\broute\b|\bchemin\b|\bplace\b|\bquai\b"
    r"|\bvia\b|\bviale\b|\bpiazza\b|\bcorso\b|\bcalle\b|\bc/|\bavda\b|\bavenida\b|\bplaza\b|\bpol[ií]gono\b|\bpaseo\b"
    r"|\bstreet\b|\broad\b|\blane\b|\bdrive\b|\bcourt\b|\bpark\b|\bestate\b|\bhouse\b|\bsquare\b|\bway\b|\bblvd\b|\bst\b|\brd\b|\bave\b"
    r"|straat\b|laan\b|\bjalan\b|\bjln\b|\blorong\b|\btaman\b|\bul\.|\bzone\b|\bz\.?[iac]\.?\b|\bunit\b|\bsuite\b|\bfloor\b)"
)


def parse_address(printed: str, country: str = "") -> PostalAddress:
    """The parts of an address printed as lines (joined by ``\\n``); parts that are not there stay empty.

    `country` is ISO 3166-1 alpha-2 where it is known from elsewhere. A P.O. box does not count as a street.
    """
    lines = [line.strip(" ,;·|") for line in re.split(r"[\n;]|,\s(?=\S)", printed) if line.strip(" ,;·|")]
    pattern = re.compile(rf"(?<![\w-])(?:[A-Z]{{1,2}}-)?({_POSTCODES.get(country, _ANY_POSTCODE)})(?![\w-])")
    at, found = _postcode_line(lines, pattern)
    street = _street(lines, at)
    if found is None:
        return PostalAddress(street=street, city=_city_without_postcode(lines, street, country), country=country)
    return PostalAddress(street=street, postcode=found.group(1), city=_city(lines, at, found), country=country)


def needs_postcode(country: str) -> bool:
    """False for the few places whose addresses carry none."""
    return country not in _WITHOUT_POSTCODE


def is_po_box_only(printed: str, address: PostalAddress) -> bool:
    """True when the address names a P.O. box and no street."""
    return bool(_PO_BOX.search(printed)) and not address.street


def _postcode_line(lines: list[str], pattern: re.Pattern[str]) -> tuple[int, re.Match[str] | None]:
    # From the end: a house number of five digits stands above the postcode, not below it. The line after a comma
    # split may hold the postcode alone.
    for at in range(len(lines) - 1, -1, -1):
        found = list(pattern.finditer(lines[at]))
        if found and not _PO_BOX.search(lines[at]):
            return at, found[-1]
    return -1, None


def _street(lines: list[str], postcode_at: int) -> str:
    candidates = [line for at, line in enumerate(lines) if at != postcode_at and not _PO_BOX.search(line)]
    if postcode_at >= 0:
        candidates = [line for line in candidates if lines.index(line) < postcode_at] or candidates
    for line in candidates:
        if _STREET_WORD.search(line) or (_HOUSE_NUMBER.search(line) and re.search(r"[^\W\d_]{3}", line)):
            return line
    if postcode_at >= 0:
        return _street_before_postcode(lines[postcode_at])
    return ""


def _street_before_postcode(line: str) -> str:
    # "12 High Street Leeds LS1 4AP" on one line
    words = _STREET_WORD.search(line)
    return line if words and _HOUSE_NUMBER.search(line[: words.end()]) else ""


def _city(lines: list[str], at: int, found: re.Match[str]) -> str:
    line = lines[at]
    for part in (line[found.end() :], line[: found.start()]):
        name = part.split("(")[0].strip(" ,-–)")
        if re.search(r"[^\W\d_]{2}", name):
            return name
    for beside in (at - 1, at + 1):
        if 0 <= beside < len(lines) and not _HOUSE_NUMBER.search(lines[beside]):
            return lines[beside]
    return ""


def _city_without_postcode(lines: list[str], street: str, country: str) -> str:
    rest = [line for line in lines if line != street and not _PO_BOX.search(line) and not _HOUSE_NUMBER.search(line)]
    return rest[0] if rest and (len(rest) > 1 or country) else ""
