"""Whose document it is: what people choose for a file, a task or an answer must be of the seller account in question."""

from sqlalchemy.orm import Session

from vault.db.entities.documents import Document


def document_of(session: Session, document_id: str, *account_ids: str) -> Document | None:
    """The document, if it is of one of these seller accounts; None for a foreign one as for one that is not there."""
    document = session.get(Document, document_id)
    return document if document is not None and document.account_id in account_ids else None
