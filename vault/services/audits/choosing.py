"""What people decide about the evidence: a document goes in, stays out, or is left to the proposal again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditEvidence, AuditProduct
from vault.domain.audits import AuditKind, AuditState
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.services.access import Actor
from vault.services.audits.audits import audit_in_work, require_document
from vault.services.audits.gathering import judge_picked
from vault.services.audits.judging import judge_audit
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault

LONGEST_REASON = 2000


def decide(
    vault: Vault,
    actor: Actor,
    account_id: str,
    audit_id: str,
    part: str,
    asin: str,
    document_id: str,
    is_in: bool | None,
    reason: str = "",
) -> None:
    """Puts a document into a part of the evidence (of the product `asin`, where each needs its own) or leaves it out.

    None takes the decision back. Once the evidence was ready, it is being gathered again.
    Raises NotFound, Forbidden, Conflict, Invalid.
    """
    if len(reason) > LONGEST_REASON:
        too_long = Message(N_("Write at most %(longest)s characters."), {"longest": str(LONGEST_REASON)})
        raise Invalid(N_("Nothing was saved. Correct the marked fields."), {"reason": too_long})
    with vault.database.transaction() as session:
        audit = audit_in_work(session, actor, account_id, audit_id)
        _require_part(session, vault, audit, part, asin)
        document = require_document(session, account_id, document_id)
        if document.paper.is_made_here and is_in:
            raise Invalid(N_("This was made here, and may speak of other products. Choose the document itself."))
        if not _write(session, vault, actor, audit, (part, asin, document_id), is_in, reason.strip()):
            return
        if audit.state == AuditState.READY:
            audit.state = AuditState.GATHERING
        session.flush()
        details = {"part": part, "asin": asin, "document": document_id, "in": "" if is_in is None else str(is_in)}
        notes = [Note("audit.evidence_decided", audit.id, actor.id, account_id, details)]
        if is_in:
            notes += judge_picked(session, vault, audit, document)
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])


def _require_part(session: Session, vault: Vault, audit: Audit, name: str, asin: str) -> None:
    if audit.confirmed_at is None:
        raise Conflict(N_("Confirm first what the notice says: then evidence can be gathered."))
    part = vault.rules.audits[AuditKind(audit.kind)].part(name)
    if part is None or part.is_per_product != bool(asin):
        raise NotFound()
    named = select(AuditProduct.id).where(AuditProduct.audit_id == audit.id, AuditProduct.asin == asin)
    if asin and session.scalar(named) is None:
        raise NotFound()


def _write(
    session: Session,
    vault: Vault,
    actor: Actor,
    audit: Audit,
    place: tuple[str, str, str],
    is_in: bool | None,
    reason: str,
) -> bool:
    """Returns whether anything is different now."""
    part, asin, document_id = place
    wanted = select(AuditEvidence).where(
        AuditEvidence.audit_id == audit.id,
        AuditEvidence.part == part,
        AuditEvidence.asin == asin,
        AuditEvidence.document_id == document_id,
    )
    row = session.scalar(wanted)
    if is_in is None:
        if row is not None:
            session.delete(row)
        return row is not None
    if row is not None and (row.is_in, row.reason) == (is_in, reason):
        return False
    if row is None:
        row = AuditEvidence(id=new_id(), audit_id=audit.id, part=part, asin=asin, document_id=document_id)
        session.add(row)
    row.is_in, row.reason, row.decided_at, row.decided_by = is_in, reason, vault.clock(), actor.id
    return True
