"""What a perfect reader would say about a generated document, in the words of ``sellervault read``."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tests.invoices.model import Invoice, Line


@dataclass(frozen=True, slots=True)
class Truth:
    """`fields` and `lines` hold the bare values (strings, or None where the page does not say)."""

    kind: str
    fields: dict[str, str | None]
    lines: list[dict[str, object]] = field(default_factory=list)


def truth_of(invoice: Invoice) -> Truth:
    """The exact content of `invoice` as printed: slips of the supplier included."""
    lines = [_line(invoice, line) for line in invoice.lines]
    return Truth(str(invoice.kind), {**_parties(invoice), **_head(invoice)}, lines)


def _parties(invoice: Invoice) -> dict[str, str | None]:
    supplier, buyer = invoice.supplier, invoice.buyer
    return {
        "supplier_name": supplier.name,
        "supplier_address": "\n".join(supplier.address.lines) if supplier.address else None,
        "supplier_country": supplier.address.country if supplier.address else None,
        "supplier_vat": supplier.vat,
        "supplier_phone": supplier.phone,
        "supplier_email": supplier.email,
        "supplier_website": supplier.website,
        "buyer_name": buyer.name,
        "buyer_address": "\n".join(buyer.address.lines) if buyer.address else None,
    }


def _head(invoice: Invoice) -> dict[str, str | None]:
    priced = invoice.shows_prices
    return {
        "number": invoice.number,
        "issue_date": _day(invoice.issue_date),
        "due_date": _day(invoice.due_date),
        "currency": invoice.currency if priced else None,
        "net": plain(invoice.net) if priced else None,
        "tax": plain(invoice.tax) if priced else None,
        "total": plain(invoice.total) if priced else None,
    }


def _line(invoice: Invoice, line: Line) -> dict[str, object]:
    priced = invoice.shows_prices
    return {
        "description": line.description,
        "quantity": plain(line.quantity),
        "unit_price": plain(line.unit_price) if priced else None,
        "amount": plain(line.amount) if priced else None,
        "identifiers": {"asin": line.asin, "gtin": line.gtin, "sku": line.sku, "model": line.model},
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def plain(number: Decimal) -> str:
    """A plain decimal: ``1234.50``, ``-3``."""
    return format(number, "f")
