"""Which audits a change of a document concerns."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditInvoice, AuditProduct
from vault.db.entities.documents import Document, DocumentLine
from vault.domain.audits import AuditState
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.vault import Vault


def touch(session: Session, vault: Vault, document: Document) -> None:
    """Has the audits gathered again that `document` is or could be evidence for. Cheap where no audit is open.

    The jobs wait for the commit; their reconciler sends them.
    """
    over = [state.value for state in AuditState if state.is_over]
    wanted = select(Audit.id).where(
        Audit.account_id == document.account_id, Audit.state.not_in(over), Audit.confirmed_at.is_not(None)
    )
    if document.is_invoice:
        shown = select(DocumentLine.product_id).where(DocumentLine.document_id == document.id)
        earlier = select(AuditInvoice.audit_id).where(AuditInvoice.document_id == document.id)
        of_product = select(AuditProduct.audit_id).where(AuditProduct.product_id.in_(shown))
        wanted = wanted.where(Audit.id.in_(of_product) | Audit.id.in_(earlier))
    for audit_id in session.scalars(wanted.order_by(Audit.id)).all():
        jobs.add_once(session, vault, JobKind.GATHER_AUDIT, audit_id, document.account_id)
