"""The list of products of a catalogue, each with the invoices that prove where it came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from vault.db.entities.accounts import CatalogueProduct, Listing
from vault.db.entities.documents import Document, DocumentLine
from vault.db.queries.containing import contains
from vault.db.queries.keyset import Order, Page, fetch_page
from vault.db.queries.unindexed import through_indexes
from vault.domain.findings import Verdict


@dataclass(frozen=True, slots=True)
class ProductRow:
    """`documents` counts the documents with a line of this product; `last_issued`: the newest issue date of those."""

    id: str
    asin: str
    title: str
    brand: str
    skus: tuple[str, ...] = ()
    documents: int = 0
    last_issued: date | None = None


_COLUMNS: tuple[InstrumentedAttribute[Any], ...] = (
    CatalogueProduct.id,
    CatalogueProduct.asin,
    CatalogueProduct.title,
    CatalogueProduct.brand,
)
_ORDER = Order(CatalogueProduct.title, CatalogueProduct.id)


def list_products(
    session: Session, account_id: str, text: str = "", token: str | None = None, is_proven: bool | None = None
) -> Page[ProductRow]:
    """One page of the account's catalogue by title. Every word of `text` must be in title, brand, ASIN, SKU or EAN.

    `is_proven`: only products with an invoice that passes, or only those without one.
    """
    through_indexes(session)
    statement: Select[Any] = select(*_COLUMNS).where(CatalogueProduct.account_id == account_id)
    for word in text.split():
        statement = statement.where(_mentions(account_id, word))
    if is_proven is not None:
        statement = statement.where(proven() if is_proven else ~proven())
    page = fetch_page(session, statement, _ORDER, ProductRow, token)
    ids = [row.id for row in page.rows]
    skus, counts = _skus(session, ids), _document_counts(session, ids)
    rows = (replace(row, skus=skus.get(row.id, ()), **counts.get(row.id, {})) for row in page.rows)
    return Page(tuple(rows), page.next, page.previous)


def proven() -> ColumnElement[bool]:
    """Passes products of which a document that passes has a line."""
    return exists().where(
        DocumentLine.product_id == CatalogueProduct.id,
        Document.id == DocumentLine.document_id,
        Document.account_id == CatalogueProduct.account_id,
        Document.verdict == Verdict.PASS,
    )


def product_titles(session: Session, account_id: str, ids: Iterable[str]) -> Mapping[str, ProductRow]:
    """These products of the account, by id."""
    statement: Select[Any] = select(*_COLUMNS).where(
        CatalogueProduct.account_id == account_id, CatalogueProduct.id.in_(list(ids))
    )
    rows = (ProductRow(*row) for row in session.execute(statement))
    return {row.id: row for row in rows}


def _mentions(account_id: str, word: str) -> ColumnElement[bool]:
    listed = select(Listing.product_id).where(
        Listing.account_id == account_id,
        or_(Listing.sku == word, Listing.fnsku == word.upper(), Listing.gtin == word),
    )
    in_text = contains(word, CatalogueProduct.title, CatalogueProduct.brand)
    return or_(in_text, CatalogueProduct.asin == word.upper(), CatalogueProduct.id.in_(listed))


def _skus(session: Session, ids: list[str]) -> Mapping[str, tuple[str, ...]]:
    statement = select(Listing.product_id, Listing.sku).where(Listing.product_id.in_(ids)).order_by(Listing.sku)
    found: dict[str, list[str]] = {}
    for product_id, sku in session.execute(statement):
        found.setdefault(product_id, []).append(sku)
    return {product_id: tuple(skus) for product_id, skus in found.items()}


def _document_counts(session: Session, ids: list[str]) -> Mapping[str, dict[str, Any]]:
    statement = (
        select(DocumentLine.product_id, func.count(Document.id.distinct()), func.max(Document.issue_date))
        .join(Document, Document.id == DocumentLine.document_id)
        .where(DocumentLine.product_id.in_(ids))
        .group_by(DocumentLine.product_id)
    )
    return {
        product_id: {"documents": count, "last_issued": last}
        for product_id, count, last in session.execute(statement)
        if product_id is not None
    }
