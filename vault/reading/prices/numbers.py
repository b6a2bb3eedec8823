"""Every number of a line of print, and what it is by itself: money, a rate, a day, a measure, a code, or any number.

1.234,56 and 1,234.56, 1 234,56 and 1'234.50, 1,23,456.00, 12,- and 12.–, a currency before or behind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

CURRENCY = (
    r"(?:(?<![A-Za-z])[A-Z]{1,2}\$|[€$£¥₹₺₽₩₪]|(?<![A-Za-z])(?:EUR|USD|GBP|CHF|PLN|SEK|DKK|NOK|ISK|CZK|HUF|RON|BGN|TRY|JPY|CNY"
    r"|RMB|CAD|AUD|NZD|SGD|HKD|MYR|INR|BRL|MXN|AED|EURO?S?|dollars?|pounds?|francs?|franken|zł|Kč|(?-i:[Kk]r|Ft|RM|Rs|Fr)|lei"
    r"|cents?|ct|centimes|centesimi|céntimos|pence)(?![a-zà-ÿ]))"
)
"""A currency as it stands beside an amount, to be put into a larger pattern that ignores case."""

_NUMBER = (
    r"(?:\d{1,3}(?:[.,'’´ \u00a0\u2009\u202f]\d{3})+(?!\d)(?:[.,]\d{1,4}(?!\d)|[.,][-–—]{1,2})?"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d{1,2})?(?!\d)"
    r"|\d+[.,]\d{1,6}(?!\d)|\d+[.,:][-–—]{1,2}|\d+[€£$]\d{2}(?!\d)|(?<![\d\w])[.,]\d{2}(?!\d)|\d+)"
)
_DAY = (
    r"(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.\s?(?:\d{4}|\d{2})(?!\d|[.,]\d)"
    r"|\d{1,2}(?P<slash>[/-])\d{1,2}(?P=slash)(?:\d{4}|\d{2})(?!\d)"
    r"|\d{4}(?P<dash>[/.-])\d{1,2}(?P=dash)\d{1,2}(?!\d)|\d{1,2}:\d{2}(?::\d{2})?(?!\d)"
)
_SIZE = (
    r"(?:kg|gr|mg|lt|ltr|ml|cl|cm|mm|km|µm|nm|m[²³23]|cm[²³23]|qm|kw|kwh|mah|ah|hz|khz|mhz|ghz|gb|tb|mb|kb|bar|db|lm"
    r"|(?-i:[gtlmhLWVK])|°c?|″|”|\"|''|inch(?:es)?|zoll|pouces|pulgadas|pollici|oz|fl|lbs?|ft|yd|dpi|px|mp|uhr|min|sec|sek|am|pm)"
)
_COUNT = (
    r"(?:st|stk|stck|stücke?|pcs?|pieces?|pi[eè]ces?|pz|pezzi|pezzo|uds?|unidades|unit[sé]?|units|unités|unità|er|tlg|teilig|pack|paar"
    r"|x|×|packs?|boxes|karton|cartons?|colli|tage?n?|days?|jours?|giorni|d[ií]as|wochen|weeks?|semaines|monate?n?|months?"
    r"|mois|mesi|meses|jahre?n?|years?|ans|anni|años|seiten?|pages?|pagine?|p[aá]ginas?)"
)
_BEFORE = re.compile(rf"{CURRENCY}(?:\s?/\s?[^\W\d]+)?[\s.:_]{{0,3}}[-−–+(]?\s?$", re.IGNORECASE)
_AFTER = re.compile(rf"\s?[-−–]?\)?\s?[\"'*]?\s?{CURRENCY}", re.IGNORECASE)
_PER = re.compile(r"\s?/\s?[^\W\d]", re.IGNORECASE)
_RATE = re.compile(r"\s?(?:%|v\.\s?h\.|percent|prozent|pour ?cent)", re.IGNORECASE)
_RATE_BEFORE = re.compile(r"(?<!\d)(?<!\d\s)%\s?$")
_MEASURE = re.compile(rf"\s?{_SIZE}(?![^\W_])", re.IGNORECASE)
_PIECES = re.compile(rf"[\s-]?{_COUNT}(?![^\W_])", re.IGNORECASE)
_ACROSS = re.compile(rf"\s?[x×]\s?(?:\d+(?:[.,]\d+)?\s?[x×]\s?)?\d+(?:[.,]\d+)?\s?{_SIZE}(?![^\W_])", re.IGNORECASE)
_TOKEN = re.compile(rf"(?P<day>(?<![\w.,/:-])(?:{_DAY}))|(?P<number>{_NUMBER})")
_PARTS = re.compile(r"\d{3}([.,])\d{3}\1\d{4}")
"""A phone number: an amount has another mark before its decimals than between its thousands."""
_LETTERS = re.compile(r"[^\W\d_]")
_VERSION = re.compile(r"(?<![^\W\d_])(?![xX×])[^\W\d_]$|\d[.,_']$")
_TIMES = re.compile(r"(?:^|[\s\d])[x×]$")
_BESIDE = 80
"""So many characters on either side tell what a number is: in a row that a stranger made endless, all would for each."""
_LONG = 7
"""Digits in a row: as no amount has them."""


class Kind(StrEnum):
    """NAMED: beside a currency. MONEY: printed as amounts are. GROUPED: thousands set apart, no decimals.

    DAY: a date or a time. SIZE: with a unit of measure. PIECES: with a unit that is counted, or days. CODE: part of a
    number that is no amount.
    """

    NAMED = "named"
    MONEY = "money"
    GROUPED = "grouped"
    PLAIN = "plain"
    RATE = "rate"
    DAY = "day"
    SIZE = "size"
    PIECES = "pieces"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Number:
    """The characters `start` … `end` of a text. `values`: what it can mean; a lone mark may be decimal or grouping."""

    start: int
    end: int
    kind: Kind
    values: frozenset[Decimal]
    decimals: int

    @property
    def is_whole(self) -> bool:
        return self.decimals == 0


def find_numbers(text: str) -> Iterator[Number]:
    """The numbers of a text from left to right."""
    for match in _TOKEN.finditer(text):
        if match["day"]:
            yield Number(match.start(), match.end(), Kind.DAY, frozenset(), 0)
            continue
        number = match["number"]
        yield Number(match.start(), match.end(), _kind(text, match), _values(number), _decimals(number))


def _kind(text: str, match: re.Match[str]) -> Kind:
    number, start, end = match["number"], match.start(), match.end()
    before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    if re.search(r"\d[€£$]\d", number) or _BEFORE.search(before) or _AFTER.match(after):
        return Kind.NAMED
    if _RATE.match(after) or _RATE_BEFORE.search(before):
        return Kind.RATE
    decimals = _decimals(number)
    if _PARTS.fullmatch(number) or _is_within_code(before, after, decimals):
        return Kind.CODE
    if _MEASURE.match(after) or _ACROSS.match(after):
        return Kind.SIZE
    if _PER.match(after) and decimals:
        return Kind.NAMED
    if (
        decimals in (2, 4)
        or number[-1] in "-–—"
        or (decimals and not number.replace(number[-decimals - 1], "", 1).isdigit())
    ):
        return Kind.MONEY
    if _PIECES.match(after):
        return Kind.PIECES
    if number.isdigit():
        return Kind.CODE if len(number) >= _LONG or (number.startswith("0") and len(number) > 1) else Kind.PLAIN
    return Kind.PLAIN if decimals else Kind.GROUPED


def _is_within_code(before: str, after: str, decimals: int) -> bool:
    """Letters or further digits hang on it: ``B0TEST12``, ``302-1234567``, ``12/2024``.

    What has the decimals of an amount is one all the same, but for a version (``V2.10``) and a number in several parts.
    """
    if decimals in (2, 4):
        return _VERSION.search(before) is not None or re.match(r"[.,']\d|_", after) is not None
    hangs_on = re.search(r"\d[-/.:,_'+]$|[^\W\d][-_/]?$|\+$", before) is not None and not _TIMES.search(before)
    letters = _LETTERS.match(after)
    glued = letters is not None and not any(each.match(after) for each in (_MEASURE, _PIECES, _PER))
    return hangs_on or glued or re.match(r"[-/:_][^\W_]|[.,']\d|_", after) is not None


def _decimals(number: str) -> int:
    """Digits behind the decimal mark; a dash for them counts as two, a lone group of three as none."""
    if number[-1] in "-–—" or re.search(r"\d[€£$]\d", number):
        return 2
    mark = max(number.rfind("."), number.rfind(","))
    if mark < 0:
        return 0
    tail, whole = len(number) - mark - 1, number[:mark]
    is_group = tail == 3 and not whole.startswith("0") and len(re.split(r"\D", whole)[0]) in (1, 2, 3)
    return 0 if is_group else tail


def _values(number: str) -> frozenset[Decimal]:
    digits = re.sub(r"\D", "", number)
    if not digits or len(digits) > 18:
        return frozenset()
    if number[-1] in "-–—":
        return frozenset({Decimal(digits)})
    last = max(number.rfind(mark) for mark in ".,€£$")
    tail = len(number) - last - 1 if last >= 0 else 0
    found = {Decimal(digits).scaleb(-tail)}
    if tail == 3 or _decimals(number) == 0:
        found.add(Decimal(digits))
    return frozenset(found)
