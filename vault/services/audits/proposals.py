"""What the machine proposes as evidence: invoices that count under the audit's profile, papers about its products."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from vault.checks.coverage.counting import SeenInvoice, WeighedInvoice, weigh
from vault.db.entities.audits import Audit, AuditInvoice
from vault.db.entities.documents import Document
from vault.db.queries.among import among
from vault.domain.findings import Finding, Outcome, Verdict
from vault.domain.message import N_, Message
from vault.domain.papers import PaperKind
from vault.domain.readings import DocumentKind
from vault.rules.evidence import EvidenceList
from vault.services.audits.paper_gaps import paper_gaps
from vault.services.documents.papers import papers_about
from vault.services.findings import load_finding
from vault.services.vault import Vault

# Papers about the business itself: proposed whatever product the notice names.
OF_THE_BUSINESS = (PaperKind.IDENTITY_PAPER, PaperKind.COMPANY_PAPER)
# Outcomes of findings that are gaps.
_GAPS = (Outcome.FAIL, Outcome.UNKNOWN, Outcome.WARN)
# So many papers of the business are looked at, the newest first.
_MOST = 500


@dataclass(frozen=True, slots=True)
class Proposal:
    """A document that could be evidence. `is_fit`: nothing speaks against it. `gaps`: what Amazon would find wrong.

    Of invoices: `weighed` says how many units count, or why none; `credits`: the ids of the invoices that a credit note
    names.
    """

    document: Document
    is_fit: bool
    weighed: WeighedInvoice | None = None
    gaps: tuple[Finding, ...] = field(default=())
    credits: tuple[str, ...] = field(default=())


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


def by_hand(session: Session, vault: Vault, audit: Audit, document_ids: Collection[str]) -> Mapping[str, Proposal]:
    """Documents that a person picked, by id: papers as they stand today, invoices as they were judged for the audit."""
    picked = {each.document.id: each for each in _papers(session, vault, among(Document.id, document_ids))}
    judged = (AuditInvoice.audit_id == audit.id, among(AuditInvoice.document_id, document_ids))
    rows = {row.document_id: row for row in session.scalars(select(AuditInvoice).where(*judged))}
    for key, each in picked.items():
        if each.document.is_invoice:
            picked[key] = _picked_invoice(vault, each.document, rows.get(key))
    return picked


def _picked_invoice(vault: Vault, document: Document, row: AuditInvoice | None) -> Proposal:
    """An invoice that no line ties to the product: it shows no units of it."""
    if row is None:
        return Proposal(document, False, gaps=(_unjudged(vault),))
    (weighed,) = weigh([_seen(row, document, ())])
    return Proposal(document, False, weighed, _gaps(row, document))


def _unjudged(vault: Vault) -> Finding:
    return Finding(
        check="document.readable",
        outcome=Outcome.UNKNOWN,
        message=Message(N_("It could not be judged as an invoice.")),
        rule=vault.rules.profiles["audit"].label,
        advice=Message(N_("Open it: it is still being read, could not be read, or is no invoice. Say what it is.")),
    )


def _weighed(audit: Audit, asked: EvidenceList, asin: str, rows: list[tuple[AuditInvoice, Document]]) -> list[Proposal]:
    shown = {document.id: (row, document) for row, document in rows if asin in row.quantities}
    found = []
    for each in weigh(_seen(row, document, row.quantities[asin]) for row, document in shown.values()):
        row, document = shown[each.invoice.document_id]
        is_fit = each.excluded is None and _is_in_window(audit, asked, document)
        found.append(Proposal(document, is_fit, each, _gaps(row, document), tuple(row.credits or ())))
    return sorted(
        found, key=lambda each: (not each.is_fit, -(each.weighed.units if each.weighed else 0), each.document.id)
    )


def _gaps(row: AuditInvoice, document: Document) -> tuple[Finding, ...]:
    """A credit note proves no purchase and is not meant to: it is there so that the units are true."""
    passed_over = "invoice.kind" if document.kind == DocumentKind.CREDIT_NOTE else ""
    return tuple(
        load_finding(each) for each in row.findings if each["outcome"] in _GAPS and each["check"] != passed_over
    )


def _seen(row: AuditInvoice, document: Document, quantities: Sequence[str]) -> SeenInvoice:
    return SeenInvoice(
        document_id=document.id,
        kind=document.kind,
        verdict=Verdict(row.verdict),
        issued_on=document.issue_date,
        quantities=tuple(quantities),
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
    """Documents with what speaks against them; only a warning leaves a paper fit."""
    newest_first = select(Document).where(*wanted).order_by(Document.uploaded_at.desc(), Document.id).limit(most)
    documents = session.scalars(newest_first).all()
    gaps = paper_gaps(session, vault, documents)
    return [Proposal(each, is_sound(gaps.get(each.id, ())), gaps=gaps.get(each.id, ())) for each in documents]


def is_sound(gaps: Iterable[Finding]) -> bool:
    """Whether nothing is wrong, or unknown, but at most warned about."""
    return all(each.outcome is Outcome.WARN for each in gaps)
