"""What two catalogues have in common, and what that weighs."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from vault.domain.links import How, LinkKind
from vault.linking.meeting import Match
from vault.linking.plain import plain_words
from vault.linking.weights import Weights

# Titles are compared by so many of their rarest words; what has fewer words says too little.
_TELLING = 3
_TITLES_ALIKE = 92
_PRICES_ALIKE = 0.01


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two catalogues, in products. `smaller` is the size of the smaller one; `shared` products have one ASIN or GTIN.

    Of `priced` shared products both prices are known, of `priced_alike` they hardly differ. `titled_alike` products
    have different ASINs and almost the same title. `mixed` FNSKUs are in both.
    """

    smaller: int
    shared: int = 0
    priced: int = 0
    priced_alike: int = 0
    titled_alike: int = 0
    mixed: int = 0

    def __bool__(self) -> bool:
        return bool(self.shared or self.titled_alike or self.mixed)


@dataclass(frozen=True, slots=True)
class Title:
    """The title of one product of a holder."""

    holder_id: str
    asin: str
    text: str


def overlap_matches(overlap: Overlap, weights: Weights) -> Iterator[Match]:
    """What the overlap adds to the pair's score; a handful of products is chance."""
    for kind, count in (
        (LinkKind.CATALOGUE, overlap.shared),
        (LinkKind.PRICES, overlap.priced_alike),
        (LinkKind.TITLES, overlap.titled_alike),
    ):
        if count >= weights.products:
            share = 100 * count // max(overlap.smaller, 1)
            yield Match(kind, How.SHARE, f"{count} / {overlap.smaller}", kind, share=share)
    if overlap.mixed:
        yield Match(LinkKind.MIXED_INVENTORY, How.SAME, str(overlap.mixed), LinkKind.MIXED_INVENTORY)


def prices_alike(one: str, other: str) -> bool | None:
    """Whether two prices hardly differ; None where one of them is unknown."""
    try:
        left, right = float(one), float(other)
    except ValueError:
        return None
    return abs(left - right) <= _PRICES_ALIKE * max(left, right)


def titles_alike(titles: Iterable[Title], of: str | None = None) -> dict[tuple[str, str], set[str]]:
    """The ASINs of the lower holder whose titles are almost those of other ASINs of the higher one, by pair.

    `of`: only pairs with this holder; None: all.
    """
    worded = [(title, words) for title in titles if len(words := frozenset(plain_words(title.text))) >= _TELLING]
    spread = Counter(word for _, words in worded for word in words)
    blocks: dict[tuple[str, ...], list[Title]] = defaultdict(list)
    for title, words in worded:
        for key in _keys(words, spread):
            blocks[key].append(title)
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for together in blocks.values():
        for low, high in _couples(together, of):
            pair = low.holder_id, high.holder_id
            if low.asin not in found.get(pair, ()) and fuzz.token_sort_ratio(low.text, high.text) >= _TITLES_ALIKE:
                found[pair].add(low.asin)
    return found


def _keys(words: frozenset[str], spread: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """Under which a title is compared: two at a time of its words that stand in the fewest titles.

    Two titles that differ in one word, replaced, added or left out, and in any order of words, have one of these in
    common: all but one of their words are shared, so at least two of the rarest three are (prefix filtering: Chaudhuri,
    Ganti and Kaushik, "A Primitive Operator for Similarity Joins in Data Cleaning", 2006).
    """
    rarest = sorted(words, key=lambda word: (spread[word], word))[:_TELLING]
    return combinations(rarest, 2)


def _couples(together: list[Title], of: str | None) -> Iterator[tuple[Title, Title]]:
    ours = together if of is None else [title for title in together if title.holder_id == of]
    for one in ours:
        for other in together:
            if one.holder_id == other.holder_id or one.asin == other.asin:
                continue
            if one.holder_id < other.holder_id:
                yield one, other
            elif of is not None:
                yield other, one
