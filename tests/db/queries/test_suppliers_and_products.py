"""The lists of suppliers and products: complete by name, searched by word, each with what proves it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.bench.many_documents import ManyDocuments
from vault.db.entities.accounts import CatalogueProduct, Listing, Supplier
from vault.db.entities.documents import Document, DocumentLine
from vault.db.queries.products import ProductRow, list_products
from vault.db.queries.suppliers import SupplierRow, list_suppliers
from vault.db.session import Database

MADE = ManyDocuments(150)


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    database = Database(database_url)
    MADE.fill(database.engine)
    with database.reading() as opened:
        yield opened
    database.close()


def all_suppliers(session: Session, text: str = "") -> list[SupplierRow]:
    page = list_suppliers(session, MADE.account_id, text)
    rows = list(page.rows)
    while page.next:
        page = list_suppliers(session, MADE.account_id, text, page.next)
        rows += page.rows
    return rows


def first_products(session: Session, text: str = "") -> list[ProductRow]:
    page = list_products(session, MADE.account_id, text)
    rows = list(page.rows)
    while page.next and len(rows) < 300:
        page = list_products(session, MADE.account_id, text, page.next)
        rows += page.rows
    return rows


def test_every_supplier_stands_once_in_the_order_of_names(session: Session) -> None:
    rows = all_suppliers(session)
    assert [row.id for row in rows] == list(session.scalars(select(Supplier.id).order_by(Supplier.name, Supplier.id)))


def test_a_supplier_says_how_many_documents_came_and_when_the_last_was_issued(session: Session) -> None:
    for row in all_suppliers(session):
        own = (Document.supplier_id == row.id, Document.account_id == MADE.account_id)
        count, last = session.execute(select(func.count(), func.max(Document.issue_date)).where(*own)).one()
        assert (row.documents, row.last_issued) == (count, last)


def test_words_narrow_the_suppliers_whatever_their_capitals(session: Session) -> None:
    name = MADE.suppliers[0][1]
    found = all_suppliers(session, name.upper())
    assert name in {row.name for row in found}
    assert all(word.lower() in row.name.lower() for row in found for word in name.split())


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "\\"])
def test_signs_of_the_database_mean_themselves(session: Session, text: str) -> None:
    assert all_suppliers(session, text) == []
    assert first_products(session, text) == []


def test_products_stand_in_the_order_of_titles_with_their_skus_and_invoices(session: Session) -> None:
    rows = first_products(session)
    ordered = select(CatalogueProduct.id).order_by(CatalogueProduct.title, CatalogueProduct.id).limit(len(rows))
    assert [row.id for row in rows] == list(session.scalars(ordered))
    for row in rows:
        lines = (
            select(func.count(Document.id.distinct()), func.max(Document.issue_date))
            .join(DocumentLine, DocumentLine.document_id == Document.id)
            .where(DocumentLine.product_id == row.id)
        )
        assert (row.documents, row.last_issued) == tuple(session.execute(lines).one())
        assert row.skus == tuple(session.scalars(select(Listing.sku).where(Listing.product_id == row.id)))


def test_a_product_is_found_by_title_asin_and_sku(session: Session) -> None:
    product = session.scalars(select(CatalogueProduct).limit(1)).one()
    sku = session.scalars(select(Listing.sku).where(Listing.product_id == product.id)).one()
    for text in (product.title.lower(), product.asin.lower(), sku):
        assert product.id in {row.id for row in first_products(session, text)}, text
