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
    """Why a pair shares something. `kinds` empty: all. It counts until the end of the day `valid_until`.

    `keys`: the shared things that it is about (`Contribution.key`): those that were known when it was given, and those
    for which somebody has confirmed it since. None: all.
    """

    id: str
    kind: ExplanationKind
    kinds: frozenset[LinkKind] = frozenset()
    documented: bool = False
    valid_until: date | None = None
    keys: frozenset[str] | None = None

    @property
    def is_of_the_pair(self) -> bool:
        """Amazon approved the pair as a whole, not single things.

        Amazon knows then who runs the two and has agreed to it, so the score goes on counting the approval for what
        they come to share. But an approval has its conditions, mostly a bank account of its own for each, and nobody
        has read them for the new thing yet: that is asked once.
        """
        return self.kind is ExplanationKind.APPROVAL and not self.kinds

    def covers(self, kind: LinkKind, today: date) -> bool:
        """Whether it is, today, about things of `kind`."""
        is_valid = self.valid_until is None or today <= self.valid_until
        return is_valid and (not self.kinds or kind in self.kinds)

    def holds_for(self, kind: LinkKind, key: str) -> bool:
        """Whether somebody has said that this thing is shared for this reason."""
        return (not self.kinds or kind in self.kinds) and (self.keys is None or key in self.keys)


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
    covering = [item for item in explanations if item.covers(kind, today)]
    found = [_alone(match, weights, covering) for match in matches]
    found.sort(key=lambda item: (-item.alone, -item.weight, item.how, item.shown, item.key))
    # The second bank account in common tells little that the first has not told.
    return found[:1] + [replace(item, counted=percent(item.alone, weights.repeat)) for item in found[1:]]


def _alone(match: Match, weights: Weights, covering: Collection[Explained]) -> Contribution:
    """What the match would count if it were all that the two share. `covering`: what is about things of its kind."""
    key, weight = match.key, percent(weights.of(match.kind, match.how, match.ended), match.share)
    given = [item for item in covering if item.holds_for(match.kind, key)]
    counting = _best([*given, *(item for item in covering if item.is_of_the_pair)], weights)
    asked = None if given else _best(covering, weights)
    alone = percent(weight, _left(counting, weights)) if counting else weight
    return Contribution(
        match.kind,
        match.how,
        match.shown,
        weight,
        alone,
        ended=match.ended,
        explanation_id=counting.id if counting else "",
        documented=counting is not None and counting.documented,
        key=key,
        alone=alone,
        awaits=asked.id if asked else "",
    )


def _best(explanations: Collection[Explained], weights: Weights) -> Explained | None:
    """The one that leaves least."""
    return min(explanations, key=lambda item: (_left(item, weights), item.id), default=None)


def _left(item: Explained, weights: Weights) -> int:
    """What it leaves, in percent."""
    return (weights.papers if item.documented else weights.reasons)[item.kind]
