"""A line item and a catalogue: which product does the line mean, and how sure is that?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from vault.domain.products import Candidate, Decision, LineMatch, Product
from vault.domain.readings import LineItem
from vault.matching.codes import CodeEvidence, compare_codes
from vault.matching.features import Features, compare
from vault.matching.index import Index
from vault.matching.named import Demands, Named, named_products
from vault.matching.profile import Profile
from vault.matching.query import Query
from vault.matching.reasons import reasons
from vault.matching.scorer import Floats, scorer

MOST_CANDIDATES = 10
# Accepted: more likely than everything else together, and far enough from the runner-up. A wrong automatic match is
# worse than a question. Below CONVINCING, for all candidates together, there is nothing to ask about.
ACCEPTED = 0.5
CLEAR_LEAD = 0.25
CONVINCING = 0.35
# What an identifier is worth, shared between the products that have it.
IDENTIFIED = 0.995
# How much of its odds a candidate keeps that the line contradicts: it is still shown, and never accepted.
CONTRADICTED = 0.02
FEWEST_CHARACTERS = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A product beside a line: the evidence, and whether the line contradicts it (why, or "")."""

    product: Product
    profile: Profile
    features: Features
    code: CodeEvidence
    contradiction: str


def match_line(index: Index, line: LineItem) -> LineMatch:
    """The product that an invoice line means."""
    return match(index, Query.of_line(line))


def match(index: Index, query: Query) -> LineMatch:
    """The product that a line means: by identifier first, then by its description."""
    line = query.profile()
    named = named_products(index, query)
    if named is not None:
        return _by_identifier(named, _judge(index, query, line, named.places))
    if len(query.text.strip()) < FEWEST_CHARACTERS and not query.model:
        return LineMatch(Decision.NONE)
    judged = _judge(index, query, line, index.nearest(line))
    return _by_description(line, judged)


def _judge(index: Index, query: Query, line: Profile, places: Iterable[int]) -> list[Judged]:
    demands = Demands.of(query)
    judged = []
    for place in places:
        product, profile = index.products[place], index.profile(place)
        code = compare_codes(line, profile)
        why = demands.refuse(product) or ("other model" if code.siblings else "")
        judged.append(Judged(product, profile, compare(line, profile, code, index.weight), code, why))
    return judged


def _by_identifier(named: Named, judged: Sequence[Judged]) -> LineMatch:
    """One product named: that one, unless the text names another model. Several: the text chooses among them."""
    # The root, because beside an identifier the text has to be clear before it may choose.
    weights = np.sqrt(scorer().odds([item.features for item in judged]))
    shares = IDENTIFIED * weights / weights.sum()
    return _decide(judged, shares, [(named.reason, *_doubt(item)) for item in judged])


def _by_description(line: Profile, judged: Sequence[Judged]) -> LineMatch:
    odds = scorer().odds([item.features for item in judged])
    keep = np.array([CONTRADICTED if item.contradiction else 1.0 for item in judged])
    return _decide(judged, scorer().compete(odds * keep), [_why(line, item) for item in judged])


def _why(line: Profile, item: Judged) -> tuple[str, ...]:
    found = reasons(line, item.profile, item.features, item.code)
    return tuple(dict.fromkeys((*found, *_doubt(item))))


def _doubt(item: Judged) -> tuple[str, ...]:
    return (item.contradiction,) if item.contradiction else ()


def _decide(judged: Sequence[Judged], scores: Floats, why: Sequence[tuple[str, ...]]) -> LineMatch:
    order = np.argsort(-scores, kind="stable")[:MOST_CANDIDATES].tolist()
    candidates = tuple(Candidate(judged[at].product.id, round(float(scores[at]), 4), why[at]) for at in order)
    if not candidates or scores.sum() < CONVINCING:
        return LineMatch(Decision.NONE, None, candidates)
    best, runner_up = candidates[0], candidates[1].score if len(candidates) > 1 else 0.0
    certain = best.score >= ACCEPTED and best.score - runner_up >= CLEAR_LEAD and not judged[order[0]].contradiction
    if certain:
        return LineMatch(Decision.MATCH, best.product_id, candidates)
    return LineMatch(Decision.AMBIGUOUS, None, candidates)
