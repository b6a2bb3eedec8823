"""A seller account's catalogue: its products as the checks and the matcher know them."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, selectinload

from vault.db.entities.accounts import CatalogueProduct, ReportImport
from vault.domain.products import LineMatch, Product
from vault.domain.readings import LineItem
from vault.matching.index import Index
from vault.matching.matcher import match_line
from vault.reading.amazon.kinds import ReportKind

# Reports by which products come and change.
_OF_CATALOGUE = (ReportKind.LISTINGS, ReportKind.INVENTORY)
# Indexes kept in memory: an index of 22,000 products takes some tens of megabytes.
_KEPT = 4


class Matchers:
    """The catalogue indexes of one process: built when first needed, kept until the catalogue changes."""

    def __init__(self) -> None:
        self._indexes: OrderedDict[str, tuple[str, Index]] = OrderedDict()
        self._lock = Lock()

    def match(self, session: Session, account_id: str, lines: Iterable[LineItem]) -> tuple[LineMatch, ...]:
        """The product of each line, as far as the account's catalogue tells."""
        lines = tuple(lines)
        if not lines:
            return ()
        index = self._index(session, account_id)
        return tuple(match_line(index, line) for line in lines)

    def warm(self, session: Session, account_id: str) -> None:
        """Builds the account's index now, so that the next `match` does not have to."""
        self._index(session, account_id)

    def _index(self, session: Session, account_id: str) -> Index:
        version = catalogue_version(session, account_id)
        with self._lock:
            kept = self._indexes.get(account_id)
            if kept is None or kept[0] != version:
                kept = (version, Index(all_products(session, account_id)))
            self._indexes[account_id] = kept
            self._indexes.move_to_end(account_id)
            while len(self._indexes) > _KEPT:
                self._indexes.popitem(last=False)
        return kept[1]


def catalogue_version(session: Session, account_id: str) -> str:
    """Changes whenever the catalogue may have changed: products come and change by imports only."""
    latest = select(func.max(ReportImport.id)).where(
        ReportImport.account_id == account_id, ReportImport.kind.in_(_OF_CATALOGUE)
    )
    return session.scalar(latest) or ""


def has_products(session: Session, account_id: str) -> bool:
    """Whether anything was ever imported."""
    return bool(session.scalar(select(exists().where(CatalogueProduct.account_id == account_id))))


def all_products(session: Session, account_id: str) -> Sequence[Product]:
    """The whole catalogue, in a stable order."""
    return _products(session, select(CatalogueProduct).where(CatalogueProduct.account_id == account_id))


def products_by_id(session: Session, product_ids: Iterable[str]) -> dict[str, Product]:
    """The products with these ids."""
    wanted = select(CatalogueProduct).where(CatalogueProduct.id.in_(list(product_ids)))
    return {product.id: product for product in _products(session, wanted)}


def _products(session: Session, wanted: Select[CatalogueProduct]) -> list[Product]:
    rows = session.scalars(wanted.options(selectinload(CatalogueProduct.listings)).order_by(CatalogueProduct.id))
    return [_product(row) for row in rows]


def _product(row: CatalogueProduct) -> Product:
    listings = sorted(row.listings, key=lambda listing: listing.sku)
    return Product(
        id=row.id,
        title=row.title,
        asin=row.asin,
        fnsku=next((listing.fnsku for listing in listings if listing.fnsku), ""),
        skus=tuple(listing.sku for listing in listings),
        gtins=tuple(dict.fromkeys(listing.gtin for listing in listings if listing.gtin)),
        brand=row.brand,
        model=row.model,
        attributes={"price": listings[0].price} if listings and listings[0].price else {},
    )
