"""How a supplier knows a product: its own article number and the invoices it sent before, as they are printed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.documents import Document, DocumentLine
from vault.letters.facts import EarlierInvoice
from vault.services.audits.evidence import Section
from vault.services.documents.readings import corrected, corrections_of, current_reading

_MOST = 3


@dataclass(frozen=True, slots=True)
class Known:
    """`article`: empty where no invoice prints one; `earlier`: the latest first."""

    article: str
    earlier: tuple[EarlierInvoice, ...]


def known_to(session: Session, section: Section, supplier_id: str) -> Known:
    """What the latest invoices of this supplier say of the section's product."""
    mine = [
        each.document
        for each in section.candidates
        if each.document.is_invoice and each.document.supplier_id == supplier_id
    ]
    mine.sort(key=lambda each: (each.issue_date or date.min, each.id), reverse=True)
    articles = (_article(session, document, section.asin) for document in mine[:_MOST])
    return Known(
        article=next(filter(None, articles), ""),
        earlier=tuple(EarlierInvoice(each.number, each.issue_date) for each in mine[:_MOST] if each.number),
    )


def _article(session: Session, document: Document, asin: str) -> str:
    """The number that stands on the lines of the product; an ASIN is none of theirs."""
    reading = current_reading(session, document.id)
    if reading is None:
        return ""
    lines = corrected(reading, corrections_of(session, document.id)).lines
    for position in _positions(session, document, asin):
        if position < len(lines):
            found = lines[position].identifiers
            number = found.sku or found.model or ""
            if number and number != asin:
                return number
    return ""


def _positions(session: Session, document: Document, asin: str) -> list[int]:
    wanted = (
        select(DocumentLine.position)
        .join(CatalogueProduct, CatalogueProduct.id == DocumentLine.product_id)
        .where(DocumentLine.document_id == document.id, CatalogueProduct.asin == asin)
        .order_by(DocumentLine.position)
    )
    return list(session.scalars(wanted))
