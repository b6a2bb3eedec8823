"""The evidence for and against a line meaning a product, as numbers for the scorer.

Each feature is 0 … 1 unless said otherwise; UNKNOWN stands for "one of the two does not say".
"""

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from operator import attrgetter

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from vault.matching.codes import CodeEvidence, code_likeness
from vault.matching.lexicon import lexicon
from vault.matching.measures import same_size
from vault.matching.profile import Profile

UNKNOWN = -1.0
SHORTEST_PREFIX = 3
# "Schreibtischlampe" is a lamp.
SHORTEST_IN_COMPOUND = 4
ALIKE = 0.9

Weight = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Features:
    """The evidence. `line_` features look from the line at the product, `product_` ones the other way round."""

    line_covered: float  # weight of the line's words that the title has
    product_covered: float
    line_covered_soft: float  # the same, abbreviations, compounds and typing errors included
    product_covered_soft: float
    line_in_prose: float  # the same, the product's description included
    product_in_prose: float
    shared_weight: float  # sum of the weights of shared words, not scaled
    line_rarest_missing: float  # weight of the rarest word that the other does not have
    product_rarest_missing: float
    letters: float  # likeness of the two texts, letter by letter
    letters_in_order: float
    code_likeness: float  # best likeness of two codes; UNKNOWN when one side has none
    code_weight: float  # how rare the shared code is
    code_siblings: float  # 1: same maker's pattern with other digits, and no code in common
    line_codes: float  # how many codes it names (a count)
    product_codes: float
    model_likeness: float  # of the model numbers given beside the texts
    brand_likeness: float
    brand_in_text: float
    numbers_shared: float
    line_numbers_missing: float  # counts
    product_numbers_missing: float
    sizes_agree: float  # counts
    sizes_differ: float
    colours: float  # 1 same, 0 different
    packs: float  # 1 same, 0 different, 0.5 only one says
    price_ratio: float  # logarithm of larger over smaller
    line_words: float  # counts
    product_words: float
    line_variants_missing: float  # words like "upgrade" or "mini" that the other does not have (counts)
    product_variants_missing: float
    same_words: float  # 1: nothing but stopwords differs

    def as_row(self) -> tuple[float, ...]:
        return _VALUES(self)


FEATURES = tuple(item.name for item in fields(Features))
_VALUES: Callable[[Features], tuple[float, ...]] = attrgetter(*FEATURES)
_NO_VOWELS = str.maketrans("", "", "aeiouy")


def compare(line: Profile, product: Profile, code: CodeEvidence, weight: Weight) -> Features:
    """The evidence for `line` meaning `product`; `weight` says how rare a word is (0 … 1), `code` is what
    `compare_codes` found between the two."""
    return Features(
        **_word_features(line, product, weight),
        **_code_features(code, line, product, weight),
        **_brand_features(line, product),
        **_number_features(line, product),
        letters=fuzz.token_set_ratio(line.text, product.text) / 100,
        letters_in_order=fuzz.token_sort_ratio(line.text, product.text) / 100,
        price_ratio=_price_ratio(line.price, product.price),
        line_words=float(len(line.words)),
        product_words=float(len(product.words)),
    )


def _word_features(line: Profile, product: Profile, weight: Weight) -> dict[str, float]:
    shared = line.word_set & product.word_set
    of_line = {word: weight(word) for word in line.words}
    of_product = {word: weight(word) for word in product.words}
    line_missing = [word for word in line.words if word not in shared]
    product_missing = [word for word in product.words if word not in shared]
    line_soft = shared.union(_found_softly(line_missing, line, product))
    product_soft = shared.union(_found_softly(product_missing, product, line))
    return {
        "line_covered": _share(shared, of_line),
        "product_covered": _share(shared, of_product),
        "line_covered_soft": _share(line_soft, of_line),
        "product_covered_soft": _share(product_soft, of_product),
        "line_in_prose": _share(line_soft | product.all_words, of_line),
        "product_in_prose": _share(product_soft | line.all_words, of_product),
        "shared_weight": sum(of_line[word] for word in shared),
        "line_rarest_missing": max((of_line[word] for word in line_missing if word not in line_soft), default=0.0),
        "product_rarest_missing": max(
            (of_product[word] for word in product_missing if word not in product_soft), default=0.0
        ),
        "line_variants_missing": float(len(lexicon().variants.intersection(line_missing))),
        "product_variants_missing": float(len(lexicon().variants.intersection(product_missing))),
        "same_words": float(lexicon().stopwords.issuperset(line.word_set ^ product.word_set)),
    }


def _share(found: Collection[str], weights: dict[str, float]) -> float:
    total = sum(weights.values())
    return sum(value for word, value in weights.items() if word in found) / total if total else 0.0


def _found_softly(missing: Iterable[str], here: Profile, there: Profile) -> list[str]:
    """The missing words that the other side has cut short, run together, mistyped, or as a number without its unit."""
    return [word for word in missing if _number_in(word, here, there) or _alike_in(word, there)]


def _number_in(word: str, here: Profile, there: Profile) -> bool:
    number = here.sizes.words.get(word, word)
    return number[0].isdigit() and number in there.numbers


def _alike_in(word: str, there: Profile) -> bool:
    if len(word) > SHORTEST_IN_COMPOUND and word in there.compact:
        return True
    if len(word) < SHORTEST_PREFIX or not word.isalpha():
        return False
    skeleton = _without_vowels(word)
    return any(_alike(word, skeleton, other) for other in there.printed_words)


def _alike(word: str, skeleton: str, other: str) -> bool:
    if len(other) < SHORTEST_PREFIX or not other.isalpha():
        return False
    if len(other) >= SHORTEST_IN_COMPOUND and other in word:
        return True
    if word[0] != other[0]:
        return False
    if word.startswith(other) or other.startswith(word) or skeleton == _without_vowels(other):
        return True
    return min(len(word), len(other)) > 4 and JaroWinkler.similarity(word, other) >= ALIKE


def _without_vowels(word: str) -> str:
    return word[0] + word[1:].translate(_NO_VOWELS)


def _code_features(code: CodeEvidence, line: Profile, product: Profile, weight: Weight) -> dict[str, float]:
    both = line.model and product.model
    return {
        "code_likeness": UNKNOWN if code.likeness is None else code.likeness,
        "code_weight": weight(code.shared) if code.shared else 0.0,
        "code_siblings": float(code.siblings),
        "line_codes": float(code.of_line),
        "product_codes": float(len(product.codes)),
        "model_likeness": code_likeness(line.model, product.model) if both else UNKNOWN,
    }


def _brand_features(line: Profile, product: Profile) -> dict[str, float]:
    likeness = UNKNOWN
    if line.brand and product.brand:
        likeness = fuzz.token_set_ratio(line.brand, product.brand) / 100
    named = UNKNOWN
    if line.brand_words or product.brand_words:
        in_line = _share(line.all_words, dict.fromkeys(product.brand_words, 1.0))
        in_product = _share(product.all_words, dict.fromkeys(line.brand_words, 1.0))
        named = max(in_line, in_product)
    return {"brand_likeness": likeness, "brand_in_text": named}


def _number_features(line: Profile, product: Profile) -> dict[str, float]:
    both_packs = bool(line.packs and product.packs)
    agree = differ = 0
    ours, theirs = line.sizes.values, product.sizes.values
    for dimension in ours.keys() & theirs.keys():
        same = any(same_size(a, b) for a in ours[dimension] for b in theirs[dimension])
        agree, differ = agree + same, differ + (not same)
    return {
        "numbers_shared": float(len(line.numbers & product.numbers)),
        "line_numbers_missing": float(len(line.numbers - product.numbers)),
        "product_numbers_missing": float(len(product.numbers - line.numbers)),
        "sizes_agree": float(agree),
        "sizes_differ": float(differ),
        "colours": float(bool(line.colours & product.colours)) if line.colours and product.colours else UNKNOWN,
        "packs": float(bool(line.packs & product.packs))
        if both_packs
        else (0.5 if line.packs or product.packs else UNKNOWN),
    }


def _price_ratio(left: float, right: float) -> float:
    return abs(math.log(left / right)) if left > 0 and right > 0 else UNKNOWN
