"""What a monthly report adds up, each in one statement however many rows there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Integer, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.documents import Document, DocumentLine
from vault.db.entities.figures import DailyFigures
from vault.db.entities.sales import ProductCoverage
from vault.db.entities.security import ControlAttestation
from vault.domain.findings import Verdict
from vault.domain.papers import PaperKind

_IS_INVOICE = or_(Document.paper_kind.is_(None), Document.paper_kind == PaperKind.SUPPLIER_INVOICE)
_MADE_HERE = tuple(kind for kind in PaperKind if kind.is_made_here)


class PaperCount(NamedTuple):
    is_invoice: bool
    verdict: str
    state: str
    documents: int


def count_papers(session: Session, account_id: str, since: datetime, until: datetime) -> Sequence[PaperCount]:
    """Documents that came in from `since` on and before `until`; what the vault itself made did not come in."""
    flag = case((_IS_INVOICE, 1), else_=0)
    wanted = (
        select(flag, Document.verdict, Document.state, func.count())
        .where(
            Document.account_id == account_id,
            Document.uploaded_at >= since,
            Document.uploaded_at < until,
            or_(Document.paper_kind.is_(None), Document.paper_kind.not_in(_MADE_HERE)),
        )
        .group_by(flag, Document.verdict, Document.state)
    )
    return [PaperCount(bool(row[0]), *row[1:]) for row in session.execute(wanted)]


def count_dated(session: Session, account_id: str, first: date, last: date) -> tuple[int, int]:
    """Supplier invoices that bear a date between the two days, whenever they came in; and how many of them pass."""
    passing = func.sum(case((Document.verdict == Verdict.PASS, 1), else_=0))
    wanted = select(func.count(), func.coalesce(passing, 0)).where(
        Document.account_id == account_id, Document.issue_date.between(first, last), _IS_INVOICE
    )
    dated, passed = session.execute(wanted).one()
    return dated, int(passed)


def count_attestations(session: Session, account_id: str, first: date, last: date) -> Mapping[str, int]:
    """How often each security duty was attested as done between the two days, without mistakes that were taken back."""
    back = aliased(ControlAttestation)
    taken_back = select(back.id).where(back.takes_back == ControlAttestation.id).exists()
    wanted = (
        select(ControlAttestation.control, func.count())
        .where(
            ControlAttestation.account_id == account_id,
            ControlAttestation.done_on.between(first, last),
            ControlAttestation.takes_back.is_(None),
            ~taken_back,
        )
        .group_by(ControlAttestation.control)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


class DayFigures(NamedTuple):
    """`grave`: open critical and high tasks at the end of the day."""

    day: date
    readiness: int | None
    grave: int
    overdue: int


def read_days(session: Session, account_id: str, first: date, last: date) -> Sequence[DayFigures]:
    """The days that were counted, in order."""
    wanted = (
        select(
            DailyFigures.day, DailyFigures.readiness, DailyFigures.critical + DailyFigures.high, DailyFigures.overdue
        )
        .where(DailyFigures.account_id == account_id, DailyFigures.day.between(first, last))
        .order_by(DailyFigures.day)
    )
    return [DayFigures(*row) for row in session.execute(wanted)]


@dataclass(frozen=True, slots=True)
class ProductRow:
    """`invoices`: documents that pass and have a line of it. Coverage is None where nothing is known of sales."""

    asin: str
    title: str
    invoices: int
    state: str | None
    sold: int | None
    bought: int | None
    lapses_on: date | None


def read_products(session: Session, account_id: str) -> Sequence[ProductRow]:
    """Every product that is offered or was sold: those without an invoice first, then by how grave their coverage is."""
    proven = (
        select(DocumentLine.product_id, func.count(DocumentLine.document_id.distinct()).label("invoices"))
        .join(Document, Document.id == DocumentLine.document_id)
        .where(
            Document.account_id == account_id, Document.verdict == Verdict.PASS, DocumentLine.product_id.is_not(None)
        )
        .group_by(DocumentLine.product_id)
        .subquery()
    )
    coverage = and_(
        ProductCoverage.account_id == CatalogueProduct.account_id, ProductCoverage.asin == CatalogueProduct.asin
    )
    of_coverage = (ProductCoverage.state, ProductCoverage.sold, ProductCoverage.bought, ProductCoverage.lapses_on)
    invoices = func.coalesce(proven.c.invoices, 0, type_=Integer)
    offered = (
        select(CatalogueProduct.asin, CatalogueProduct.title, invoices, *of_coverage, ProductCoverage.rank)
        .outerjoin(proven, proven.c.product_id == CatalogueProduct.id)
        .outerjoin(ProductCoverage, coverage)
        .where(CatalogueProduct.account_id == account_id)
    )
    sold_only = select(
        ProductCoverage.asin, ProductCoverage.title, literal(0), *of_coverage, ProductCoverage.rank
    ).where(ProductCoverage.account_id == account_id, ProductCoverage.product_id.is_(None))
    rows = {row[0]: row for row in (*session.execute(sold_only), *session.execute(offered))}
    ordered = sorted(rows.values(), key=lambda row: (row[2] > 0, row[7] is None, row[7] or 0, row[0]))
    return [ProductRow(*row[:7]) for row in ordered]
