"""The documents that have lines of products: what coverage needs to know of each, in few statements."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, exists, or_, select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document, DocumentLine, DocumentState, Judgement, StoredFinding
from vault.db.queries.among import among
from vault.domain.findings import Outcome, Verdict
from vault.domain.papers import PaperKind


@dataclass(frozen=True, slots=True)
class InvoiceLineRow:
    """One line of one product, and the document that it stands on. `verdict` leaves out the checks passed over."""

    product_id: str
    document_id: str
    quantity: str
    kind: str
    verdict: str
    issue_date: date | None
    supplier_id: str | None
    supplier_name: str
    number: str
    currency: str
    total: str
    filename: str


def invoice_lines(
    session: Session,
    account_id: str,
    profile: str,
    passed_over: Collection[str],
    product_ids: Collection[str] | None = None,
    since: date | None = None,
) -> Iterator[InvoiceLineRow]:
    """The lines that name a product (or one of these), by product and document, in the order of the page.

    `profile` is the one whose findings decide; failures of the checks `passed_over` do not. `since`: only documents
    issued from that day on.
    """
    columns: tuple[Any, ...] = (
        DocumentLine.product_id,
        Document.id,
        DocumentLine.quantity,
        Document.kind,
        _verdict(profile, passed_over),
        Document.issue_date,
        Document.supplier_id,
        Document.supplier_name,
        Document.number,
        Document.currency,
        Document.total,
        Document.filename,
    )
    wanted = (
        select(*columns)
        .join(Document, Document.id == DocumentLine.document_id)
        .where(
            Document.account_id == account_id,
            Document.state == DocumentState.JUDGED,
            or_(Document.paper_kind.is_(None), Document.paper_kind == PaperKind.SUPPLIER_INVOICE),
            DocumentLine.product_id.is_not(None)
            if product_ids is None
            else among(DocumentLine.product_id, product_ids),
        )
        .order_by(DocumentLine.product_id, Document.id, DocumentLine.position)
    )
    if since is not None:
        wanted = wanted.where(Document.issue_date >= since)
    for row in session.execute(wanted):
        yield InvoiceLineRow(*row)


def products_on(session: Session, document_ids: Collection[str]) -> set[str]:
    """The products that lines of these documents name."""
    wanted = select(DocumentLine.product_id).where(
        among(DocumentLine.document_id, document_ids), DocumentLine.product_id.is_not(None)
    )
    return {product_id for product_id in session.scalars(wanted.distinct()) if product_id is not None}


def _verdict(profile: str, passed_over: Collection[str]) -> ColumnElement[Any]:
    fails = StoredFinding.outcome == Outcome.FAIL, StoredFinding.check_id.not_in(passed_over)
    return case(
        (Document.verdict.in_((Verdict.PASS, Verdict.WARN)), Document.verdict),
        (_has_finding(profile, *fails), Verdict.FAIL.value),
        (_has_finding(profile, StoredFinding.outcome == Outcome.UNKNOWN), Verdict.UNKNOWN.value),
        (Document.verdict == Verdict.FAIL, Verdict.PASS.value),  # only the checks passed over fail
        else_=Verdict.UNKNOWN.value,  # not judged at all
    )


def _has_finding(profile: str, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Judgement.document_id == Document.id,
        Judgement.profile == profile,
        StoredFinding.judgement_id == Judgement.id,
        *conditions,
    )
