"""What a person sees in the lists of a seller account."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from vault.db.entities.accounts import CatalogueProduct, ReportImport, Supplier
from vault.db.entities.documents import UploadBatch
from vault.db.entities.people import User
from vault.db.queries import documents, overview, products, suppliers
from vault.db.queries.documents import DocumentFilter, DocumentRow, DocumentSort
from vault.db.queries.keyset import Page
from vault.db.queries.overview import Overview
from vault.db.queries.products import ProductRow
from vault.db.queries.suppliers import SupplierRow
from vault.domain.errors import NotFound
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.vault import Vault

_RECENT = 20


@dataclass(frozen=True, slots=True)
class DocumentList:
    """One page of documents. `count`: see `DocumentPage`. `open_tasks` counts them by document, where there are any."""

    page: Page[DocumentRow]
    count: int | None
    open_tasks: Mapping[str, int]


def list_documents(
    vault: Vault,
    actor: Actor,
    account_id: str,
    wanted: DocumentFilter,
    sort: DocumentSort = DocumentSort.UPLOADED,
    descending: bool = True,
    token: str | None = None,
) -> DocumentList:
    """Raises NotFound, and Invalid for a token of another list."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        found = documents.list_documents(session, account_id, wanted, sort, descending, token)
        counts = documents.open_task_counts(session, (row.id for row in found.page.rows), actor.account_ids)
    return DocumentList(found.page, found.count, counts)


def list_suppliers(
    vault: Vault, actor: Actor, account_id: str, text: str = "", token: str | None = None
) -> Page[SupplierRow]:
    """Raises NotFound, and Invalid for a token of another list."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        return suppliers.list_suppliers(session, account_id, text, token)


def get_supplier(vault: Vault, actor: Actor, account_id: str, supplier_id: str) -> Supplier:
    """Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        supplier = session.get(Supplier, supplier_id)
    if supplier is None or supplier.account_id != account_id:
        raise NotFound()
    return supplier


def list_products(
    vault: Vault,
    actor: Actor,
    account_id: str,
    text: str = "",
    token: str | None = None,
    is_proven: bool | None = None,
) -> Page[ProductRow]:
    """Raises NotFound, and Invalid for a token of another list."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        return products.list_products(session, account_id, text, token, is_proven)


def get_product(vault: Vault, actor: Actor, account_id: str, product_id: str) -> CatalogueProduct:
    """The product with its listings. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        product = session.get(CatalogueProduct, product_id, options=[selectinload(CatalogueProduct.listings)])
    if product is None or product.account_id != account_id:
        raise NotFound()
    return product


def read_overview(vault: Vault, actor: Actor, account_id: str) -> Overview:
    """Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        return overview.read_overview(session, account_id)


def recent_batches(vault: Vault, actor: Actor, account_id: str) -> list[tuple[UploadBatch, str]]:
    """The latest drops, newest first, each with the name of who made it. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    wanted = (
        select(UploadBatch, func.coalesce(User.name, ""))
        .outerjoin(User, User.id == UploadBatch.created_by)
        .where(UploadBatch.account_id == account_id)
        .order_by(UploadBatch.created_at.desc(), UploadBatch.id.desc())
        .limit(_RECENT)
    )
    with vault.database.reading() as session:
        return [(each, name) for each, name in session.execute(wanted)]


def recent_imports(vault: Vault, actor: Actor, account_id: str) -> list[tuple[ReportImport, str]]:
    """The latest imports, newest first, each with the name of who made it. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    wanted = (
        select(ReportImport, func.coalesce(User.name, ""))
        .outerjoin(User, User.id == ReportImport.imported_by)
        .where(ReportImport.account_id == account_id)
        .order_by(ReportImport.imported_at.desc(), ReportImport.id.desc())
        .limit(_RECENT)
    )
    with vault.database.reading() as session:
        return [(each, name) for each, name in session.execute(wanted)]


def get_import(vault: Vault, actor: Actor, account_id: str, import_id: str) -> tuple[ReportImport, str]:
    """One import, and the name of who made it. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        report = session.get(ReportImport, import_id)
        if report is None or report.account_id != account_id:
            raise NotFound()
        return report, names_of(session, {report.imported_by}).get(report.imported_by, report.imported_by)


def names_of(session: Session, user_ids: set[str]) -> Mapping[str, str]:
    """People's names by id; ids of machines are left out."""
    if not user_ids:
        return {}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {row[0]: row[1] for row in rows}
