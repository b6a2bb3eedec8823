"""What the labels of an invoice announce. The words themselves are data: ``data/labels.toml``."""

from enum import StrEnum

from vault.reading.understand.phrasebook import load_vocabulary


class Label(StrEnum):
    """What a label announces."""

    # dates
    ISSUE_DATE = "issue_date"
    DATE = "date"
    DUE_DATE = "due_date"
    OTHER_DATE = "other_date"
    # numbers of papers
    INVOICE_NUMBER = "invoice_number"
    NUMBER = "number"
    OTHER_NUMBER = "other_number"
    REFERENCE = "reference"
    # amounts
    GRAND_TOTAL = "grand_total"
    TOTAL = "total"
    DUE = "due"
    NET = "net"
    SUBTOTAL = "subtotal"
    CARRIED = "carried"
    TAX = "tax"
    PAID = "paid"
    CHANGE = "change"
    ROUNDING = "rounding"
    DISCOUNT = "discount"
    CHARGE = "charge"
    COUNT = "count"
    SUMMARY = "summary"
    # parties
    SUPPLIER = "supplier"
    BUYER = "buyer"
    DELIVERY = "delivery"
    PAYEE = "payee"
    CONTACT = "contact"
    # contacts
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    WEBSITE = "website"
    VAT = "vat"
    BUYER_VAT = "buyer_vat"
    TAX_NUMBER = "tax_number"
    COMPANY_NUMBER = "company_number"
    BANK = "bank"
    CURRENCY = "currency"
    NAME = "name"
    ADDRESS = "address"
    OTHER = "other"


LABELS = load_vocabulary("labels", Label)

DATE_LABELS = frozenset({Label.ISSUE_DATE, Label.DUE_DATE, Label.OTHER_DATE, Label.DATE})
NUMBER_LABELS = frozenset({Label.INVOICE_NUMBER, Label.REFERENCE, Label.OTHER_NUMBER, Label.NUMBER})
AMOUNT_LABELS = frozenset(
    {
        Label.GRAND_TOTAL,
        Label.TOTAL,
        Label.DUE,
        Label.NET,
        Label.SUBTOTAL,
        Label.CARRIED,
        Label.TAX,
        Label.PAID,
        Label.CHANGE,
        Label.ROUNDING,
        Label.DISCOUNT,
        Label.CHARGE,
        Label.COUNT,
        Label.SUMMARY,
    }
)
PARTY_LABELS = frozenset({Label.SUPPLIER, Label.BUYER, Label.DELIVERY, Label.PAYEE, Label.CONTACT})
