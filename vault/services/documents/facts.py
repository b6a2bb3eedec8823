"""Gathering what is known about one invoice, for the checks to judge."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.facts import Buyer, InvoiceFacts, Twin
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.documents import Document
from vault.domain.readings import Reading
from vault.domain.values import PostalAddress
from vault.services.catalogue.catalogue import has_products, products_by_id
from vault.services.days import today
from vault.services.documents.lines import stored_matches
from vault.services.vault import Vault

# Twins looked at: an invoice that was uploaded in more guises than this is in trouble anyway.
_MOST_TWINS = 5


def invoice_facts(session: Session, vault: Vault, document: Document, reading: Reading) -> InvoiceFacts:
    """Everything that the checks need about `document`. `reading` has the corrections applied."""
    matches = stored_matches(session, document.id)
    ids = {match.product_id for match in matches if match.product_id}
    return InvoiceFacts(
        reading=reading,
        as_of=today(vault),
        matches=matches,
        products=products_by_id(session, ids) if ids else {},
        has_catalogue=has_products(session, document.account_id),
        buyer=_buyer(session, document.account_id),
        twins=tuple(Twin(twin.id, twin.filename, how) for twin, how in twins_of(session, document)),
    )


def twins_of(session: Session, document: Document) -> list[tuple[Document, str]]:
    """Other documents of the account that look like the same invoice, the oldest first, and how they do."""
    if not document.supplier_id:
        return []
    same_supplier = (Document.supplier_id == document.supplier_id, Document.id != document.id)
    base = select(Document).where(Document.account_id == document.account_id, *same_supplier).order_by(Document.id)
    found: dict[str, tuple[Document, str]] = {}
    if document.number:
        for twin in session.scalars(base.where(Document.number == document.number).limit(_MOST_TWINS)):
            found[twin.id] = (twin, "same number")
    if document.issue_date and document.total:
        alike = base.where(Document.issue_date == document.issue_date, Document.total == document.total)
        for twin in session.scalars(alike.limit(_MOST_TWINS)):
            found.setdefault(twin.id, (twin, "same date and total"))
    return sorted(found.values(), key=lambda pair: pair[0].id)


def _buyer(session: Session, account_id: str) -> Buyer:
    account = session.get_one(SellerAccount, account_id)
    address = PostalAddress(account.street, account.postcode, account.city, account.region, account.country)
    return Buyer(account.legal_name, address, account.vat_number)
