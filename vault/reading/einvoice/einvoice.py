"""An e-invoice: the head and the lines of an invoice as its issuer's software wrote them down (EN 16931)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from stdnum import ean

from vault.domain.readings import Adjustment, DocumentKind, Extracted, Fields, Identifiers, LineItem, Source
from vault.reading.glyphs import clean

T = TypeVar("T")
_SURE = 0.99
# What a reading can hold: an invoice that says more is no reason to leave it unread.
_LIMIT = Decimal(10) ** 15
_MOST_DECIMALS = 12

# UNTDID 1001, as far as EN 16931 and its extensions allow it.
_KINDS = {
    **dict.fromkeys(("381", "261", "262", "296", "308", "396", "420", "458", "532", "83", "81"), "credit_note"),
    "325": "pro_forma",
}


@dataclass(frozen=True, slots=True)
class EInvoice:
    kind: Extracted[DocumentKind]
    fields: Fields
    lines: tuple[LineItem, ...]
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """A supplier or buyer; empty strings for what is not said. `address`: lines without name and country."""

    name: str = ""
    address: tuple[str, ...] = ()
    country: str = ""
    vat: str = ""
    phone: str = ""
    email: str = ""


def told(value: T, raw: str = "") -> Extracted[T]:
    """A value that the XML says."""
    return Extracted(value, _SURE, Source.XML, raw=raw or str(value))


def words(text: str) -> Extracted[str] | None:
    kept = "\n".join(line for line in map(clean, text.splitlines()) if line)
    return told(kept) if kept else None


def amount(text: str) -> Extracted[Decimal] | None:
    """A decimal number; None for anything that is not one."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) >= _LIMIT:
        return None
    return told(value if int(value.as_tuple().exponent) >= -_MOST_DECIMALS else round(value, _MOST_DECIMALS), text)


def day(text: str) -> Extracted[date] | None:
    """A date written ``20260131`` or ``2026-01-31``."""
    digits = text[:10].replace("-", "")
    try:
        return told(date.fromisoformat(digits), text) if len(digits) == 8 else None
    except ValueError:
        return None


def kind_of(code: str) -> Extracted[DocumentKind]:
    """The kind for a document type code of UNTDID 1001; every other code of the standard is an invoice."""
    return told(DocumentKind(_KINDS.get(code, "invoice")), code)


def identifiers(standard: str, supplier_number: str) -> Identifiers:
    """`standard` is kept when it is a GTIN with a valid check digit."""
    gtin = standard if standard.isdigit() and ean.is_valid(standard) else None
    return Identifiers(gtin=gtin, sku=clean(supplier_number)[:200] or None)


def party_fields(supplier: Party, buyer: Party) -> Fields:
    return Fields(
        supplier_name=words(supplier.name),
        supplier_address=words("\n".join(supplier.address)),
        supplier_country=words(supplier.country),
        supplier_vat=words(supplier.vat),
        supplier_phone=words(supplier.phone),
        supplier_email=words(supplier.email),
        buyer_name=words(buyer.name),
        buyer_address=words("\n".join(buyer.address)),
    )


def per_one(price: Extracted[Decimal] | None, basis: str) -> Extracted[Decimal] | None:
    """The price of one unit, where it is given for a number of them."""
    units = amount(basis)
    if price is None or units is None or units.value in (0, 1):
        return price
    value = price.value / units.value
    return replace(price, value=round(value, 6)) if abs(value) < _LIMIT else None


def line_discount(given: Iterable[tuple[str, str]]) -> Extracted[Decimal] | None:
    """What a line's allowances less its charges take off; `given`: ``true`` for a charge, and how much."""
    amounts = [(is_charge, said) for is_charge, value in given if (said := amount(value)) is not None]
    taken = sum((-said.value if is_charge == "true" else said.value for is_charge, said in amounts), Decimal(0))
    return told(taken) if taken and abs(taken) < _LIMIT else None


def adjustment(is_charge: str, value: str, reason: str) -> Adjustment | None:
    """A charge or a discount on the whole invoice; None without an amount. `is_charge` is ``true`` or ``false``."""
    said = amount(value)
    if said is None:
        return None
    return Adjustment(clean(reason)[:200], said if is_charge == "true" else replace(said, value=-said.value))


def credited(invoice: EInvoice) -> EInvoice:
    """A credit note's amounts below zero, as everywhere in the vault; the standard writes them above it."""
    if invoice.kind.value is not DocumentKind.CREDIT_NOTE:
        return invoice
    head = invoice.fields
    head = replace(head, net=_negative(head.net), tax=_negative(head.tax), total=_negative(head.total))
    lines = (replace(line, quantity=_negative(line.quantity), amount=_negative(line.amount)) for line in invoice.lines)
    adjustments = tuple(
        replace(item, amount=replace(item.amount, value=-item.amount.value)) for item in invoice.adjustments
    )
    return replace(invoice, fields=head, lines=tuple(lines), adjustments=adjustments)


def _negative(item: Extracted[Decimal] | None) -> Extracted[Decimal] | None:
    return replace(item, value=-item.value) if item is not None and item.value > 0 else item
