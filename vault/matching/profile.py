"""What a line or a product says about itself, taken apart once so that two of them can be compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from vault.domain.products import Product
from vault.matching.lexicon import lexicon
from vault.matching.measures import Sizes, packs, sizes
from vault.matching.text import codes, compact, fold, leading_code, looks_like_code, words, words_and_codes

# The attributes that are prose about the product, whatever a catalogue calls them.
_PROSE = ("description", "item-description", "features", "details")
_PRICE = ("price", "unit_price", "your-price")
# A description says what matters first; the rest is only noise and time.
LONGEST_PROSE = 600
# Amazon's titles end at 200 characters; what a page of misread text says is not a line.
LONGEST_TEXT = 500
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ROMAN = MappingProxyType(
    {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}
)
SHORTEST_MODEL = 3


@dataclass(frozen=True, slots=True)
class Profile:
    """One side of a comparison. `text` and `brand` are folded; `model` is compact; `price` is 0 when unknown."""

    text: str
    compact: str  # the text without anything but letters and digits
    brand: str
    model: str
    price: float
    words: tuple[str, ...]  # of the text, translated to the lexicon's, a word for each size, each once
    printed_words: frozenset[str]  # the words of the text as they stand there
    word_set: frozenset[str]
    all_words: frozenset[str]  # of text, brand and description
    brand_words: frozenset[str]
    codes: frozenset[str]  # article and model numbers, in the text or given beside it
    leading_code: str  # the one the text begins with, if it does
    numbers: frozenset[str]  # short ones: versions, years, sizes ("2007", "6.0" and "v6" give "6")
    sizes: Sizes
    packs: frozenset[int]
    colours: frozenset[str]

    @classmethod
    def of(cls, product: Product) -> "Profile":
        """The profile of a product, or of a line that is described like one."""
        text, brand, model = fold(product.title[:LONGEST_TEXT]), fold(product.brand).strip(), _model(product.model)
        described = sizes(fold(_first(product.attributes, _PROSE)[:LONGEST_PROSE]))
        translate = lexicon().translate
        measured = sizes(text)
        in_text = tuple(dict.fromkeys((*translate(words_and_codes(measured.rest)), *measured.words)))
        word_set = frozenset(in_text)
        named = frozenset(codes(text))
        return cls(
            text=text,
            compact="".join(words(text)),
            brand=brand,
            model=model,
            price=_price(_first(product.attributes, _PRICE)),
            words=in_text,
            printed_words=frozenset(words(text)),
            word_set=word_set,
            all_words=word_set.union(
                translate(words_and_codes(described.rest)), described.words, translate(words(brand))
            ),
            brand_words=frozenset(words(brand)),
            codes=named | {model} if model else named,
            leading_code=leading_code(text),
            numbers=frozenset(number for word in text.split() for number in _numbers(word)),
            sizes=measured,
            packs=packs(text),
            colours=lexicon().colours & word_set,
        )


def _numbers(word: str) -> list[str]:
    if not any(char.isdigit() for char in word):
        return [_ROMAN[word]] if word in _ROMAN else []
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
