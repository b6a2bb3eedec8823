"""Pairs of linked accounts as a page shows them: what was asked for, as pictures and tables, the worst first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from vault.db.queries.links import Holder
from vault.domain.links import Risk
from vault.services.links.links import Pair
from vault.services.links.pages import ScoredPair
from vault.web.graph_layout import Edge, Picture, clusters_of, draw

# As much as a page shows of each; the list of pairs has everything.
PICTURES = 12
MATRICES = 6
ROWS = 100
_WIDEST_MATRIX = 24


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pairs to show. `risk`: at least this; `name`: a part of one account's name. Empty: all."""

    risk: str = ""
    kind: str = ""
    name: str = ""

    def passes(self, pair: ScoredPair) -> bool:
        """Whether risk and name fit; the kind of thing is asked of the database."""
        order, sought = list(Risk), self.name.casefold()
        return (not self.risk or order.index(pair.risk) >= order.index(Risk(self.risk))) and (
            sought in pair.low.name.casefold() or sought in pair.high.name.casefold()
        )


@dataclass(frozen=True, slots=True)
class Matrix:
    """The accounts of one cluster in the order of rows and columns. `left_out`: how many share too little to be shown."""

    ids: tuple[str, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Clusters:
    """Pairs by the accounts that hang together, the worst cluster first."""

    holders: Mapping[str, Holder]
    pairs: Mapping[tuple[str, str], Pair | ScoredPair]
    clusters: Sequence[Collection[Edge]]

    def pictures(self) -> list[Picture]:
        return [draw(tuple(cluster)) for cluster in self.clusters[:PICTURES]]

    def matrices(self) -> list[Matrix]:
        return [_matrix(tuple(cluster), self.holders) for cluster in self.clusters[:MATRICES]]


def clustered(pairs: Iterable[Pair | ScoredPair]) -> Clusters:
    """A pair that is given twice counts once."""
    pairs = list({pair.id: pair for pair in pairs}.values())
    holders = {holder.id: holder for pair in pairs for holder in (pair.low, pair.high)}
    found = clusters_of(Edge(pair.low.id, pair.high.id, pair.score) for pair in pairs)
    return Clusters(holders, {(pair.low.id, pair.high.id): pair for pair in pairs}, found)


def _matrix(cluster: Sequence[Edge], holders: Mapping[str, Holder]) -> Matrix:
    """The worst links come first in a cluster, so the accounts that are met first are those to show."""
    met = list(dict.fromkeys(each for edge in cluster for each in (edge.low, edge.high)))
    shown = sorted(met[:_WIDEST_MATRIX], key=lambda each: (holders[each].name.casefold(), each))
    return Matrix(tuple(shown), len(met) - len(shown))
