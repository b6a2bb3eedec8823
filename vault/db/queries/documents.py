"""The list of a seller account's documents: filters, orders, pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from vault.db.entities.documents import Document, DocumentLine
from vault.db.entities.papers import PaperProduct
from vault.db.entities.work import Task, TaskState
from vault.db.queries.keyset import PAGE_SIZE, Order, Page, fetch_page
from vault.db.queries.sieves import Sieve, plan
from vault.db.queries.tasks import visible_to
from vault.db.queries.unindexed import Column, through_indexes, unindexed
from vault.db.search import search
from vault.domain.papers import PaperKind

_MADE_HERE = tuple(kind for kind in PaperKind if kind.is_made_here)


MADE_HERE = [kind.value for kind in PaperKind if kind.is_made_here]


class DocumentSort(StrEnum):
    UPLOADED = "uploaded"
    ISSUED = "issued"
    SUPPLIER = "supplier"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What to show of a seller account's documents. Empty: everything.

    `kind` is what the machine read, `paper_kind` what a person says it is (a `PaperKind`). `product_id`: documents with
    a line of this product, and papers about it. `text`: words to search in the documents. The dates bound the issue
    date, both included. `from_outside`: nothing that the vault has made itself.
    """

    text: str = ""
    verdict: str = ""
    state: str = ""
    kind: str = ""
    paper_kind: str = ""
    supplier_id: str = ""
    product_id: str = ""
    issued_from: date | None = None
    issued_to: date | None = None
    from_outside: bool = False


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
    paper_kind: str | None


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
    """`count`: how many documents pass the filters; ``RARE`` stands for that many or more, None for "not counted"."""

    page: Page[DocumentRow]
    count: int | None


def list_documents(
    session: Session,
    account_id: str,
    wanted: DocumentFilter,
    sort: DocumentSort = DocumentSort.UPLOADED,
    descending: bool = True,
    token: str | None = None,
    size: int = PAGE_SIZE,
) -> DocumentPage:
    """One page of the account's documents, at most `size`. Raises Invalid for a token of another order."""
    through_indexes(session)
    own = Document.account_id == account_id
    whole = Sieve(find=own, test=own, counted=select(Document.id).where(own))
    sieves = _sieves(session, account_id, wanted)
    way = plan(session, whole, sieves, sort, document_order(sort, descending))
    statement: Select[Any] = select(*_COLUMNS).where(*way.conditions)
    return DocumentPage(fetch_page(session, statement, way.order, DocumentRow, token, size), way.count)


def latest_documents(session: Session, account_id: str, limit: int) -> tuple[DocumentRow, ...]:
    """The documents uploaded last, newest first, without those that the vault made."""
    plain = unindexed(session, Document.paper_kind)
    statement: Select[Any] = (
        select(*_COLUMNS)
        .where(Document.account_id == account_id, or_(plain.is_(None), plain.not_in(MADE_HERE)))
        .order_by(Document.uploaded_at.desc(), Document.id.desc())
        .limit(limit)
    )
    return tuple(DocumentRow(*row) for row in session.execute(statement))


def open_task_counts(session: Session, document_ids: Iterable[str], seen: Sequence[str] = ()) -> Mapping[str, int]:
    """How many open tasks each of these documents has; those without any are left out.

    Tasks that tell of a second seller account count where it is among those `seen`.
    """
    statement = (
        select(Task.subject_id, func.count())
        .where(Task.subject_type == "document", Task.subject_id.in_(list(document_ids)), Task.state == TaskState.OPEN)
        .where(visible_to(seen))
        .group_by(Task.subject_id)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _sieves(session: Session, account_id: str, wanted: DocumentFilter) -> list[Sieve]:
    equal: tuple[tuple[InstrumentedAttribute[Any], str, DocumentSort], ...] = (
        (Document.verdict, wanted.verdict, DocumentSort.UPLOADED),
        (Document.state, wanted.state, DocumentSort.UPLOADED),
        (Document.kind, wanted.kind, DocumentSort.UPLOADED),
        (Document.supplier_id, wanted.supplier_id, DocumentSort.ISSUED),
    )
    sieves = [
        _sieve(account_id, column == value, unindexed(session, column) == value, sort)
        for column, value, sort in equal
        if value
    ]
    if wanted.issued_from or wanted.issued_to:
        by_index = _between(Document.issue_date, wanted)
        one_by_one = _between(unindexed(session, Document.issue_date), wanted)
        sieves.append(_sieve(account_id, by_index, one_by_one, DocumentSort.ISSUED))
    if wanted.paper_kind:
        sieves.append(_paper_sieve(session, account_id, wanted.paper_kind))
    if wanted.from_outside:
        sieves.append(_outside_sieve(session, account_id))
    if wanted.product_id:
        sieves.append(_product_sieve(session, account_id, wanted.product_id))
    if hits := search(session, account_id, wanted.text):
        found = and_(unindexed(session, Document.account_id) == account_id, hits.find)
        sieves.append(Sieve(found, hits.test, hits.counted))
    return sieves


def _sieve(account_id: str, find: ColumnElement[bool], test: ColumnElement[bool], sort: DocumentSort) -> Sieve:
    find = and_(Document.account_id == account_id, find)
    return Sieve(find, test, select(Document.id).where(find), sort)


def _between(column: Column, wanted: DocumentFilter) -> ColumnElement[bool]:
    bounds: list[ColumnElement[bool]] = []
    if wanted.issued_from:
        bounds.append(column >= wanted.issued_from)
    if wanted.issued_to:
        bounds.append(column <= wanted.issued_to)
    return and_(*bounds)


def _paper_sieve(session: Session, account_id: str, kind: str) -> Sieve:
    """What nobody has said anything of is taken for a supplier invoice."""
    plain = unindexed(session, Document.paper_kind)
    if kind != PaperKind.SUPPLIER_INVOICE:
        return _sieve(account_id, Document.paper_kind == kind, plain == kind, DocumentSort.UPLOADED)
    is_invoice = or_(plain.is_(None), plain == kind)
    find = and_(Document.account_id == account_id, is_invoice)
    return Sieve(find, is_invoice, select(Document.id).where(find))


def _outside_sieve(session: Session, account_id: str) -> Sieve:
    plain = unindexed(session, Document.paper_kind)
    is_from_outside = or_(plain.is_(None), plain.not_in(_MADE_HERE))
    return _sieve(account_id, is_from_outside, is_from_outside, DocumentSort.UPLOADED)


def _product_sieve(session: Session, account_id: str, product_id: str) -> Sieve:
    of_product, about = DocumentLine.product_id == product_id, PaperProduct.product_id == product_id
    lines = select(DocumentLine.document_id).where(of_product)
    papers = select(PaperProduct.document_id).where(about)
    found = union(lines, papers).subquery()
    return Sieve(
        find=and_(unindexed(session, Document.account_id) == account_id, Document.id.in_(select(found))),
        test=or_(
            exists().where(DocumentLine.document_id == Document.id, of_product),
            exists().where(PaperProduct.document_id == Document.id, about),
        ),
        counted=select(found.c.document_id),
    )
