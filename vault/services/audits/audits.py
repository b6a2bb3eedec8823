"""Audits: opening one with Amazon's notice, who answers it, and how far the answer is."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditEvent, EventKind
from vault.db.entities.documents import Document
from vault.db.entities.work import Job
from vault.domain.audits import FOLLOWING, AuditState
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.audits.judging import judge_audit
from vault.services.audits.notice import text_of_mail, text_of_paste
from vault.services.documents.belonging import document_of
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.journal.notes import Note, record
from vault.services.tasks.people import colleagues
from vault.services.vault import Vault

# A notice is a page or two. Longer texts are kept as documents.
LONGEST_NOTICE = 100_000
# States that stand on the timeline as what became of the answer.
_OUTCOMES: Mapping[AuditState, EventKind] = MappingProxyType(
    {
        AuditState.ANSWERED: EventKind.ANSWERED,
        AuditState.WON: EventKind.WON,
        AuditState.LOST: EventKind.LOST,
        AuditState.WITHDRAWN: EventKind.WITHDRAWN,
    }
)


def open_audit(vault: Vault, actor: Actor, account_id: str, text: str = "", document_id: str | None = None) -> Audit:
    """Begins an audit with the notice as pasted, or as a document of the seller account; its finder owns it at first.

    Raises NotFound, Forbidden, Invalid.
    """
    actor.require(Permission.CORRECT, account_id)
    text = text.replace("\x00", "").strip()
    if len(text) > LONGEST_NOTICE:
        raise Invalid(N_("This is too long for a notice. Save it as a PDF and upload that."))
    if not text and not document_id:
        raise Invalid(N_("Paste the text of the notice, or upload it."), {"text": Message(N_("Fill in this field."))})
    text = text_of_paste(vault, text) or _text_of(vault, account_id, document_id)
    with vault.database.transaction() as session:
        if document_id is not None:
            require_document(session, account_id, document_id)
        audit = Audit(id=new_id(), account_id=account_id, kind="", notice_text=text, notice_document_id=document_id)
        audit.state, audit.asked_for, audit.owner_id = AuditState.DRAFT, [], actor.id
        audit.created_at, audit.created_by = vault.clock(), actor.id
        if actor.id not in colleagues(session, account_id, Permission.CORRECT):
            audit.owner_id = None  # the owner of the machine, on the terminal
        session.add(audit)
        session.flush()
        add_event(session, vault, audit, EventKind.NOTICE, actor, document_id=document_id)
        notes = [Note("audit.opened", audit.id, actor.id, account_id)]
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])
    return audit


def move(vault: Vault, actor: Actor, account_id: str, audit_id: str, to: AuditState, note: str = "") -> Audit:
    """Says how far the answer is; an outcome goes on the timeline with `note`.

    Raises NotFound, Forbidden, and Conflict where `to` cannot follow on the present state.
    """
    with vault.database.transaction() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.MANAGE, lock=True)
        if to == audit.state:
            return audit
        if to not in FOLLOWING[AuditState(audit.state)] or (not audit.confirmed_at and to != AuditState.WITHDRAWN):
            raise Conflict(N_("The audit has moved on meanwhile. Look at it again."))
        details = {"from": audit.state, "to": to.value}
        audit.state, note = to, note.replace("\x00", "").strip()[:LONGEST_NOTICE]
        if to in _OUTCOMES:
            add_event(session, vault, audit, _OUTCOMES[to], actor, note)
        elif note:
            add_event(session, vault, audit, EventKind.NOTE, actor, note)
        if to is AuditState.SENT:
            add_event(session, vault, audit, EventKind.SENT, actor)  # from then on Amazon's reply is awaited
        notes = [Note("audit.moved", audit.id, actor.id, account_id, details)]
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])
    return audit


def give_to(vault: Vault, actor: Actor, account_id: str, audit_id: str, owner_id: str | None) -> Audit:
    """Says who answers. Raises NotFound, Forbidden, Conflict, and Invalid for somebody who may not work here."""
    with vault.database.transaction() as session:
        audit = audit_in_work(session, actor, account_id, audit_id)
        if owner_id is not None and owner_id not in colleagues(session, account_id, Permission.CORRECT):
            raise Invalid(N_("Choose somebody who works in this seller account."))
        if audit.owner_id != owner_id:
            audit.owner_id = owner_id
            notes = [Note("audit.given", audit.id, actor.id, account_id, {"owner": owner_id or ""})]
            record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])
    return audit


def require_audit(
    session: Session, actor: Actor, account_id: str, audit_id: str, permission: Permission, *, lock: bool = False
) -> Audit:
    """Raises NotFound for an audit that is not this account's, or an account that `actor` may not see; Forbidden."""
    actor.require(permission, account_id)
    audit = session.get(Audit, audit_id, with_for_update=lock or None)
    if audit is None or audit.account_id != account_id:
        raise NotFound()
    return audit


def audit_in_work(session: Session, actor: Actor, account_id: str, audit_id: str) -> Audit:
    """The audit, locked, for somebody who works on it. Raises NotFound, Forbidden, and Conflict where it is over."""
    audit = require_audit(session, actor, account_id, audit_id, Permission.CORRECT, lock=True)
    require_in_work(audit)
    return audit


def require_in_work(audit: Audit) -> None:
    """Raises Conflict where it is over."""
    if AuditState(audit.state).is_over:
        raise Conflict(N_("This audit is over. Open it again before you change it."))


def require_document(session: Session, account_id: str, document_id: str) -> Document:
    """Raises Invalid for anything but a document of this seller account."""
    document = document_of(session, document_id, account_id)
    if document is None:
        raise Invalid(N_("Choose a document of this seller account."))
    return document


def _text_of(vault: Vault, account_id: str, document_id: str | None) -> str:
    """Of a mail that was uploaded. Raises Invalid for anything but a document of this seller account."""
    if document_id is None:
        return ""
    with vault.database.reading() as session:
        document = require_document(session, account_id, document_id)
    return text_of_mail(vault, document)


def gather_again(session: Session, vault: Vault, audit: Audit) -> Job:
    """Has the invoices of the audit looked through. Send the job after the commit."""
    audit.gathered_at = None
    return jobs.add_once(session, vault, JobKind.GATHER_AUDIT, audit.id, audit.account_id)


def add_event(
    session: Session,
    vault: Vault,
    audit: Audit,
    kind: EventKind,
    actor: Actor,
    text: str = "",
    document_id: str | None = None,
    happened_at: datetime | None = None,
) -> AuditEvent:
    """Puts on the timeline what happens now, or happened at `happened_at`."""
    now = vault.clock()
    event = AuditEvent(id=new_id(), audit_id=audit.id, kind=kind, text=text.strip(), document_id=document_id)
    event.happened_at, event.made_at, event.made_by = happened_at or now, now, actor.id
    session.add(event)
    return event
