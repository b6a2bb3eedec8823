"""The score of a pair: how likely the two are taken for one, from everything that they share."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from math import prod

from vault.domain.links import Contribution, ExplanationKind, LinkKind
from vault.linking.meeting import Match
from vault.linking.weights import Weights, percent


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a pair shares something. `kinds` empty: all. It counts until the end of the day `valid_until`."""

    id: str
    kind: ExplanationKind
    kinds: frozenset[LinkKind] = frozenset()
    documented: bool = False
    valid_until: date | None = None

    def covers(self, kind: LinkKind, today: date) -> bool:
        """Whether it explains, today, that things of `kind` are shared."""
        is_valid = self.valid_until is None or today <= self.valid_until
        return is_valid and (not self.kinds or kind in self.kinds)


def weigh(
    matches: Iterable[Match], weights: Weights, explanations: Collection[Explained], today: date
) -> tuple[Contribution, ...]:
    """What each match adds, the heaviest first. Nothing that weighs nothing is among them."""
    of_kinds = groupby(sorted(matches, key=lambda match: match.kind), key=lambda match: match.kind)
    weighed = [item for kind, group in of_kinds for item in _weigh_kind(kind, group, weights, explanations, today)]
    ordered = sorted(weighed, key=lambda item: (-item.counted, -item.weight, item.kind, item.how, item.shown))
    return with_points([item for item in ordered if item.weight])


def with_points(contributions: Collection[Contribution]) -> tuple[Contribution, ...]:
    """The contributions, each with by how much the score would be lower without it."""
    items = list(contributions)
    score = score_of(items)
    return tuple(replace(item, points=score - score_of(items[:at] + items[at + 1 :])) for at, item in enumerate(items))


def score_of(contributions: Iterable[Contribution]) -> int:
    """0 … 100: each contribution is a chance of being taken for one, independent of the others.

    What is certain of nothing never makes 100, and what weighs anything never makes 0.
    """
    counted = [item.counted for item in contributions]
    if not any(counted):
        return 0
    return max(1, min(100, round(100 * (1 - prod(1 - each / 100 for each in counted)))))


def _weigh_kind(
    kind: LinkKind,
    matches: Iterable[Match],
    weights: Weights,
    explanations: Collection[Explained],
    today: date,
) -> list[Contribution]:
    alone = [(percent(weights.of(kind, match.how, match.ended), match.share), match) for match in matches]
    alone.sort(key=lambda pair: (-pair[0], pair[1].how, pair[1].shown, pair[1].what))
    left, because = _explained(kind, weights, explanations, today)
    found = []
    for place, (own, match) in enumerate(alone):
        # The second bank account in common tells little that the first has not told.
        weight = own if place == 0 else percent(own, weights.repeat)
        item = Contribution(kind, match.how, match.shown, weight, percent(weight, left), ended=match.ended)
        if because:
            item = replace(item, explanation_id=because.id, documented=because.documented)
        found.append(item)
    return found


def _explained(
    kind: LinkKind, weights: Weights, explanations: Collection[Explained], today: date
) -> tuple[int, Explained | None]:
    """What is left (percent) after the best explanation, and which one that is."""
    covering = [item for item in explanations if item.covers(kind, today)]
    if not covering:
        return 100, None
    return min(((_left(item, weights), item) for item in covering), key=lambda pair: (pair[0], pair[1].id))


def _left(item: Explained, weights: Weights) -> int:
    return (weights.papers if item.documented else weights.reasons)[item.kind]
