"""The list of suppliers, each with what came from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from vault.db.entities.accounts import Supplier
from vault.db.entities.documents import Document
from vault.db.queries.containing import contains
from vault.db.queries.keyset import Order, Page, fetch_page


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """`documents` counts the supplier's documents, `last_issued` is the newest issue date among them."""

    id: str
    name: str
    country: str
    vat_number: str
    email: str
    phone: str
    documents: int = 0
    last_issued: date | None = None


_COLUMNS: tuple[InstrumentedAttribute[Any], ...] = (
    Supplier.id,
    Supplier.name,
    Supplier.country,
    Supplier.vat_number,
    Supplier.email,
    Supplier.phone,
)
_ORDER = Order(Supplier.name, Supplier.id)


def list_suppliers(session: Session, account_id: str, text: str = "", token: str | None = None) -> Page[SupplierRow]:
    """One page of the account's suppliers by name. `text` is sought in name, VAT number and e-mail."""
    statement: Select[Any] = select(*_COLUMNS).where(Supplier.account_id == account_id)
    for word in text.split():
        statement = statement.where(contains(word, Supplier.name, Supplier.vat_number, Supplier.email))
    page = fetch_page(session, statement, _ORDER, SupplierRow, token)
    counts = _document_counts(session, account_id, (row.id for row in page.rows))
    rows = (replace(row, **counts.get(row.id, {})) for row in page.rows)
    return Page(tuple(rows), page.next, page.previous)


def _document_counts(session: Session, account_id: str, ids: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    statement = (
        select(Document.supplier_id, func.count(), func.max(Document.issue_date))
        .where(Document.account_id == account_id, Document.supplier_id.in_(list(ids)))
        .group_by(Document.supplier_id)
    )
    return {
        supplier_id: {"documents": count, "last_issued": last}
        for supplier_id, count, last in session.execute(statement)
        if supplier_id is not None
    }
