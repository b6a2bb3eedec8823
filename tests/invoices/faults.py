"""What suppliers get wrong, on demand: one fault at a time, everything else left as it was."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from tests.invoices.catalogue import make_catalogue
from tests.invoices.locales import LOCALES
from tests.invoices.model import Address, Invoice
from vault.domain.readings import DocumentKind


class Fault(StrEnum):
    """An illegible page is no fault of the invoice: see `tests.invoices.degrade`."""

    MISSING_DATE = "missing_date"
    FUTURE_DATE = "future_date"
    PO_BOX_ONLY = "po_box_only"
    NO_SUPPLIER_ADDRESS = "no_supplier_address"
    WRONG_TOTAL = "wrong_total"
    WRONG_LINE_AMOUNT = "wrong_line_amount"
    NO_PRICE = "no_price"
    UNKNOWN_PRODUCT = "unknown_product"
    WRONG_KIND = "wrong_kind"
    DUPLICATE_NUMBER = "duplicate_number"


def with_fault(invoice: Invoice, fault: Fault, as_of: date) -> Invoice:
    """`invoice` with `fault` in it. `as_of` is the day on which it will be judged.

    DUPLICATE_NUMBER gives another invoice of the same supplier under the same number.
    """
    return _FAULTS[fault](invoice, as_of)


def _missing_date(invoice: Invoice, _as_of: date) -> Invoice:
    return replace(invoice, issue_date=None, due_date=None, delivery_date=None)


def _future_date(invoice: Invoice, as_of: date) -> Invoice:
    issued = as_of + timedelta(days=40)
    return replace(invoice, issue_date=issued, due_date=issued + timedelta(days=30), delivery_date=None)


def _po_box_only(invoice: Invoice, _as_of: date) -> Invoice:
    address = invoice.supplier.address
    assert address is not None
    box = LOCALES[invoice.locale].po_box.format(a=1140, b=27)
    without_street = tuple(line for line in address.lines if line != address.street)
    boxed = Address((box, *without_street), box, address.postcode, address.city, address.country)
    return replace(invoice, supplier=replace(invoice.supplier, address=boxed))


def _no_supplier_address(invoice: Invoice, _as_of: date) -> Invoice:
    return replace(invoice, supplier=replace(invoice.supplier, address=None))


def _wrong_total(invoice: Invoice, _as_of: date) -> Invoice:
    return replace(invoice, misprint=Decimal("9.90"))


def _wrong_line_amount(invoice: Invoice, _as_of: date) -> Invoice:
    first, *others = invoice.lines
    return replace(invoice, lines=(replace(first, misprint=Decimal("12.40")), *others))


def _no_price(invoice: Invoice, _as_of: date) -> Invoice:
    return replace(invoice, shows_prices=False)


def _unknown_product(invoice: Invoice, _as_of: date) -> Invoice:
    stranger = make_catalogue(1, seed=987_654, gtin_prefix="59")[0]
    first, *others = invoice.lines
    line = replace(
        first,
        description=stranger.description(invoice.locale, 0),
        gtin=stranger.gtin if first.gtin else None,
        sku=stranger.sku if first.sku else None,
        asin=None,
        model=stranger.model,
    )
    return replace(invoice, lines=(line, *others))


def _wrong_kind(invoice: Invoice, _as_of: date) -> Invoice:
    return replace(invoice, kind=DocumentKind.PRO_FORMA)


def _duplicate_number(invoice: Invoice, _as_of: date) -> Invoice:
    first, *others = invoice.lines
    return replace(invoice, lines=(replace(first, quantity=first.quantity + 1), *others))


_FAULTS: Mapping[Fault, Callable[[Invoice, date], Invoice]] = MappingProxyType({
    Fault.MISSING_DATE: _missing_date,
    Fault.FUTURE_DATE: _future_date,
    Fault.PO_BOX_ONLY: _po_box_only,
    Fault.NO_SUPPLIER_ADDRESS: _no_supplier_address,
    Fault.WRONG_TOTAL: _wrong_total,
    Fault.WRONG_LINE_AMOUNT: _wrong_line_amount,
    Fault.NO_PRICE: _no_price,
    Fault.UNKNOWN_PRODUCT: _unknown_product,
    Fault.WRONG_KIND: _wrong_kind,
    Fault.DUPLICATE_NUMBER: _duplicate_number,
})  # fmt: skip
