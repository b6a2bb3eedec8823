"""From evidence to probability."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.matching.codes import compare_codes
from vault.matching.features import FEATURES, Features, compare
from vault.matching.index import Index
from vault.matching.profile import Profile
from vault.matching.query import Query
from vault.matching.scorer import from_json, scorer
from vault.matching.weights import WordWeights

ODDS = st.lists(st.floats(0, 1e6), max_size=20)


def evidence(line: str, product: str) -> Features:
    ours, theirs = Query(line).profile(), Query(product).profile()
    return compare(ours, theirs, compare_codes(ours, theirs), WordWeights.of([ours.word_set, theirs.word_set]))


@given(ODDS)
def test_candidates_share_at_most_certainty(odds: list[float]) -> None:
    scores = scorer().compete(np.array(odds))
    assert np.all((scores >= 0) & (scores <= 1))
    assert scores.sum() <= 1 + 1e-9


@given(ODDS.filter(lambda odds: len(odds) > 1))
def test_better_odds_have_a_better_score(odds: list[float]) -> None:
    scores = scorer().compete(np.array(sorted(odds)))
    assert np.all(np.diff(scores) >= 0)


def test_equal_candidates_are_never_both_likely() -> None:
    assert np.all(scorer().compete(np.array([1e6, 1e6])) <= 0.5)


def test_no_evidence_no_odds() -> None:
    assert scorer().odds([]).shape == (0,)


def test_pairs_are_scored_the_same_alone_and_together() -> None:
    items = [evidence("Lumora lamp black", "Lumora desk lamp, black"), evidence("Garden hose", "Card game")]
    together = scorer().odds(items)
    assert together == pytest.approx([scorer().odds([item])[0] for item in items])
    assert together[0] > together[1]


@pytest.mark.parametrize("name", ["line_covered_soft", "product_in_prose", "letters", "sizes_agree"])
def test_better_evidence_never_lowers_the_odds(name: str) -> None:
    base = evidence("Lumora LX-200 lamp 60 w black", "Lumora LX-200 desk lamp 60 w")
    steps = [replace(base, **{name: value}) for value in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert np.all(np.diff(scorer().odds(steps)) >= 0)


def test_a_scorer_made_for_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="other features"):
        from_json({"features": [*FEATURES, "shoe_size"], "trees": [], "depth": 0, "sharpness": 1, "prior": 1})


def test_every_feature_is_a_finite_number(shop: Index) -> None:
    nothing = Query("").profile()
    profiles = [nothing, *(Profile.of(product) for product in shop.products)]
    for ours in profiles:
        for theirs in profiles:
            row = compare(ours, theirs, compare_codes(ours, theirs), shop.weight).as_row()
            assert len(row) == len(FEATURES)
            assert np.all(np.isfinite(row))
