"""What came with a notice that was uploaded as a mail: PDFs and pictures, to be kept as documents of their own."""

import io

from sqlalchemy import select

from vault.db.entities.audits import Audit, AuditEvent, EventKind
from vault.db.entities.documents import Document
from vault.domain.errors import Conflict, Unreadable
from vault.domain.mails import Attached
from vault.domain.message import N_
from vault.domain.papers import PaperKind
from vault.domain.roles import Permission
from vault.domain.values import Sha256
from vault.sandbox.refusals import ReaderDied
from vault.sandbox.sniff import MAIL
from vault.services.access import Actor
from vault.services.audits.audits import add_event, audit_in_work, require_audit, require_in_work
from vault.services.documents import intake
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault


def list_attachments(vault: Vault, actor: Actor, account_id: str, audit_id: str) -> tuple[Attached, ...]:
    """None where the notice is no mail, or cannot be read. Raises NotFound."""
    data = _mail_of(vault, actor, account_id, audit_id)
    try:
        return vault.reader.words(data).attachments if data else ()
    except (Unreadable, ReaderDied):  # what speaks against it stands on the document's own page
        return ()


def keep_attachment(vault: Vault, actor: Actor, account_id: str, audit_id: str, number: int) -> str:
    """Keeps an attachment as a notice of its own beside the mail, byte for byte; its text is read with the notice's.

    Returns the document's id; keeping it twice is keeping it once. Raises NotFound, Forbidden, Conflict, Refused,
    Unreadable.
    """
    with vault.database.reading() as session:
        require_in_work(require_audit(session, actor, account_id, audit_id, Permission.CORRECT))
    found = {each.number: each for each in list_attachments(vault, actor, account_id, audit_id)}
    if number not in found:
        raise Conflict(N_("There is no such attachment. Load the page again."))
    content = io.BytesIO(vault.reader.attachment(_mail_of(vault, actor, account_id, audit_id), number))
    name = found[number].name or "attachment"
    kept = intake.keep(vault, actor, account_id, content, name, kind=PaperKind.AMAZON_NOTICE)
    with vault.database.transaction() as session:
        audit = audit_in_work(session, actor, account_id, audit_id)
        noted = select(AuditEvent.id).where(
            AuditEvent.audit_id == audit.id,
            AuditEvent.kind == EventKind.NOTICE,
            AuditEvent.document_id == kept.document_id,
        )
        if session.scalar(noted) is None:
            add_event(session, vault, audit, EventKind.NOTICE, actor, document_id=kept.document_id)
            details = {"kind": EventKind.NOTICE.value, "document": kept.document_id}
            record(session, vault, [Note("audit.noted", audit.id, actor.id, account_id, details)])
    return kept.document_id


def _mail_of(vault: Vault, actor: Actor, account_id: str, audit_id: str) -> bytes:
    """The bytes of the notice where it was uploaded as a mail, else none."""
    with vault.database.reading() as session:
        audit: Audit = require_audit(session, actor, account_id, audit_id, Permission.SEE)
        document = session.get(Document, audit.notice_document_id) if audit.notice_document_id else None
    if document is None or document.media_type != MAIL:
        return b""
    with vault.store.open(Sha256(document.sha256)) as stream:
        return stream.read()
