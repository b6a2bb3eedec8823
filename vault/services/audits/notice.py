"""What the notice of an audit says, as the machine recognises it: offers to be confirmed."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditEvent, EventKind
from vault.db.entities.documents import Document, DocumentState
from vault.domain.errors import Unreadable
from vault.domain.notice_readings import NoticeReading
from vault.domain.readings import Page, Reading, Word
from vault.domain.values import Sha256
from vault.reading.mail.html_text import looks_like_html
from vault.reading.notice.read_notice import read_notice
from vault.sandbox.refusals import ReaderDied
from vault.sandbox.sniff import HEAD_BYTES, MAIL, sniff
from vault.services.documents.readings import current_reading
from vault.services.vault import Vault

_LONGEST = 100_000
# What stands in the head of a mail's source alone: a mail that was copied from the screen has no such lines.
_OF_SOURCE = ("mime-version:", "content-transfer-encoding:", "content-type:")


@dataclass(frozen=True, slots=True)
class Notice:
    """`text`: the notice, empty while it is being read or where nothing could be; `document`: where it was uploaded."""

    text: str
    reading: NoticeReading
    document: Document | None
    is_being_read: bool


def notice_of(session: Session, audit: Audit) -> Notice:
    """The notice with what was recognised in it. The same text is always read the same."""
    document = session.get(Document, audit.notice_document_id) if audit.notice_document_id else None
    further = [each for each in _further(session, audit) if each != document]
    documents = further if audit.notice_text or document is None else [document, *further]
    read = (current_reading(session, each.id) for each in documents)
    text = "\n\n".join([*filter(None, [audit.notice_text]), *(text_of(each) for each in read if each)])[:_LONGEST]
    is_being_read = any(each.state == DocumentState.KEPT for each in documents)
    return Notice(text, read_notice(text), document, is_being_read)


def text_of_mail(vault: Vault, document: Document) -> str:
    """What a mail says that was uploaded as a notice; empty for every other document, and where nothing can be read."""
    if document.media_type != MAIL:
        return ""
    with vault.store.open(Sha256(document.sha256)) as stream:
        return _words(vault, stream.read())


def text_of_paste(vault: Vault, pasted: str) -> str:
    """What was pasted, as people read it: the source of a mail or of a page is taken apart in the sandbox."""
    head = pasted[:_LONGEST].lower()
    is_source = sniff(pasted.encode()[:HEAD_BYTES]) == MAIL and any(
        line.startswith(_OF_SOURCE) for line in head.split("\n")
    )
    return (_words(vault, pasted.encode()) or pasted) if is_source or looks_like_html(pasted) else pasted


def _words(vault: Vault, data: bytes) -> str:
    with suppress(Unreadable, ReaderDied):  # the document is kept all the same, and its page says why it cannot be read
        return vault.reader.words(data).text.replace("\x00", "").strip()[:_LONGEST]
    return ""


def _further(session: Session, audit: Audit) -> Iterator[Document]:
    """What came with the notice and was put beside it: the attachments of a mail."""
    wanted = (
        select(Document)
        .join(AuditEvent, AuditEvent.document_id == Document.id)
        .where(
            AuditEvent.audit_id == audit.id,
            AuditEvent.kind == EventKind.NOTICE,
            Document.account_id == audit.account_id,
        )
        .order_by(AuditEvent.id)
    )
    return iter(session.scalars(wanted).all())


def text_of(reading: Reading) -> str:
    """What stands on the pages, line by line."""
    return "\n\n".join("\n".join(_lines(page)) for page in reading.pages)


def _lines(page: Page) -> list[str]:
    lines: list[list[Word]] = []
    for word in page.words:
        if lines and word.box.middle[1] <= lines[-1][-1].box.y1 and word.box.x0 >= lines[-1][-1].box.x0:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [" ".join(word.text for word in line) for line in lines]
