"""What the machine proposes as evidence: invoices that count under the audit's profile, papers about its products."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from vault.checks.coverage.counting import SeenInvoice, WeighedInvoice, weigh
from vault.db.entities.audits import Audit, AuditInvoice
from vault.db.entities.documents import Document
from vault.db.entities.papers import Paper
from vault.db.queries.among import among
from vault.domain.findings import Finding, Verdict
from vault.domain.papers import PaperKind
from vault.rules.evidence import EvidenceList
from vault.services.days import today
from vault.services.documents.papers import papers_about
from vault.services.findings import load_finding
from vault.services.vault import Vault

# Papers about the business itself: proposed whatever product the notice names.
OF_THE_BUSINESS = (PaperKind.IDENTITY_PAPER, PaperKind.COMPANY_PAPER)
# So many papers of the business are looked at, the newest first.
_MOST = 500


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document that could be evidence. `is_fit`: nothing speaks against it.

    Of invoices: `weighed` says how many units count, or why none; `gaps` what Amazon would find wrong.
    """

    document: Document
    is_fit: bool
    weighed: WeighedInvoice | None = None
    gaps: tuple[Finding, ...] = field(default=())


def invoices_by_asin(session: Session, audit: Audit, asked: EvidenceList) -> Mapping[str, list[Proposal]]:
    """The invoices of each product, those that count first, with most units first among them."""
    wanted = select(AuditInvoice, Document).join(Document, Document.id == AuditInvoice.document_id)
    rows = [(row, document) for row, document in session.execute(wanted.where(AuditInvoice.audit_id == audit.id))]
    asins = sorted({asin for row, _ in rows for asin in row.quantities})
    return {asin: _weighed(audit, asked, asin, rows) for asin in asins}


def papers_by_asin(
    session: Session, vault: Vault, audit: Audit, products: Mapping[str, str]
) -> Mapping[str, list[Proposal]]:
    """The papers about each product, the newest first. `products`: ids by ASIN."""
    found = papers_about(session, audit.account_id, list(products.values()))
    ids = {paper.document_id for papers in found.values() for paper in papers}
    fit = {each.document.id: each for each in _papers(session, vault, among(Document.id, ids))}
    return {asin: [fit[paper.document_id] for paper in found.get(each, ())] for asin, each in products.items()}


def papers_of_business(session: Session, vault: Vault, account_id: str) -> list[Proposal]:
    """Identity and company papers of the account, the newest first."""
    of_account = (Document.account_id == account_id, Document.paper_kind.in_(OF_THE_BUSINESS))
    return _papers(session, vault, *of_account, most=_MOST)


def by_hand(session: Session, vault: Vault, document_ids: Collection[str]) -> Mapping[str, Proposal]:
    """Documents that a person picked, by id."""
    return {each.document.id: each for each in _papers(session, vault, among(Document.id, document_ids))}


def _weighed(audit: Audit, asked: EvidenceList, asin: str, rows: list[tuple[AuditInvoice, Document]]) -> list[Proposal]:
    shown = {document.id: (row, document) for row, document in rows if asin in row.quantities}
    found = []
    for each in weigh(_seen(row, document, asin) for row, document in shown.values()):
        row, document = shown[each.invoice.document_id]
        gaps = tuple(finding for finding in map(load_finding, row.findings) if finding.is_gap)
        is_fit = each.excluded is None and _is_in_window(audit, asked, document)
        found.append(Proposal(document, is_fit, each, gaps))
    return sorted(
        found, key=lambda each: (not each.is_fit, -(each.weighed.units if each.weighed else 0), each.document.id)
    )


def _seen(row: AuditInvoice, document: Document, asin: str) -> SeenInvoice:
    return SeenInvoice(
        document_id=document.id,
        kind=document.kind,
        verdict=Verdict(row.verdict),
        issued_on=document.issue_date,
        quantities=tuple(row.quantities[asin]),
        supplier_id=document.supplier_id,
        supplier_name=document.supplier_name,
        number=document.number,
        total=f"{document.total} {document.currency}" if document.total else "",
        filename=document.filename,
    )


def _is_in_window(audit: Audit, asked: EvidenceList, document: Document) -> bool:
    if document.issue_date is None or audit.noticed_on is None:
        return False
    oldest = audit.noticed_on - timedelta(days=asked.window_days)
    return document.issue_date <= audit.noticed_on and (not asked.window_days or document.issue_date >= oldest)


def _papers(session: Session, vault: Vault, *wanted: ColumnElement[bool], most: int | None = None) -> list[Proposal]:
    """Documents with what people say of them; one whose last day is over is not fit."""
    day = today(vault)
    rows = session.execute(
        select(Document, Paper.valid_until)
        .outerjoin(Paper, Paper.document_id == Document.id)
        .where(*wanted)
        .order_by(Document.uploaded_at.desc(), Document.id)
        .limit(most)
    )
    return [Proposal(document, until is None or until >= day) for document, until in rows]
