"""Which invoices a credit note takes from: those whose numbers it prints."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document
from vault.domain.readings import DocumentKind
from vault.services.documents.readings import current_reading

# Shorter numbers stand on any page by chance.
_SHORTEST = 4


def credited(session: Session, document: Document) -> list[str] | None:
    """The ids of the invoices of the same supplier that a credit note names; None for any other document."""
    if document.kind != DocumentKind.CREDIT_NOTE:
        return None
    reading = current_reading(session, document.id)
    if reading is None or document.supplier_id is None:
        return []
    of_supplier = select(Document.id, Document.number).where(
        Document.account_id == document.account_id,
        Document.supplier_id == document.supplier_id,
        Document.kind == DocumentKind.INVOICE,
        Document.number != "",
    )
    text = reading.text.casefold()
    found = session.execute(of_supplier.order_by(Document.id))
    return [document_id for document_id, number in found if _is_named(number.casefold(), text)]


def _is_named(number: str, text: str) -> bool:
    """Whether it stands there whole: 4711 is no part of 14711."""
    if len(number) < _SHORTEST or not any(char.isdigit() for char in number) or number not in text:
        return False
    return re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", text) is not None
