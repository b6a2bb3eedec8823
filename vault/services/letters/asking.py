"""Asking suppliers for invoices: noted when a person has sent the mail, taken back where it was not sent after all."""

from vault.db.entities.audits import AuditEvent, EventKind
from vault.db.entities.letters import AuditRequest
from vault.domain.errors import Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.letters.facts import LetterKind
from vault.services.access import Actor
from vault.services.audits.audits import add_event
from vault.services.audits.evidence import sections_of
from vault.services.audits.judging import judge_audit
from vault.services.audits.timeline import LONGEST
from vault.services.journal.notes import Note, record
from vault.services.letters.answers import confirmed_in_work
from vault.services.letters.letters import letter_of
from vault.services.letters.requests import asked_of
from vault.services.vault import Vault


def note_asked(
    vault: Vault, actor: Actor, account_id: str, audit_id: str, supplier_id: str, language: str, text: str = ""
) -> str:
    """Notes that the request was sent to the supplier, as `text` or as the letter stands. Returns the request's id.

    Raises NotFound, Forbidden, Conflict for one who is asked for nothing, Invalid.
    """
    with vault.database.transaction() as session:
        audit = confirmed_in_work(session, actor, account_id, audit_id)
        kind, sections = LetterKind.SUPPLIER_REQUEST, sections_of(session, vault, audit)
        letter = letter_of(session, vault, audit, kind, language, supplier_id, actor=actor, sections=sections)
        said = text.replace("\r\n", "\n").replace("\x00", "").strip() or letter.text
        _require_length(said)
        asins = [each.asin for each in sections if (asked := asked_of(each)) and asked.supplier_id == supplier_id]
        name = letter.supplier.name if letter.supplier else ""
        event = add_event(session, vault, audit, EventKind.WRITTEN, actor, f"→ {name}\n\n{said}")
        session.flush()
        request = AuditRequest(id=new_id(), audit_id=audit.id, supplier_id=supplier_id, asins=asins, event_id=event.id)
        request.asked_at, request.asked_by = vault.clock(), actor.id
        session.add(request)
        session.flush()
        notes = [Note("audit.supplier_asked", audit.id, actor.id, account_id, {"supplier": supplier_id})]
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])
    return request.id


def take_back_asked(vault: Vault, actor: Actor, account_id: str, audit_id: str, request_id: str) -> None:
    """The mail was not sent after all. Once is enough. Raises NotFound, Forbidden, Conflict."""
    with vault.database.transaction() as session:
        audit = confirmed_in_work(session, actor, account_id, audit_id)
        request = session.get(AuditRequest, request_id)
        if request is None or request.audit_id != audit.id:
            raise NotFound()
        event = session.get_one(AuditEvent, request.event_id)
        if event.taken_back_at is not None:
            return
        event.taken_back_at = vault.clock()
        session.flush()
        details = {"supplier": request.supplier_id}
        notes = [Note("audit.supplier_not_asked", audit.id, actor.id, account_id, details)]
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])


def _require_length(text: str) -> None:
    if len(text) > LONGEST:
        problem = Message(N_("Write at most %(longest)s characters."), {"longest": str(LONGEST)})
        raise Invalid(N_("Nothing was written down. Correct the marked fields."), {"text": problem})
