"""What a line or a product says about itself, taken apart once so that two of them can be compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from vault.domain.products import Product
from vault.matching.lexicon import lexicon
from vault.matching.measures import packs, sizes
from vault.matching.text import codes, compact, fold, looks_like_code, words

# The attributes that are prose about the product, whatever a catalogue calls them.
_PROSE = ("description", "item-description", "features", "details")
_PRICE = ("price", "unit_price", "your-price")
# A description says what matters first; the rest is only noise and time.
LONGEST_PROSE = 600
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ROMAN = MappingProxyType(
    {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}
)
SHORTEST_MODEL = 3


@dataclass(frozen=True)
class Profile:
    """One side of a comparison. All texts are folded; `model` is compact. `price` is 0 when unknown."""

    text: str
    brand: str
    model: str
    prose: str
    price: float

    @classmethod
    def of(cls, product: Product) -> "Profile":
        """The profile of a product, or of a line that is described like one."""
        return cls(
            text=fold(product.title),
            brand=fold(product.brand).strip(),
            model=_model(product.model),
            prose=fold(_first(product.attributes, _PROSE)[:LONGEST_PROSE]),
            price=_price(_first(product.attributes, _PRICE)),
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the text in its order, translated to the lexicon's, each once."""
        return tuple(dict.fromkeys(lexicon().translate(words(self.text))))

    @cached_property
    def word_set(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def all_words(self) -> frozenset[str]:
        """The words of text, brand and prose."""
        return self.word_set.union(lexicon().translate(words(self.prose)), lexicon().translate(words(self.brand)))

    @cached_property
    def brand_words(self) -> frozenset[str]:
        return frozenset(words(self.brand))

    @cached_property
    def compact(self) -> str:
        """The text without anything but letters and digits."""
        return compact(self.text)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Article and model numbers named in the text or given beside it."""
        named = frozenset(codes(self.text))
        return named | {self.model} if self.model else named

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Short numbers, alone or in a short word: versions, years, sizes ("2007", "6.0" and "v6" give "6")."""
        return frozenset(number for word in self.text.split() for number in _numbers(word))

    @cached_property
    def sizes(self) -> Mapping[str, frozenset[float]]:
        return sizes(self.text)

    @cached_property
    def packs(self) -> frozenset[int]:
        return packs(self.text)

    @cached_property
    def colours(self) -> frozenset[str]:
        return lexicon().colours & self.word_set


def _numbers(word: str) -> list[str]:
    if word.strip(",.;:!()") in _ROMAN:
        return [_ROMAN[word.strip(",.;:!()")]]
    found = _NUMBER.findall(word.replace(",", "."))
    return [number.removesuffix(".0").lstrip("0") or "0" for number in found if len(number) < 5]


def _model(text: str) -> str:
    """A model number is a code, or at least has a digit: a placeholder ("n/a", "unknown") is none."""
    joined = compact(text)
    if looks_like_code(joined) or (len(joined) >= SHORTEST_MODEL and any(char.isdigit() for char in joined)):
        return joined
    return ""


def _first(attributes: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((attributes[name] for name in names if attributes.get(name)), "")


def _price(text: str) -> float:
    digits = "".join(char for char in text.replace(",", ".") if char.isdigit() or char == ".")
    try:
        return float(digits)
    except ValueError:
        return 0.0
