"""Papers: which are about a product or of a supplier, which prove something elsewhere, and what that makes of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document
from vault.db.entities.further import FurtherAccount, FurtherPaper
from vault.db.entities.links import LinkExplanation
from vault.db.entities.papers import Paper, PaperProduct
from vault.db.entities.security import ControlAttestation, EmergencyAnswer
from vault.db.queries.among import among
from vault.domain.papers import PaperKind


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as others choose from it. `kind` is a `PaperKind`, `verdict` how it stands under the papers' profile."""

    document_id: str
    kind: str
    filename: str
    verdict: str
    issue_date: date | None
    valid_until: date | None
    never_expires: bool
    supplier_id: str | None
    supplier_name: str
    note: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A document that proves something elsewhere. `place`: a `Control`, or ``emergency``, ``link`` or ``further``.

    `said`: the kind of paper, of explanation or the purpose that was named there, empty where none was.
    """

    document_id: str
    place: str
    said: str


def papers_by_product(
    session: Session, account_id: str, product_ids: Collection[str]
) -> Mapping[str, tuple[PaperRow, ...]]:
    """The papers about each of these products of the account, the newest first."""
    wanted = _papers(PaperProduct.product_id, account_id).join(PaperProduct, PaperProduct.document_id == Document.id)
    return _grouped(session, wanted.where(among(PaperProduct.product_id, product_ids)))


def papers_by_supplier(
    session: Session, account_id: str, supplier_ids: Collection[str]
) -> Mapping[str, tuple[PaperRow, ...]]:
    """The papers that are about each of these suppliers of the account, the newest first."""
    return _grouped(session, _papers(Paper.supplier_id, account_id).where(among(Paper.supplier_id, supplier_ids)))


def products_of_paper(session: Session, document_id: str) -> frozenset[str]:
    """The ids of the products that a document is about, as a person says."""
    return frozenset(session.scalars(select(PaperProduct.product_id).where(PaperProduct.document_id == document_id)))


def proofs_nobody_named(session: Session, account_id: str) -> list[Proof]:
    """The account's documents that prove something elsewhere, while nobody has said what they are."""
    unnamed = (Document.account_id == account_id, Document.paper_kind.is_(None))
    attested = select(Document.id, ControlAttestation.control, ControlAttestation.details).join(
        Document, Document.id == ControlAttestation.document_id
    )
    answered = select(Document.id).join(EmergencyAnswer, EmergencyAnswer.document_id == Document.id).distinct()
    explained = select(Document.id, LinkExplanation.kind).join(Document, Document.id == LinkExplanation.document_id)
    filed = (
        select(Document.id, FurtherPaper.purpose)
        .join(Document, Document.id == FurtherPaper.document_id)
        .join(FurtherAccount, FurtherAccount.id == FurtherPaper.file_id)
    )
    found = [Proof(row[0], row[1], str(row[2].get("kind", ""))) for row in session.execute(attested.where(*unnamed))]
    found += [Proof(row[0], "link", row[1]) for row in session.execute(explained.where(*unnamed))]
    found += [Proof(row[0], "further", row[1]) for row in session.execute(filed.where(*unnamed))]
    return found + [Proof(each, "emergency", "") for each in session.scalars(answered.where(*unnamed))]


def _papers(by: Any, account_id: str) -> Select[Any]:
    columns = (Document.id, Document.paper_kind, Document.filename, Document.verdict)
    said = (Paper.issue_date, Paper.valid_until, Paper.never_expires, Paper.supplier_id)
    return (
        select(by, *columns, *said, Document.supplier_name, Paper.note)
        .join(Paper, Paper.document_id == Document.id)
        .where(Document.account_id == account_id, _is_paper())
        .order_by(Paper.issue_date.desc().nulls_last(), Document.id.desc())
    )


def _grouped(session: Session, wanted: Select[Any]) -> Mapping[str, tuple[PaperRow, ...]]:
    found: dict[str, list[PaperRow]] = {}
    for by, *row in session.execute(wanted):
        found.setdefault(by, []).append(PaperRow(*row))
    return {by: tuple(rows) for by, rows in found.items()}


def _is_paper() -> ColumnElement[bool]:
    """Passes documents of which somebody says that they are no supplier invoices."""
    return Document.paper_kind != PaperKind.SUPPLIER_INVOICE
