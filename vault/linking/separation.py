"""What would separate a pair: the fewest things that have to go."""

from collections.abc import Collection
from dataclasses import dataclass

from vault.domain.links import Contribution
from vault.linking.scoring import score_of


@dataclass(frozen=True, slots=True)
class Separation:
    """`must_go`, the heaviest first, brings the score down to `score`, which is less than `below`."""

    must_go: tuple[Contribution, ...]
    score: int
    below: int


def separate(contributions: Collection[Contribution], below: int) -> Separation:
    """Takes away the heaviest contributions until the score is less than `below` (at least 1).

    What goes is no longer shared at all. What was given up already cannot go again: of that, only an explanation is
    left to find.
    """
    left = sorted(contributions, key=lambda item: (-item.counted, item.kind, item.how, item.shown))
    gone: list[Contribution] = []
    while score_of(left) >= below:
        gone.append(left.pop(0))
    return Separation(tuple(gone), score_of(left), below)
