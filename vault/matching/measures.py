"""Sizes and pack counts in a text: "2 GB", "500 ml", "15,6 Zoll", "lot de 6", each in one unit for its dimension."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

# unit -> (dimension, how many of the dimension's base unit it is). Base units: GB, ml, g, mm, W, V, mAh, Hz, MP.
_UNITS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        **dict.fromkeys(("gb", "go", "gig", "gbyte", "gigabyte", "gigabytes"), ("memory", 1.0)),
        **dict.fromkeys(("mb", "mo", "megabyte", "megabytes"), ("memory", 0.001)),
        **dict.fromkeys(("tb", "to", "terabyte", "terabytes"), ("memory", 1000.0)),
        **dict.fromkeys(("ml", "millilitre", "milliliter"), ("volume", 1.0)),
        "cl": ("volume", 10.0),
        "dl": ("volume", 100.0),
        **dict.fromkeys(("l", "ltr", "liter", "litre", "litres", "litri", "litros"), ("volume", 1000.0)),
        "mg": ("mass", 0.001),
        **dict.fromkeys(("g", "gr", "gramm", "grammes", "grammi", "gramos"), ("mass", 1.0)),
        **dict.fromkeys(("kg", "kilo", "kilos"), ("mass", 1000.0)),
        **dict.fromkeys(("lb", "lbs", "pound", "pounds"), ("mass", 453.6)),
        **dict.fromkeys(("oz", "ounce", "ounces"), ("ounce", 1.0)),
        "mm": ("length", 1.0),
        "cm": ("length", 10.0),
        **dict.fromkeys(("m", "meter", "metre", "metres", "metri", "metros"), ("length", 1000.0)),
        **dict.fromkeys(("in", "inch", "inches", "zoll", "pouce", "pouces", "pollici", "pulgadas"), ("length", 25.4)),
        **dict.fromkeys(("ft", "foot", "feet"), ("length", 304.8)),
        **dict.fromkeys(("w", "watt", "watts"), ("power", 1.0)),
        "kw": ("power", 1000.0),
        **dict.fromkeys(("v", "volt", "volts"), ("voltage", 1.0)),
        "mah": ("charge", 1.0),
        "ah": ("charge", 1000.0),
        "hz": ("frequency", 1.0),
        "mhz": ("frequency", 1e6),
        "ghz": ("frequency", 1e9),
        **dict.fromkeys(("mp", "megapixel", "megapixels", "mpix"), ("pixels", 1.0)),
    }
)
_NUMBER = r"(\d{1,5}(?:[.,]\d{1,3})?)"
_SIZE = re.compile(_NUMBER + r"\s?-?\s?(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")(?![a-z0-9])")
_INCH_MARK = re.compile(r"(?<=\d)\s?(?:\"|''|”|″|′′)")
_BETWEEN = re.compile(r"(?<=\d)\s?x\s?(?=\d)")
_PACK_WORD = (
    r"(?:packs?|pk|pck|pieces?|pcs|pce|count|ct|set|sets|stuck|stk|pezzi|pz|unidades|uds|unites|rouleaux|rollen)"
)
_PACKS = (
    re.compile(r"(?<![\d.,])(\d{1,3})\s?(?:-|/|er[ -]?)?\s?" + _PACK_WORD + r"(?![a-z])"),
    re.compile(
        r"(?:pack|lot|set|box|paquete|confezione|packung|jeu|boite|pacco|juego)\s(?:of|de|da|von|di|a)?\s?(\d{1,3})(?![\d.,a-z])"
    ),
    re.compile(r"(?<![a-z0-9.,])(\d{1,3})\s?x\s?(?=\d+(?:[.,]\d+)?\s?(?:[cdm]?l|[km]?g|gr|oz)\b)"),
    re.compile(r"(?<![a-z0-9])(?<!\d )x\s?(\d{1,3})(?![\d.,a-z])"),
)
TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of a text: values by dimension in its base unit, one word for each, and the text around them.

    `words` maps a word that is the same however the size is written ("volume500") to the number printed.
    """

    values: Mapping[str, frozenset[float]]
    words: Mapping[str, str]
    rest: str


def sizes(folded: str) -> Sizes:
    """Takes the sizes out of a folded text."""
    found: dict[str, set[float]] = defaultdict(set)
    named: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        dimension, factor = _UNITS[match.group(2)]
        number = match.group(1).replace(",", ".")
        value = round(float(number) * factor, 4)
        found[dimension].add(value)
        named[f"{dimension}{value:g}"] = number.removesuffix(".0")
        return " "

    rest = _SIZE.sub(take, _BETWEEN.sub(" x ", _INCH_MARK.sub(" inch ", folded)))
    return Sizes({dimension: frozenset(values) for dimension, values in found.items()}, named, rest)


def packs(folded: str) -> frozenset[int]:
    """The pack counts a folded text names; a count of one says nothing and is left out."""
    counts = {int(count) for pattern in _PACKS for count in pattern.findall(folded)}
    return frozenset(counts - {0, 1})


def same_size(left: float, right: float) -> bool:
    """Equal up to rounding (15.6 inch is 39.6 cm)."""
    return abs(left - right) <= TOLERANCE * max(left, right)
