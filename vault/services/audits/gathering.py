"""Looking through the invoices of an audit: each is judged as Amazon does, as of the day of the notice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from vault.checks.coverage.counting import PASSED_OVER
from vault.checks.judge import judge_invoice
from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.audits import Audit, AuditEvidence, AuditInvoice, AuditProduct
from vault.db.entities.documents import Document, DocumentLine, DocumentState
from vault.db.entities.work import Job, JobState
from vault.domain.audits import AuditKind
from vault.domain.findings import Finding, verdict_of
from vault.domain.ids import new_id
from vault.domain.papers import PaperKind
from vault.journal.entry import JsonValue
from vault.rules.book import Profile
from vault.services.audits.crediting import credited
from vault.services.audits.judging import judge_audit
from vault.services.documents.facts import invoice_facts
from vault.services.documents.readings import current_reading
from vault.services.findings import dump_finding
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.vault import Vault

# Invoices judged in one transaction.
_STEP = 20


def gather(vault: Vault, lease: jobs.Lease) -> None:
    """The job: judges every invoice that shows a product of the audit. The same facts write nothing. Raises LeaseLost."""
    after = str(lease.progress.get("after", ""))
    done = int(lease.progress.get("done", 0))
    while ids := _next(vault, lease.subject_id, after):
        after, done = ids[-1], done + len(ids)
        with jobs.step(vault, lease, {"after": after, "done": done}) as session:
            audit = _locked(session, lease)
            if notes := _judge_all(session, vault, audit, ids):
                audit.gathered_at = None  # until the run has come to its end, only a part of this is the newest
                record(session, vault, notes)
    with jobs.effect(vault, lease) as session:
        _finish(session, vault, _locked(session, lease), is_last=not _is_asked_again(session, lease))


def is_gathering(session: Session, audit_id: str) -> bool:
    """Whether invoices are being looked through, or are to be: what goes in may change by itself."""
    return session.scalar(_open_jobs(JobKind.GATHER_AUDIT, audit_id).limit(1)) is not None


def _locked(session: Session, lease: jobs.Lease) -> Audit:
    """Nobody confirms something else, and no other run writes the same rows, while this one judges by what it sees."""
    return session.get_one(Audit, lease.subject_id, with_for_update=True)


def _is_asked_again(session: Session, lease: jobs.Lease) -> bool:
    """Whether the audit changed while this run went on, so that another one is to look through its invoices."""
    wanted = _open_jobs(lease.kind, lease.subject_id).where(Job.id != lease.job_id)
    return session.scalar(wanted.limit(1)) is not None


def _open_jobs(kind: JobKind, subject_id: str) -> Select[str]:
    open_states = (JobState.WAITING, JobState.RUNNING)
    return select(Job.id).where(Job.kind == kind, Job.subject_id == subject_id, Job.state.in_(open_states))


def resolve_products(session: Session, audit: Audit) -> Mapping[str, str]:
    """ASINs by product id; a catalogue that came after the notice knows more of them."""
    rows = session.scalars(select(AuditProduct).where(AuditProduct.audit_id == audit.id)).all()
    wanted = select(CatalogueProduct.asin, CatalogueProduct.id).where(
        CatalogueProduct.account_id == audit.account_id, CatalogueProduct.asin.in_([row.asin for row in rows])
    )
    known = {row[0]: row[1] for row in session.execute(wanted)}
    for row in rows:
        row.product_id = known.get(row.asin)
    return {row.product_id: row.asin for row in rows if row.product_id}


def _next(vault: Vault, audit_id: str, after: str) -> Sequence[str]:
    with vault.database.reading() as session:
        audit = session.get_one(Audit, audit_id)
        if _profile(vault, audit) is None:
            return []
        wanted = _shown_in(audit).where(Document.id > after)
        return session.scalars(wanted.order_by(Document.id).limit(_STEP)).all()


def _shown_in(audit: Audit) -> Select[str]:
    """The supplier invoices that show a product of the audit, and those that a person put in."""
    products = select(CatalogueProduct.id).join(
        AuditProduct,
        (AuditProduct.asin == CatalogueProduct.asin) & (CatalogueProduct.account_id == audit.account_id),
    )
    lines = select(DocumentLine.document_id).where(
        DocumentLine.product_id.in_(products.where(AuditProduct.audit_id == audit.id))
    )
    picked = select(AuditEvidence.document_id).where(AuditEvidence.audit_id == audit.id, AuditEvidence.is_in)
    return select(Document.id).where(
        Document.account_id == audit.account_id,
        Document.state == DocumentState.JUDGED,
        func.coalesce(Document.paper_kind, PaperKind.SUPPLIER_INVOICE) == PaperKind.SUPPLIER_INVOICE,
        Document.id.in_(lines) | Document.id.in_(picked),
    )


def _profile(vault: Vault, audit: Audit) -> Profile | None:
    """The profile that invoices are judged under; None where they prove nothing."""
    asked = vault.rules.audits[AuditKind(audit.kind)]
    return vault.rules.profiles[asked.profile] if asked.profile else None


def judge_picked(session: Session, vault: Vault, audit: Audit, document: Document) -> list[Note]:
    """Judges a document that a person puts in, where it is an invoice that was read. Returns the changes.

    `audit` is locked and confirmed.
    """
    if not document.is_invoice or document.state != DocumentState.JUDGED or _profile(vault, audit) is None:
        return []
    return _judge_all(session, vault, audit, [document.id])


def _judge_all(session: Session, vault: Vault, audit: Audit, document_ids: Sequence[str]) -> list[Note]:
    profile = _profile(vault, audit)
    assert profile is not None, "only audits that invoices prove something in are looked through"
    asins = resolve_products(session, audit)
    has_changed = _is_dirty(session)
    kept = select(AuditInvoice).where(AuditInvoice.audit_id == audit.id, AuditInvoice.document_id.in_(document_ids))
    rows = {row.document_id: row for row in session.scalars(kept)}
    for document in session.scalars(select(Document).where(Document.id.in_(document_ids)).order_by(Document.id)):
        findings = _findings(session, vault, audit, document, profile)
        row = rows.get(document.id) or AuditInvoice(id=new_id(), audit_id=audit.id, document_id=document.id)
        was = (row.verdict, row.quantities, row.findings, row.credits)
        row.verdict = verdict_of(each for each in findings if each.check not in PASSED_OVER)
        row.quantities = _quantities(session, document.id, asins)
        row.findings = [dump_finding(finding) for finding in findings if finding.is_gap]
        row.credits = credited(session, document)
        has_changed |= was != (row.verdict, row.quantities, row.findings, row.credits)
        session.add(row)
    session.flush()
    details: dict[str, JsonValue] = {"documents": len(document_ids), "profile": profile.label}
    notes = [Note("audit.invoices_judged", audit.id, MACHINE, audit.account_id, details)]
    return notes if has_changed else []


def _is_dirty(session: Session) -> bool:
    """Whether something was changed since the last flush. Ask before the next query, which flushes."""
    return any(map(session.is_modified, session.dirty))


def _findings(
    session: Session, vault: Vault, audit: Audit, document: Document, profile: Profile
) -> tuple[Finding, ...]:
    reading = current_reading(session, document.id)
    assert reading is not None, "a judged document has a reading"
    assert audit.noticed_on is not None, "a confirmed audit has the day of its notice"
    facts = invoice_facts(session, vault, document, reading)
    return judge_invoice(replace(facts, as_of=audit.noticed_on), profile)


def _quantities(session: Session, document_id: str, asins: Mapping[str, str]) -> dict[str, list[str]]:
    """What the lines of each product say of their quantity, by ASIN."""
    wanted = select(DocumentLine.product_id, DocumentLine.quantity).where(
        DocumentLine.document_id == document_id, DocumentLine.product_id.in_(list(asins))
    )
    found: dict[str, list[str]] = {}
    for product_id, quantity in session.execute(wanted.order_by(DocumentLine.position)):
        found.setdefault(asins[str(product_id)], []).append(quantity)
    return found


def _finish(session: Session, vault: Vault, audit: Audit, *, is_last: bool) -> None:
    """Forgets invoices that no longer show a product of the audit, and judges it. The same facts write nothing."""
    resolve_products(session, audit)
    has_changed = _is_dirty(session) or audit.gathered_at is None
    still = set(session.scalars(_shown_in(audit))) if _profile(vault, audit) else set()
    for row in session.scalars(select(AuditInvoice).where(AuditInvoice.audit_id == audit.id)).all():
        if row.document_id not in still:
            session.delete(row)
            has_changed = True
    notes = []
    if has_changed:
        audit.gathered_at = vault.clock() if is_last else None
        details: dict[str, JsonValue] = {"invoices": len(still)}
        notes.append(Note("audit.gathered", audit.id, MACHINE, audit.account_id, details))
    session.flush()
    record(session, vault, [*notes, *judge_audit(session, vault, audit)])
