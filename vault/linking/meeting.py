"""Which holders have what in common: an inverted index from keys to holders, never a comparison of all with all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import combinations

from vault.domain.links import How, LinkKind
from vault.linking.keys import NETWORKS, Key, Thing, Way
from vault.linking.likeness import likeness, overlap, wider
from vault.linking.weights import Weights

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that a pair shares. `what` is the same for all that the pair shares in one and the same value: a keyed
    fingerprint, or two; of catalogues the kind.

    `share`: percent of the weight that counts, for what is shared in part.
    """

    kind: LinkKind
    how: How
    shown: str
    what: str
    ended: bool = False
    share: int = 100

    @property
    def key(self) -> str:
        """`Contribution.key`: at most 40 characters."""
        return self.what if self.what == self.kind else sha256(self.what.encode()).hexdigest()[:32]


def pair_of(one: str, other: str) -> Pair:
    """The two ids, the lower one first."""
    return (one, other) if one < other else (other, one)


def meetings(
    keys: Iterable[Key], weights: Weights, today: date, about: Collection[str] | None = None
) -> dict[Pair, list[Match]]:
    """What each pair shares. `about`: only pairs with one of these holders; None: all."""
    found: dict[Pair, dict[str, Match]] = defaultdict(dict)
    compared: set[tuple[Thing, Thing]] = set()
    for one, other, met in _meet(keys, about):
        if met.way is Way.NEAR:
            if (one, other) in compared:
                continue
            compared.add((one, other))
        how = _how(one, other, met.way, weights)
        if how is not None:
            match, kept = _match(one, other, how, met.key, today), found[pair_of(one.holder_id, other.holder_id)]
            seen = kept.get(match.what)
            # One match for each shared thing: the one that weighs most.
            if seen is None or _order(match, weights) < _order(seen, weights):
                kept[match.what] = match
    return {pair: list(matches.values()) for pair, matches in found.items()}


def _meet(keys: Iterable[Key], about: Collection[str] | None) -> Iterator[tuple[Thing, Thing, Key]]:
    together: dict[tuple[str, Way], list[Key]] = defaultdict(list)
    for key in keys:
        together[key.key, key.way].append(key)
    for met in together.values():
        things = [key.thing for key in met]
        if about is None:
            couples: Iterable[tuple[Thing, Thing]] = combinations(things, 2)
        else:
            ours = [thing for thing in things if thing.holder_id in about]
            theirs = [thing for thing in things if thing.holder_id not in about]
            couples = (*combinations(ours, 2), *((one, other) for one in ours for other in theirs))
        for one, other in couples:
            if one.holder_id != other.holder_id:
                yield (one, other, met[0]) if one.holder_id < other.holder_id else (other, one, met[0])


def _how(one: Thing, other: Thing, way: Way, weights: Weights) -> How | None:
    if way is Way.NEAR:
        return likeness(one, other, weights.alike)
    if way is Way.DOMAIN:
        return None if one.ref == other.ref else How.DOMAIN
    if way is Way.AROUND:
        return None if overlap(one, other) else How.NEIGHBOUR
    return How.SAME if one.kind is other.kind else How.ACROSS


def _match(one: Thing, other: Thing, how: How, key: str, today: date) -> Match:
    """What is shared of a domain or of a network is that, however many addresses of it the two have."""
    # The last day is one on which it was in use.
    ended = any(thing.until is not None and thing.until < today for thing in (one, other))
    kind = _kind(one.kind, other.kind)
    if how is How.DOMAIN:
        return Match(kind, how, f"@{one.text}", key, ended)
    if how is How.NEIGHBOUR:
        return Match(kind, how, one.masked.partition("/")[0], key, ended)
    if how is How.WITHIN:
        network = wider(one, other)
        return Match(kind, how, network.masked, network.ref, ended)
    shown = one.masked if one.masked == other.masked else f"{one.masked} · {other.masked}"
    return Match(kind, how, shown, " ".join(sorted({one.ref, other.ref})), ended)


def _kind(one: LinkKind, other: LinkKind) -> LinkKind:
    """What a thing is called that the two know under different kinds: an IP address, or by the earlier name."""
    if {one, other} == NETWORKS:
        return LinkKind.IP_ADDRESS
    return min(one, other, key=list(LinkKind).index)


def _order(match: Match, weights: Weights) -> tuple[int, bool, str, str, str]:
    weight = weights.of(match.kind, match.how, match.ended)
    return (-weight, match.ended, match.kind, match.how, match.shown)
