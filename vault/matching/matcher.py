"""A line item and a catalogue: which product does the line mean, and how sure is that?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vault.domain.products import Candidate, Decision, LineMatch, Product
from vault.domain.readings import LineItem
from vault.matching.codes import CodeEvidence, compare_codes
from vault.matching.features import Features, Weight, compare
from vault.matching.index import Index
from vault.matching.named import Named, named_products, rules_out
from vault.matching.profile import Profile
from vault.matching.query import Query
from vault.matching.reasons import reasons
from vault.matching.scorer import scorer

MOST_CANDIDATES = 10
# A wrong automatic match is worse than a question, so accepting needs more than an even chance …
ACCEPTED = 0.6
# … and a clear distance to the runner-up; below this much for all candidates together there is nothing to ask about.
CLEAR_LEAD = 0.3
CONVINCING = 0.35
# What an identifier is worth that names one product, and that names one of several.
IDENTIFIED = 0.995
# How much of its probability a candidate keeps that the line contradicts.
CONTRADICTED = 0.05
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
    named = named_products(index, query)
    if named is not None:
        return _by_identifier(index, query, named)
    if len(query.text.strip()) < FEWEST_CHARACTERS and not query.model:
        return LineMatch(Decision.NONE)
    line = query.profile()
    judged = [_judge(query, line, index.products[place], index.profile(place), index.weight) for place in index.nearest(line)]
    return _decide(_candidates(line, judged))


def _by_identifier(index: Index, query: Query, named: Named) -> LineMatch:
    """One product named: that one, unless the text names another model. Several: the text chooses among them."""
    line = query.profile()
    judged = [_judge(query, line, index.products[place], index.profile(place), index.weight) for place in named.places]
    if len(judged) == 1:
        only = judged[0]
        score = IDENTIFIED if not only.code.siblings else IDENTIFIED / 2
        why = (named.reason, *(("other model",) if score < ACCEPTED else ()))
        candidate = Candidate(only.product.id, score, why)
        decision = Decision.MATCH if score >= ACCEPTED else Decision.AMBIGUOUS
        return LineMatch(decision, only.product.id if decision is Decision.MATCH else None, (candidate,))
    odds = scorer().odds([item.features for item in judged])
    shares = IDENTIFIED * odds / odds.sum()
    ranked = sorted(zip(judged, shares.tolist(), strict=True), key=lambda pair: -pair[1])
    return _decide([Candidate(item.product.id, share, (named.reason,)) for item, share in ranked])


def _judge(query: Query, line: Profile, product: Product, profile: Profile, weight: Weight) -> Judged:
    code = compare_codes(line, profile)
    why = rules_out(query, product) or ("other model" if code.siblings else "")
    return Judged(product, profile, compare(line, profile, code, weight), code, why)


def _candidates(line: Profile, judged: Sequence[Judged]) -> list[Candidate]:
    odds = scorer().odds([item.features for item in judged])
    keep = np.array([CONTRADICTED if item.contradiction else 1.0 for item in judged])
    scores = scorer().compete(odds * keep)
    best = np.argsort(-scores, kind="stable")[:MOST_CANDIDATES]
    return [Candidate(judged[at].product.id, round(float(scores[at]), 4), _why(line, judged[at])) for at in best]


def _why(line: Profile, item: Judged) -> tuple[str, ...]:
    found = reasons(line, item.profile, item.features, item.code)
    return (*found, item.contradiction) if item.contradiction and item.contradiction not in found else found


def _decide(candidates: Sequence[Candidate]) -> LineMatch:
    if not candidates or sum(item.score for item in candidates) < CONVINCING:
        return LineMatch(Decision.NONE, None, tuple(candidates))
    best = candidates[0]
    lead = best.score - (candidates[1].score if len(candidates) > 1 else 0.0)
    if best.score >= ACCEPTED and lead >= CLEAR_LEAD:
        return LineMatch(Decision.MATCH, best.product_id, tuple(candidates))
    return LineMatch(Decision.AMBIGUOUS, None, tuple(candidates))
