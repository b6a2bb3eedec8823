"""From evidence to probability: a small ensemble of decision trees, then the competition between the candidates.

The trees are data (data/scorer.json, written by tests/bench/train_matching.py, which says how): no learning library is
needed to use them. Most features can only push the probability one way, so better evidence never lowers a score.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from vault.matching.features import FEATURES, Features

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Trees as arrays of (tree, node); a leaf points at itself, its value is added to the log-odds.

    `sharpness` and `prior` shape the competition: see `compete`. `depth` is that of the deepest tree.
    """

    feature: npt.NDArray[np.int64]
    threshold: Floats
    below: npt.NDArray[np.int64]
    above: npt.NDArray[np.int64]
    value: Floats
    depth: int
    sharpness: float
    prior: float

    def odds(self, evidence: Sequence[Features]) -> Floats:
        """The odds of each pair by itself."""
        if not evidence:
            return np.empty(0)
        table = np.array([item.as_row() for item in evidence], dtype=np.float64)
        rows, trees = np.arange(len(table))[:, None], np.arange(len(self.value))[None, :]
        node = np.zeros((len(table), len(self.value)), dtype=np.int64)
        for _ in range(self.depth):
            goes_below = table[rows, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_below, self.below[trees, node], self.above[trees, node])
        return np.asarray(np.exp(self.value[trees, node].sum(axis=1)), dtype=np.float64)

    def alone(self, evidence: Features) -> float:
        """The probability of one pair, without knowing what else there is."""
        return float(self.compete(self.odds([evidence]))[0])

    def compete(self, odds: Floats) -> Floats:
        """The probability of each candidate, given that the line means at most one of them.

        Two candidates that are equally good share the probability, which is what makes a line ambiguous.
        """
        weights = self.prior * odds**self.sharpness
        return np.asarray(weights / (1.0 + weights.sum()), dtype=np.float64)


@lru_cache(maxsize=1)
def scorer() -> Scorer:
    """The scorer of data/scorer.json, read once."""
    text = resources.files("vault.matching").joinpath("data/scorer.json").read_text("utf-8")
    return from_json(json.loads(text))


def from_json(data: dict[str, Any]) -> Scorer:
    """The scorer that `data` describes. Raises ValueError when it was made for other features."""
    if tuple(data["features"]) != FEATURES:
        raise ValueError("the scorer was trained for other features: run tests/bench/train_matching.py")
    size = max(len(tree) for tree in data["trees"])
    # node: [feature, threshold, below, above, value]; short trees are filled up with leaves that nothing reaches
    nodes = np.zeros((len(data["trees"]), size, 5))
    for at, tree in enumerate(data["trees"]):
        nodes[at, : len(tree)] = tree
    return Scorer(
        feature=nodes[..., 0].astype(np.int64),
        threshold=nodes[..., 1],
        below=nodes[..., 2].astype(np.int64),
        above=nodes[..., 3].astype(np.int64),
        value=nodes[..., 4],
        depth=int(data["depth"]),
        sharpness=float(data["sharpness"]),
        prior=float(data["prior"]),
    )
