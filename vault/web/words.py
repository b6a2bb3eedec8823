"""Stored codes in plain words: fields, kinds of documents, checks, sources. An unknown code is shown as it is."""

from vault.domain.message import N_
from vault.domain.readings import DocumentKind, Source

FIELDS = {
    "kind": N_("Kind"),
    "supplier_name": N_("Supplier"),
    "supplier_address": N_("Supplier's address"),
    "supplier_country": N_("Supplier's country"),
    "supplier_vat": N_("Supplier's VAT number"),
    "supplier_phone": N_("Supplier's phone"),
    "supplier_email": N_("Supplier's e-mail"),
    "supplier_website": N_("Supplier's website"),
    "buyer_name": N_("Buyer"),
    "buyer_address": N_("Buyer's address"),
    "number": N_("Number"),
    "issue_date": N_("Issue date"),
    "due_date": N_("Due date"),
    "currency": N_("Currency"),
    "net": N_("Net"),
    "tax": N_("Tax"),
    "total": N_("Total"),
    "description": N_("Description"),
    "quantity": N_("Quantity"),
    "unit_price": N_("Unit price"),
    "amount": N_("Amount"),
    "product": N_("Product"),
}

KINDS = {
    DocumentKind.INVOICE: N_("Invoice"),
    DocumentKind.CREDIT_NOTE: N_("Credit note"),
    DocumentKind.RECEIPT: N_("Receipt"),
    DocumentKind.PRO_FORMA: N_("Pro-forma invoice"),
    DocumentKind.ORDER_CONFIRMATION: N_("Order confirmation"),
    DocumentKind.QUOTE: N_("Quote"),
    DocumentKind.DELIVERY_NOTE: N_("Delivery note"),
    DocumentKind.PACKING_LIST: N_("Packing list"),
    DocumentKind.OTHER: N_("Other"),
}

CHECKS = {
    "invoice.kind": N_("Kind of document"),
    "invoice.issue_date": N_("Issue date"),
    "invoice.supplier_name": N_("Supplier"),
    "invoice.supplier_address": N_("Supplier's address"),
    "invoice.buyer": N_("Buyer"),
    "invoice.price": N_("Price"),
    "invoice.description": N_("Product"),
    "invoice.arithmetic": N_("Arithmetic"),
    "invoice.duplicate": N_("Duplicate"),
    "invoice.legible": N_("Legible"),
    "document.readable": N_("Readable"),
    "routine.overdue": N_("Routine overdue"),
    "routine.skipped": N_("Routine skipped often"),
    "routine.owner": N_("Owner of a routine"),
    "account.suspended": N_("Suspended"),
    "account.at_risk": N_("At risk"),
    "account.health": N_("Account health rating"),
    "account.access_left": N_("Access of who has left"),
    "account.access_reason": N_("Reason for an access"),
    "account.complete": N_("Register complete"),
    "further.reason": N_("Business reason"),
    "further.run_by": N_("Who runs it"),
    "further.bank": N_("Own bank account"),
    "further.inventory": N_("Own inventory"),
    "further.products": N_("Own products"),
    "further.strategy": N_("Own strategy"),
    "further.brands": N_("Proof of distinct brands"),
    "further.approval": N_("Approval or good standing"),
    "further.standing": N_("Good standing"),
    "further.shared": N_("Shares nothing"),
}

SOURCES = {
    Source.XML: N_("from the e-invoice data"),
    Source.TEXT: N_("from the text of the page"),
    Source.OCR: N_("recognised on the picture"),
    Source.PERSON: N_("corrected by a person"),
}
