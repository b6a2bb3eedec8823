"""The list of a seller account's documents: filters, orders, pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from vault.db.entities.documents import Document, DocumentLine
from vault.db.entities.work import Task, TaskState
from vault.db.queries.keyset import Order, Page, count_up_to, fetch_page
from vault.db.queries.unindexed import unindexed

# Up to here the rows that pass a filter are found first and sorted then; beyond, the list is walked in its own order,
# since every few rows one passes. It is also as far as a list says how many there are.
FEW = 2000


class DocumentSort(StrEnum):
    UPLOADED = "uploaded"
    ISSUED = "issued"
    SUPPLIER = "supplier"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What to show of a seller account's documents. Empty: everything.

    `text`: words to search in the documents. The dates bound the issue date, both included.
    """

    text: str = ""
    verdict: str = ""
    state: str = ""
    kind: str = ""
    supplier_id: str = ""
    product_id: str = ""
    issued_from: date | None = None
    issued_to: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document as a list shows it."""

    id: str
    filename: str
    state: str
    state_reason: str
    kind: str
    verdict: str
    page_count: int
    supplier_id: str | None
    supplier_name: str
    number: str
    issue_date: date | None
    currency: str
    total: str
    uploaded_at: datetime


_COLUMNS: tuple[InstrumentedAttribute[Any], ...] = tuple(getattr(Document, name) for name in DocumentRow.__slots__)


def document_order(sort: DocumentSort, descending: bool) -> Order:
    columns: dict[DocumentSort, tuple[InstrumentedAttribute[Any], bool]] = {
        DocumentSort.UPLOADED: (Document.uploaded_at, False),
        DocumentSort.ISSUED: (Document.issue_date, True),
        DocumentSort.SUPPLIER: (Document.supplier_name, False),
        DocumentSort.TOTAL: (Document.total_value, True),
    }
    column, nullable = columns[sort]
    return Order(column, Document.id, descending, nullable)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """`count` is exact up to `FEW`, and `FEW` where there are that many or more."""

    page: Page[DocumentRow]
    count: int


def list_documents(
    session: Session,
    account_id: str,
    wanted: DocumentFilter,
    sort: DocumentSort = DocumentSort.UPLOADED,
    descending: bool = True,
    token: str | None = None,
) -> DocumentPage:
    """One page of the account's documents. Raises Invalid for a token of another order."""
    count = count_up_to(session, select(Document.id).where(*_few(account_id, wanted)), FEW)
    conditions = _few(account_id, wanted) if count < FEW else _many(session, account_id, wanted)
    statement: Select[Any] = select(*_COLUMNS).where(*conditions)
    return DocumentPage(fetch_page(session, statement, document_order(sort, descending), DocumentRow, token), count)


def latest_documents(session: Session, account_id: str, limit: int) -> tuple[DocumentRow, ...]:
    """The documents uploaded last, newest first."""
    statement: Select[Any] = (
        select(*_COLUMNS)
        .where(Document.account_id == account_id)
        .order_by(Document.uploaded_at.desc(), Document.id.desc())
        .limit(limit)
    )
    return tuple(DocumentRow(*row) for row in session.execute(statement))


def open_task_counts(session: Session, document_ids: Iterable[str]) -> Mapping[str, int]:
    """How many open tasks each of these documents has; those without any are left out."""
    statement = (
        select(Task.subject_id, func.count())
        .where(Task.subject_type == "document", Task.subject_id.in_(list(document_ids)), Task.state == TaskState.OPEN)
        .group_by(Task.subject_id)
    )
    return dict(session.execute(statement).tuples().all())


def _equalities(wanted: DocumentFilter) -> dict[InstrumentedAttribute[Any], str]:
    pairs: tuple[tuple[InstrumentedAttribute[Any], str], ...] = (
        (Document.verdict, wanted.verdict),
        (Document.state, wanted.state),
        (Document.kind, wanted.kind),
        (Document.supplier_id, wanted.supplier_id),
    )
    return {column: value for column, value in pairs if value}


def _dates(column: SQLColumnExpression[Any], wanted: DocumentFilter) -> list[ColumnElement[bool]]:
    conditions = []
    if wanted.issued_from:
        conditions.append(column >= wanted.issued_from)
    if wanted.issued_to:
        conditions.append(column <= wanted.issued_to)
    return conditions


def _few(account_id: str, wanted: DocumentFilter) -> list[ColumnElement[bool]]:
    """Conditions written so that the rarest of them finds the rows."""
    conditions: list[ColumnElement[bool]] = [Document.account_id == account_id]
    conditions += [column == value for column, value in _equalities(wanted).items()]
    conditions += _dates(Document.issue_date, wanted)
    if wanted.product_id:
        lines = select(DocumentLine.document_id).where(DocumentLine.product_id == wanted.product_id)
        conditions.append(Document.id.in_(lines))
    return conditions


def _many(session: Session, account_id: str, wanted: DocumentFilter) -> list[ColumnElement[bool]]:
    """The same conditions, written so that rows are tried in the list's own order."""
    conditions: list[ColumnElement[bool]] = [Document.account_id == account_id]
    conditions += [unindexed(session, column) == value for column, value in _equalities(wanted).items()]
    conditions += _dates(unindexed(session, Document.issue_date), wanted)
    if wanted.product_id:
        has_line = and_(DocumentLine.document_id == Document.id, DocumentLine.product_id == wanted.product_id)
        conditions.append(exists().where(has_line))
    return conditions
