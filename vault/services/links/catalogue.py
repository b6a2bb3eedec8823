"""Comparing catalogues: what two seller accounts both sell, at which prices, and in which words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import ReportImport
from vault.db.entities.links import CatalogueOverlap
from vault.db.queries.links import catalogue_sizes, prices_of, product_titles, shared_fnskus, shared_products
from vault.domain.ids import new_id
from vault.linking.catalogue import Overlap, Title, prices_alike, titles_alike
from vault.linking.meeting import Pair, pair_of

_COUNTS = ("smaller", "shared", "priced", "priced_alike", "titled_alike", "mixed")


def compare_catalogues(session: Session, account_id: str | None = None) -> Mapping[Pair, Overlap]:
    """What catalogues have in common now, those of one seller account with all others, or all with all."""
    sizes = catalogue_sizes(session)
    shared: dict[Pair, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one_id, other_id, one, other in shared_products(session, account_id):
        low, high = (one, other) if one_id < other_id else (other, one)
        shared[pair_of(one_id, other_id)][low].add(high)
    titles = titles_alike((Title(*row) for row in product_titles(session)), account_id)
    mixed = {pair_of(one, other): count for one, other, count in shared_fnskus(session, account_id)}
    prices = prices_of(session, _ids(shared.values()))
    found = {}
    for pair in {*shared, *titles, *mixed}:
        priced = [_priced_alike(low, highs, prices) for low, highs in shared.get(pair, {}).items()]
        found[pair] = Overlap(
            smaller=min(sizes.get(holder_id, 0) for holder_id in pair),
            shared=len(shared.get(pair, {})),
            priced=sum(each is not None for each in priced),
            priced_alike=sum(each is True for each in priced),
            titled_alike=len(titles.get(pair, ())),
            mixed=mixed.get(pair, 0),
        )
    return found


def store_overlaps(session: Session, found: Mapping[Pair, Overlap], account_id: str | None = None) -> None:
    """Keeps what `compare_catalogues` found in place of what it found before."""
    session.execute(delete(CatalogueOverlap).where(_with(account_id)))
    rows = [
        {"id": new_id(), "low_id": low, "high_id": high, **{name: getattr(overlap, name) for name in _COUNTS}}
        for (low, high), overlap in found.items()
    ]
    if rows:
        session.execute(insert(CatalogueOverlap), rows)


def kept_overlaps(session: Session, account_ids: Iterable[str] | None) -> Mapping[Pair, Overlap]:
    """The kept overlaps with one of these seller accounts, all where None is given."""
    counts = [getattr(CatalogueOverlap, name) for name in _COUNTS]
    wanted = select(CatalogueOverlap.low_id, CatalogueOverlap.high_id, *counts)
    if account_ids is not None:
        ids = list(account_ids)
        wanted = wanted.where(or_(CatalogueOverlap.low_id.in_(ids), CatalogueOverlap.high_id.in_(ids)))
    return {(low, high): Overlap(*rest) for low, high, *rest in session.execute(wanted)}


def imports_so_far(session: Session) -> int:
    """Rises with every import: what was compared before may be outdated."""
    return session.scalar(select(func.count()).select_from(ReportImport)) or 0


def _with(account_id: str | None) -> ColumnElement[bool]:
    if account_id is None:
        return CatalogueOverlap.id.is_not(None)
    return or_(CatalogueOverlap.low_id == account_id, CatalogueOverlap.high_id == account_id)


def _ids(shared: Iterable[Mapping[str, set[str]]]) -> Iterable[str]:
    for products in shared:
        for low, highs in products.items():
            yield low
            yield from highs


def _priced_alike(low: str, highs: Iterable[str], prices: Mapping[str, list[str]]) -> bool | None:
    """Whether some offer of the one costs what some offer of the other does; None where no two prices are known."""
    answers = {
        prices_alike(one, other) for one in prices.get(low, ()) for high in highs for other in prices.get(high, ())
    } - {None}
    return True in answers if answers else None
