"""Linked accounts as pictures and tables: the gravest pairs by the accounts that hang together, the worst group first."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from vault.db.queries.links import Holder
from vault.services.links.pair_lists import ScoredPair
from vault.web.graph_layout import Edge, Picture, clusters_of, draw

# So many pairs are read to be drawn, the gravest ones; the list of pairs has everything.
GRAVEST = 300
_PICTURES = 12
_MATRICES = 6
_WIDEST_MATRIX = 24

Among = Callable[[Collection[str]], Iterable[ScoredPair]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The accounts of one group in the order of rows and columns. `is_cut`: others of the group are not among them."""

    ids: tuple[str, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Groups of linked accounts, drawn. `shown`: how many pairs stand in it; `groups`: how many groups were found."""

    holders: Mapping[str, Holder]
    pairs: Mapping[tuple[str, str], ScoredPair]
    pictures: Sequence[Picture] = ()
    matrices: Sequence[Matrix] = ()
    shown: int = 0
    groups: int = 0


def as_graphs(gravest: Sequence[ScoredPair]) -> Drawing:
    """A picture of each of the first groups."""
    clusters = _clusters(gravest)
    pictures = [draw(cluster) for cluster in clusters[:_PICTURES]]
    shown = sum(len(picture.edges) for picture in pictures)
    return Drawing(_holders(gravest), _by_ends(gravest), pictures, (), shown, len(clusters))


def as_matrices(gravest: Sequence[ScoredPair], among: Among) -> Drawing:
    """A table of each of the first groups. `among` gives every pair of some accounts: no cell is empty by mistake."""
    clusters, holders = _clusters(gravest), _holders(gravest)
    matrices = [_matrix(cluster, holders) for cluster in clusters[:_MATRICES]]
    group = {id_: number for number, matrix in enumerate(matrices) for id_ in matrix.ids}
    pairs = _by_ends(pair for pair in among(group) if group[pair.low.id] == group[pair.high.id])
    return Drawing(holders, pairs, (), matrices, len(pairs), len(clusters))


def _clusters(pairs: Iterable[ScoredPair]) -> list[tuple[Edge, ...]]:
    return clusters_of(Edge(pair.low.id, pair.high.id, pair.score) for pair in pairs)


def _holders(pairs: Iterable[ScoredPair]) -> Mapping[str, Holder]:
    return {holder.id: holder for pair in pairs for holder in (pair.low, pair.high)}


def _by_ends(pairs: Iterable[ScoredPair]) -> Mapping[tuple[str, str], ScoredPair]:
    return {(pair.low.id, pair.high.id): pair for pair in pairs}


def _matrix(cluster: Sequence[Edge], holders: Mapping[str, Holder]) -> Matrix:
    """The worst links come first in a cluster, so the accounts that are met first are those to show."""
    met = list(dict.fromkeys(each for edge in cluster for each in (edge.low, edge.high)))
    shown = sorted(met[:_WIDEST_MATRIX], key=lambda each: (holders[each].name.casefold(), each))
    return Matrix(tuple(shown), len(met) > len(shown))
