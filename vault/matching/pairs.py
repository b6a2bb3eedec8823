"""A line beside one product: would it be accepted as that product?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vault.domain.products import Product
from vault.matching.codes import compare_codes
from vault.matching.features import compare
from vault.matching.named import Demands
from vault.matching.profile import Profile
from vault.matching.query import Query
from vault.matching.scorer import scorer
from vault.matching.weights import WordWeights

# The share of right answers is highest (both kinds of mistake counted alike) around this probability.
ACCEPTED_PAIR = 0.4


@dataclass(frozen=True, slots=True)
class Pair:
    line: Query
    product: Product


@dataclass(frozen=True, slots=True)
class PairMatch:
    """`score` is the probability that the line means the product."""

    score: float
    match: bool


def match_pair(pair: Pair) -> PairMatch:
    """Judges one pair by itself."""
    return next(match_pairs([pair]))


def match_pairs(pairs: Sequence[Pair]) -> Iterator[PairMatch]:
    """Judges the pairs of one list, in order.

    The list says how rare a word is, and pairs with the same line compete, as the products of one catalogue do: a line
    means one of them or none.
    """
    lines = [pair.line.profile() for pair in pairs]
    products = [Profile.of(pair.product) for pair in pairs]
    weight = WordWeights.of({profile.text: profile.word_set for profile in (*lines, *products)}.values())
    sides = zip(lines, products, strict=True)
    odds = scorer().odds([compare(line, item, compare_codes(line, item), weight) for line, item in sides])
    refused = np.array([bool(Demands.of(pair.line).refuse(pair.product)) for pair in pairs], dtype=bool)
    odds = np.where(refused, 0.0, odds)
    scores = np.zeros(len(pairs))
    for group in _same_line(pairs):
        scores[group] = scorer().compete(odds[group])
    yield from (PairMatch(round(float(score), 4), bool(score >= ACCEPTED_PAIR)) for score in scores)


def _same_line(pairs: Sequence[Pair]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for at, pair in enumerate(pairs):
        groups.setdefault(repr(pair.line), []).append(at)
    return list(groups.values())
