"""Where the accounts and links of a graph are drawn: one circle a cluster. The same links always give the same picture.

On a circle no name covers another one and no line runs through an account; neighbours on it are those who share most.
Lengths are pixels; the origin of a picture is its top left corner.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from typing import TypeAlias

# What stands under an account's dot at most: two lines of so many characters.
LINE = 15
# The room that a name takes to the left and right of its dot, below it and above it.
_HALF_NAME, _BELOW, _ABOVE = 56, 46, 42
_APART = 122  # from one dot to the next on the circle
_LEAST_RADIUS = 78
# Where along a line its number may stand, the best place first.
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73)

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two accounts by their ids; `score` is 0 … 100."""

    low: str
    high: str
    score: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One cluster, drawn. `labels`: where each edge's number stands, in the order of `edges`.

    `raised`: whose names stand above their dots, so that no line runs through them; all others stand below.
    `left_out`: how many accounts of the cluster are not in it, because they share least.
    """

    width: int
    height: int
    dots: Mapping[str, Point]
    edges: tuple[Edge, ...]
    labels: tuple[Point, ...]
    raised: frozenset[str] = frozenset()
    left_out: int = 0


def clusters_of(edges: Iterable[Edge]) -> list[tuple[Edge, ...]]:
    """The edges of accounts that hang together, directly or through others; the worst cluster first."""
    leader: dict[str, str] = {}

    def lead(node: str) -> str:
        while leader.setdefault(node, node) != node:
            leader[node] = node = leader[leader[node]]
        return node

    ordered = sorted(edges, key=lambda edge: (-edge.score, edge.low, edge.high))
    for edge in ordered:
        leader[lead(edge.high)] = lead(edge.low)
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in ordered:
        found[lead(edge.low)].append(edge)
    return [tuple(cluster) for cluster in found.values()]


def draw(cluster: Sequence[Edge], most_accounts: int = 24, most_links: int = 60) -> Picture:
    """The picture of a cluster: of the accounts in it that share most, and of the worst links between these."""
    total = _totals(cluster)
    kept = set(sorted(total, key=lambda node: (-total[node], node))[:most_accounts])
    edges = tuple(edge for edge in cluster if edge.low in kept and edge.high in kept)[:most_links]
    dots = _on_circle(_around(edges))
    return Picture(
        width=round(max(x for x, _ in dots.values()) + _HALF_NAME),
        height=round(max(y for _, y in dots.values()) + _BELOW),
        dots=dots,
        edges=edges,
        labels=tuple(_labels(edges, dots)),
        raised=_raised(dots),
        left_out=len(total) - len(dots),
    )


def name_lines(name: str) -> tuple[str, ...]:
    """`name` in at most two lines of `LINE` characters, cut with an ellipsis."""
    if len(name) <= LINE:
        return (name,)
    space = name.rfind(" ", 0, LINE + 1)
    first, rest = (name[:space], name[space + 1 :]) if space > 0 else (name[:LINE], name[LINE:])
    return first, rest if len(rest) <= LINE else rest[: LINE - 1].rstrip() + "…"


def _around(edges: Sequence[Edge]) -> list[str]:
    """The accounts in the order of the circle: from the one that shares most, always on to whom the last is closest."""
    scores: dict[str, dict[str, int]] = defaultdict(dict)
    for edge in edges:
        scores[edge.low][edge.high] = scores[edge.high][edge.low] = edge.score
    total = _totals(edges)
    left = sorted(scores, key=lambda node: (-total[node], node))
    order = [left.pop(0)] if left else []
    while left:
        nearest = max(left, key=lambda node: (scores[order[-1]].get(node, 0), _ties(scores[node], order), total[node]))
        left.remove(nearest)
        order.append(nearest)
    return order


def _totals(edges: Iterable[Edge]) -> Counter[str]:
    total: Counter[str] = Counter()
    for edge in edges:
        total[edge.low] += edge.score
        total[edge.high] += edge.score
    return total


def _ties(others: Mapping[str, int], placed: Sequence[str]) -> int:
    return sum(others.get(node, 0) for node in placed)


def _on_circle(order: Sequence[str]) -> dict[str, Point]:
    count = len(order)
    radius = max(_LEAST_RADIUS, _APART / (2 * sin(pi / count))) if count > 1 else 0
    # Two stand side by side; of more, nobody stands at the very side, where lines would run through the name.
    start = pi if count == 2 else -pi / 2 + (pi / count if count % 4 == 0 else 0)
    angles = [start + 2 * pi * place / count for place in range(count)]
    raw = [(radius * cos(angle), radius * sin(angle)) for angle in angles]
    left, top = min(x for x, _ in raw), min(y for _, y in raw)
    return {
        node: (round(x - left + _HALF_NAME, 1), round(y - top + _ABOVE, 1))
        for node, (x, y) in zip(order, raw, strict=True)
    }


def _raised(dots: Mapping[str, Point]) -> frozenset[str]:
    heights = [y for _, y in dots.values()]
    middle = (min(heights) + max(heights)) / 2
    return frozenset(node for node, (_, y) in dots.items() if y < middle - 1)


def _labels(edges: Sequence[Edge], dots: Mapping[str, Point]) -> Iterable[Point]:
    """A place on each line that is furthest from the numbers that stand already, and from every dot."""
    taken = list(dots.values())
    for edge in edges:
        (x0, y0), (x1, y1) = dots[edge.low], dots[edge.high]
        places = [(round(x0 + (x1 - x0) * at, 1), round(y0 + (y1 - y0) * at, 1)) for at in _ALONG]
        best = max(places, key=lambda place: min(40.0, min(_distance(place, other) for other in taken)))
        taken.append(best)
        yield best


def _distance(one: Point, two: Point) -> float:
    return hypot(one[0] - two[0], one[1] - two[1])
