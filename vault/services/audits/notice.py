"""What the notice of an audit says, as the machine recognises it: offers to be confirmed."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit
from vault.db.entities.documents import Document, DocumentState
from vault.domain.notice_readings import NoticeReading
from vault.domain.readings import Page, Reading, Word
from vault.reading.notice.read_notice import read_notice
from vault.services.documents.readings import current_reading

_LONGEST = 100_000


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
    text = audit.notice_text
    if document is not None and not text:
        reading = current_reading(session, document.id)
        text = text_of(reading)[:_LONGEST] if reading else ""
    is_being_read = document is not None and document.state == DocumentState.KEPT
    return Notice(text, read_notice(text), document, is_being_read)


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
