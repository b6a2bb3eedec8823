"""One document: who may touch it, and what its columns say about its reading."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import Supplier
from vault.db.entities.documents import Document
from vault.db.entities.papers import Paper
from vault.db.search import index_text
from vault.domain.errors import NotFound
from vault.domain.readings import Extracted, Fields, Reading
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.documents.suppliers import recognise, remove_unused
from vault.services.documents.values import dump_value
from vault.services.journal.notes import Note
from vault.services.vault import Vault


def require_document(
    session: Session, actor: Actor, document_id: str, permission: Permission, *, lock: bool = False
) -> Document:
    """The document, when the actor may do this to it. `lock`: until the transaction ends.

    Raises NotFound (also for documents of foreign accounts) and Forbidden.
    """
    document = session.get(Document, document_id, with_for_update=lock or None)
    if document is None:
        raise NotFound()
    actor.require(permission, document.account_id)
    return document


def describe(
    session: Session, vault: Vault, document: Document, reading: Reading, before: Reading | None = None
) -> list[Note]:
    """Repeats in the document's columns, its supplier and its search text what `reading` (corrected) says.

    Of a paper that is no supplier invoice they say what a person said: its text names no supplier, number or total.
    `before`: what it said until now; the supplier is looked for only where it names another one than that, since
    people may have renamed the record meanwhile. Returns the changes for the journal.
    """
    former_id = document.supplier_id
    document.kind = reading.kind.value
    document.page_count = len(reading.pages)
    if document.is_invoice:
        notes = _describe_invoice(session, vault, document, reading, before)
    else:
        notes = []
        describe_paper(session, document)
    make_findable(session, document, reading)
    if former_id and former_id != document.supplier_id:
        notes += remove_unused(session, former_id)
    return notes


def _describe_invoice(
    session: Session, vault: Vault, document: Document, reading: Reading, before: Reading | None
) -> list[Note]:
    fields = reading.fields
    supplier, notes = _supplier(session, vault, document, fields, before)
    document.supplier_id = supplier.id if supplier else None
    document.supplier_name = supplier.name if supplier else _text(fields.supplier_name)[:300]
    document.number = _text(fields.number)[:100]
    document.issue_date = fields.issue_date.value if fields.issue_date else None
    document.currency = _text(fields.currency)[:3]
    document.total = dump_value(fields.total.value)[:40] if fields.total else ""
    return notes


def describe_paper(session: Session, document: Document) -> None:
    """Repeats in the columns of a document that is no supplier invoice what a person says of it."""
    said = session.get(Paper, document.id)
    supplier = session.get(Supplier, said.supplier_id) if said and said.supplier_id else None
    document.supplier_id = supplier.id if supplier else None
    document.supplier_name = supplier.name if supplier else ""
    document.issue_date = said.issue_date if said else None
    document.number = document.currency = document.total = ""


def make_findable(session: Session, document: Document, reading: Reading | None) -> None:
    """Lets the search find `document` by its columns, what people say of it and everything that was read in it."""
    said = None if document.is_invoice else session.get(Paper, document.id)
    known = (document.filename, document.supplier_name, document.number, said.note if said else "")
    index_text(session, document, "\n".join((*known, reading.text if reading else "")))


def _supplier(
    session: Session, vault: Vault, document: Document, fields: Fields, before: Reading | None
) -> tuple[Supplier | None, list[Note]]:
    """The supplier that `fields` name, as it is now, and locked.

    Two invoices of one supplier that are judged at once would not see each other's new number: one waits here.
    """
    notes: list[Note] = []
    if document.supplier_id and before and _identity(before.fields) == _identity(fields):
        supplier = session.get(Supplier, document.supplier_id)
    else:
        supplier, notes = recognise(session, vault, document.account_id, fields)
    if supplier is None:
        return None, notes
    wanted = select(Supplier).where(Supplier.id == supplier.id).with_for_update()
    locked = session.scalar(wanted.execution_options(populate_existing=True))
    if locked is None:  # the last document that named it was corrected in this moment, and the record went
        return _supplier(session, vault, document, fields, before)
    return locked, notes


def _identity(fields: Fields) -> tuple[str, str, str]:
    return _text(fields.supplier_name), _text(fields.supplier_country), _text(fields.supplier_vat)


def _text(extracted: Extracted[str] | None) -> str:
    return extracted.value if extracted else ""
