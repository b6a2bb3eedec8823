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
    """All trees in one array of nodes; a leaf points at itself, its value is added to the log-odds.

    `sharpness` and `prior` shape the competition: see `compete`. `depth` is that of the deepest tree.
    """

    roots: npt.NDArray[np.int64]
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
        # Everything is looked up in flat arrays, which is several times faster than by (row, column).
        cells, first_cell = table.ravel(), np.arange(len(table))[:, None] * table.shape[1]
        node = np.broadcast_to(self.roots, (len(table), len(self.roots)))
        for _ in range(self.depth):
            below = cells.take(first_cell + self.feature.take(node)) <= self.threshold.take(node)
            node = np.where(below, self.below.take(node), self.above.take(node))
        return np.asarray(np.exp(self.value.take(node).sum(axis=1)), dtype=np.float64)

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
    sizes = [len(tree) for tree in data["trees"]]
    roots = np.cumsum([0, *sizes[:-1]])
    # node: [feature, threshold, below, above, value]; below and above count from the root of their tree
    nodes = np.array([node for tree in data["trees"] for node in tree], dtype=np.float64)
    start = np.repeat(roots, sizes)
    return Scorer(
        roots=roots,
        feature=nodes[:, 0].astype(np.int64),
        threshold=nodes[:, 1].copy(),
        below=nodes[:, 2].astype(np.int64) + start,
        above=nodes[:, 3].astype(np.int64) + start,
        value=nodes[:, 4].copy(),
        depth=int(data["depth"]),
        sharpness=float(data["sharpness"]),
        prior=float(data["prior"]),
    )
