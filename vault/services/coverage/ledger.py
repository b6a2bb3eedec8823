"""The ledger of what was sold, and the catalogue that says which product a SKU is."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct, Listing
from vault.db.entities.sales import SoldItem
from vault.db.queries.among import among


def resolve_skus(session: Session, account_id: str) -> None:
    """Gives what was sold under a SKU alone its ASIN, as far as the catalogue knows it by now."""
    unknown = select(SoldItem.sku).where(SoldItem.account_id == account_id, SoldItem.asin == "").distinct()
    for sku, asin in asins_of_skus(session, account_id, session.scalars(unknown).all()).items():
        same = (SoldItem.account_id == account_id, SoldItem.asin == "", SoldItem.sku == sku)
        session.execute(update(SoldItem).where(*same).values(asin=asin))


def asins_of_skus(session: Session, account_id: str, skus: Sequence[str]) -> Mapping[str, str]:
    """The ASINs under which the catalogue offers these SKUs."""
    if not skus:
        return {}
    wanted = (
        select(Listing.sku, CatalogueProduct.asin)
        .join(CatalogueProduct, CatalogueProduct.id == Listing.product_id)
        .where(Listing.account_id == account_id, among(Listing.sku, list(skus)))
    )
    return {row[0]: row[1] for row in session.execute(wanted)}
