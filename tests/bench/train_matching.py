"""Trains the scorer of vault/matching and writes vault/matching/data/scorer.json.

    pip install lightgbm     # only for training; the service does not need it
    python tests/bench/train_matching.py

Rows: the labelled pairs, the nearest products of each labelled query, and invoice lines made from catalogue titles
(invoice_lines.py). Part 0 of the labelled lines is held back. The competition's two numbers are fitted on predictions
for lines that the trees had not seen (cross-validation).
"""

import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import lightgbm
import numpy as np
from invoice_lines import bare, invoice_line
from matching_data import PARTS, SETS, catalogue, pairs, part_of, queries

from vault.matching.codes import compare_codes
from vault.matching.features import FEATURES, Weight, compare
from vault.matching.index import Index, build_index
from vault.matching.profile import Profile
from vault.matching.query import Query
from vault.matching.weights import WordWeights

OUT = Path(__file__).resolve().parents[2] / "vault" / "matching" / "data" / "scorer.json"
NEGATIVES = 15
MADE_LINES = 1200
SHARE_ABSENT = 0.3
# Made lines are many and less true than labelled ones.
IMPORTANCE_OF_MADE = 0.3
ROUNDS = 300
RISING = {
    "line_covered", "product_covered", "line_covered_soft", "product_covered_soft", "line_in_prose", "product_in_prose",
    "letters", "letters_in_order", "sizes_agree",
}  # fmt: skip
FALLING = {
    "line_rarest_missing", "product_rarest_missing", "code_siblings", "line_numbers_missing", "sizes_differ",
    "line_variants_missing",
}  # fmt: skip
SETTINGS = {
    "objective": "binary", "num_leaves": 15, "max_depth": 5, "learning_rate": 0.05, "min_child_samples": 20,
    "feature_fraction": 0.6, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1,
    "num_threads": 2, "seed": 1,
    "monotone_constraints": [1 if name in RISING else -1 if name in FALLING else 0 for name in FEATURES],
}  # fmt: skip

# (evidence, label, line number, part)
Sample = tuple[tuple[float, ...], int, int, int]


def main() -> None:
    labelled = [group for name in SETS for group in (*pair_samples(name), *query_samples(name))]
    made = [group for name in SETS for group in made_samples(name)]
    samples = [sample for sample in numbered((*labelled, *made)) if sample[3] != 0]
    table, labels, lines, parts = (np.array(column) for column in zip(*samples, strict=True))
    importance = np.where(lines < len(labelled), 1.0, IMPORTANCE_OF_MADE)
    unseen = np.zeros(len(labels))
    for part in range(1, PARTS):
        seen = parts != part
        unseen[~seen] = train(table[seen], labels[seen], importance[seen]).predict(table[~seen])
    sharpness, prior = fit_competition(unseen, labels, lines)
    trees, depth = exported(train(table, labels, importance))
    how = f"tests/bench/train_matching.py on {len(labels)} rows of {', '.join(SETS)}, parts 1 to {PARTS - 1} of {PARTS}"
    out = {"made": how, "features": FEATURES, "depth": depth, "sharpness": sharpness, "prior": prior, "trees": trees}
    OUT.write_text(json.dumps(out).replace("]], [[", "]],\n[[") + "\n")
    print(how, f"sharpness {sharpness} prior {prior}", f"{OUT.stat().st_size // 1024} kB")


def numbered(groups: Iterable[list[Sample]]) -> Iterator[Sample]:
    for number, group in enumerate(groups):
        for row, label, _, part in group:
            yield row, label, number, part


def pair_samples(name: str) -> Iterator[list[Sample]]:
    """The pairs of a set, grouped by their line."""
    rows = list(pairs(name))
    sides = {product.title: product for row in rows for product in (row.line, row.product)}
    weight = WordWeights.of(Profile.of(product).word_set for product in sides.values())
    groups: dict[str, list[Sample]] = {}
    for row in rows:
        evidence = evidence_of(Profile.of(row.line), Profile.of(row.product), weight)
        groups.setdefault(row.line.title, []).append((evidence, row.label, 0, part_of(row.line.title)))
    yield from groups.values()


def query_samples(name: str) -> Iterator[list[Sample]]:
    index = build_index(catalogue(name))
    for item in queries(name):
        yield nearest_samples(index, item.query, item.match, part_of(item.query.text))


def made_samples(name: str) -> Iterator[list[Sample]]:
    """Invoice lines of random products, against titles alone (a listings report knows no brand and no model).

    Some of the products are taken out of the catalogue.
    """
    products = catalogue(name)
    index = build_index(bare(product) for product in products)
    chance = random.Random(name)
    for product in chance.sample(products, min(MADE_LINES, len(products))):
        absent = product.id if chance.random() < SHARE_ABSENT else ""
        yield nearest_samples(index, invoice_line(product, chance), product.id, part_of(product.title), absent)


def nearest_samples(index: Index, query: Query, match: str | None, part: int, absent: str = "") -> list[Sample]:
    line = query.profile()
    return [
        (evidence_of(line, index.profile(at), index.weight), int(index.products[at].id == match), 0, part)
        for at in index.nearest(line, NEGATIVES)
        if index.products[at].id != absent
    ]


def evidence_of(line: Profile, product: Profile, weight: Weight) -> tuple[float, ...]:
    return compare(line, product, compare_codes(line, product), weight).as_row()


def train(table: np.ndarray, labels: np.ndarray, importance: np.ndarray) -> lightgbm.Booster:
    return lightgbm.train(SETTINGS, lightgbm.Dataset(table, labels, weight=importance), num_boost_round=ROUNDS)


def fit_competition(predicted: np.ndarray, labels: np.ndarray, lines: np.ndarray) -> tuple[float, float]:
    """The sharpness and prior under which the labels are most likely, each line meaning one candidate or none."""
    odds = np.clip(predicted / (1 - predicted), 1e-6, 1e6)
    _, line = np.unique(lines, return_inverse=True)
    best = (np.inf, 1.0, 1.0)
    for sharpness in np.arange(0.6, 2.05, 0.1):
        for prior in np.geomspace(0.5, 30, 24):
            weights = prior * odds**sharpness
            share = np.clip(weights / (1 + np.bincount(line, weights))[line], 1e-6, 1 - 1e-6)
            loss = -np.mean(labels * np.log(share) + (1 - labels) * np.log(1 - share))
            best = min(best, (loss, round(float(sharpness), 2), round(float(prior), 3)))
    return best[1], best[2]


def exported(model: lightgbm.Booster) -> tuple[list[list[list[float]]], int]:
    """The trees as lists of nodes [feature, threshold, below, above, value], and the depth of the deepest."""
    trees: list[list[list[float]]] = []
    deepest = 0
    for tree in model.dump_model()["tree_info"]:
        nodes: list[list[float]] = []
        deepest = max(deepest, flatten(tree["tree_structure"], nodes))
        trees.append(nodes)
    return trees, deepest


def flatten(node: dict, nodes: list[list[float]]) -> int:
    """Appends `node` and what is below it; returns the depth below it. A leaf points at itself."""
    at = len(nodes)
    if "leaf_value" in node:
        nodes.append([0, 0, at, at, round(node["leaf_value"], 5)])
        return 0
    nodes.append([])
    below, depth_below = len(nodes), flatten(node["left_child"], nodes)
    above, depth_above = len(nodes), flatten(node["right_child"], nodes)
    nodes[at] = [node["split_feature"], float(f"{node['threshold']:.6g}"), below, above, 0]
    return 1 + max(depth_below, depth_above)


if __name__ == "__main__":
    main()
