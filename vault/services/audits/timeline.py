"""The timeline of an audit: what was said and written, when, with the document that shows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditEvent, EventKind
from vault.db.entities.documents import Document
from vault.domain.errors import Invalid
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.audits.audits import add_event, audit_in_work, require_audit, require_document
from vault.services.audits.judging import judge_audit
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault

LONGEST = 20_000
# What a person may write down; the others are written when the thing itself is done.
BY_HAND = (EventKind.NOTE, EventKind.CALL, EventKind.RECEIVED, EventKind.WRITTEN)
# Clocks differ: what happened a moment ago by another clock is not in the future.
_SLACK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event with the document that shows it, where there is one."""

    event: AuditEvent
    document: Document | None


def note_event(
    vault: Vault,
    actor: Actor,
    account_id: str,
    audit_id: str,
    kind: EventKind,
    text: str,
    happened_at: datetime | None = None,
    document_id: str | None = None,
) -> AuditEvent:
    """Writes down what happened, now or at `happened_at`; it is never changed afterwards, also once the audit is over.

    Raises NotFound, Forbidden, Invalid.
    """
    now = vault.clock()
    problems = _problems(kind, text, document_id, happened_at, now)
    if problems:
        raise Invalid(N_("Nothing was written down. Correct the marked fields."), problems)
    with vault.database.transaction() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.CORRECT, lock=True)
        if document_id is not None:
            require_document(session, account_id, document_id)
        event = add_event(session, vault, audit, kind, actor, text, document_id, happened_at)
        details = {"kind": kind.value, **({"document": document_id} if document_id else {})}
        record(session, vault, [Note("audit.noted", audit.id, actor.id, account_id, details)])
    return event


def acknowledge(vault: Vault, actor: Actor, account_id: str, audit_id: str, text: str = "") -> None:
    """Notes that Amazon was told that the papers are being gathered. Once is enough. Raises NotFound, Forbidden."""
    with vault.database.transaction() as session:
        audit = require_audit(session, actor, account_id, audit_id, Permission.CORRECT, lock=True)
        if audit.acknowledged_at is not None:
            return
        audit.acknowledged_at = vault.clock()
        add_event(session, vault, audit, EventKind.WRITTEN, actor, text[:LONGEST])
        session.flush()
        notes = [Note("audit.acknowledged", audit.id, actor.id, account_id)]
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])


def take_back_acknowledgement(vault: Vault, actor: Actor, account_id: str, audit_id: str) -> None:
    """It was not sent after all: the timeline keeps that it was noted. Raises NotFound, Forbidden, Conflict."""
    with vault.database.transaction() as session:
        audit = audit_in_work(session, actor, account_id, audit_id)
        if audit.acknowledged_at is None:
            return
        noted = select(AuditEvent).where(
            AuditEvent.audit_id == audit.id,
            AuditEvent.kind == EventKind.WRITTEN,
            AuditEvent.happened_at == audit.acknowledged_at,
            AuditEvent.taken_back_at.is_(None),
        )
        for event in session.scalars(noted.order_by(AuditEvent.id).limit(1)):
            event.taken_back_at = vault.clock()
        audit.acknowledged_at = None
        session.flush()
        notes = [Note("audit.acknowledgement_taken_back", audit.id, actor.id, account_id)]
        record(session, vault, [*notes, *judge_audit(session, vault, audit, actor.id)])


def entries_of(session: Session, audit: Audit) -> tuple[Entry, ...]:
    """The timeline, oldest first."""
    wanted = (
        select(AuditEvent, Document)
        .outerjoin(Document, Document.id == AuditEvent.document_id)
        .where(AuditEvent.audit_id == audit.id)
        .order_by(AuditEvent.happened_at, AuditEvent.id)
    )
    return tuple(Entry(event, document) for event, document in session.execute(wanted))


def _problems(
    kind: EventKind, text: str, document_id: str | None, happened_at: datetime | None, now: datetime
) -> dict[str, Message]:
    problems = {}
    if kind not in BY_HAND:
        problems["kind"] = Message(N_("Choose what happened."))
    if not text.strip() and document_id is None:
        problems["text"] = Message(N_("Write what happened."))
    if len(text) > LONGEST:
        problems["text"] = Message(N_("Write at most %(longest)s characters."), {"longest": str(LONGEST)})
    if happened_at is not None and happened_at > now + _SLACK:
        problems["happened_at"] = Message(N_("This lies in the future."))
    return problems
