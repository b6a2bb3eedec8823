"""Which invoices count for a product, with how many units, and why others do not.

Source: domain rules, “units on valid invoices”. Valid is an invoice that passes the checklist, warnings included. What
could not be read is never counted. The age of an invoice is no reason here: the window asks for it, on any day. Nor is
it that the same invoice is kept twice: one of them counts, the one that came first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from vault.checks.coverage.facts import InvoiceUnits
from vault.domain.findings import Verdict
from vault.domain.readings import DocumentKind

# Checks whose failure does not keep an invoice from counting: see above.
PASSED_OVER = ("invoice.issue_date", "invoice.duplicate")
# More than that is no number of units but a code or an amount read in the wrong column.
_MOST_UNITS = 10_000_000

_Key = tuple[object, ...]


class Excluded(StrEnum):
    """Why an invoice does not count for a product."""

    NO_INVOICE = "no_invoice"
    FAILS = "fails"
    TO_CHECK = "to_check"
    NO_DATE = "no_date"
    NO_QUANTITY = "no_quantity"
    NO_LINE = "no_line"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class SeenInvoice:
    """A document with lines of one product. `quantities`: as read, one for each of these lines, empty where unread.

    `verdict` leaves out `PASSED_OVER`. `document_id` tells which came first. `total`: as printed, with its currency.
    """

    document_id: str
    kind: str
    verdict: Verdict
    issued_on: date | None
    quantities: tuple[str, ...]
    supplier_id: str | None = None
    supplier_name: str = ""
    number: str = ""
    total: str = ""
    filename: str = ""

    @property
    def takes_away(self) -> bool:
        """Whether it is a credit note."""
        return self.kind == DocumentKind.CREDIT_NOTE

    @property
    def is_read_whole(self) -> bool:
        """Whether it can be told how many units it is about, and of which day it is."""
        return self.issued_on is not None and all(_whole(quantity) is not None for quantity in self.quantities)


@dataclass(frozen=True, slots=True)
class WeighedInvoice:
    """What an invoice is worth to a product. `excluded` is None where it counts; else `units` is what it would add.

    `same_as`: the id of the document that is the same invoice and counts in its place.
    """

    invoice: SeenInvoice
    units: int
    excluded: Excluded | None = None
    same_as: str = ""


def weigh(seen: Iterable[SeenInvoice]) -> tuple[WeighedInvoice, ...]:
    """Each of these documents of one product, in the order in which they came."""
    weighed: list[WeighedInvoice] = []
    counting: defaultdict[_Key, list[SeenInvoice]] = defaultdict(list)
    for invoice in sorted(seen, key=lambda each: each.document_id):
        units = _units(invoice)
        excluded = _excluded(invoice, units)
        twin = None if excluded else _twin(invoice, counting)
        if twin is not None:
            weighed.append(WeighedInvoice(invoice, units or 0, Excluded.DUPLICATE, twin.document_id))
        else:
            weighed.append(WeighedInvoice(invoice, units or 0, excluded))
        if weighed[-1].excluded is None:
            for key in _keys(invoice):
                counting[key].append(invoice)
    return tuple(weighed)


def counted(weighed: Iterable[WeighedInvoice]) -> tuple[InvoiceUnits, ...]:
    """Those that count, as `coverage` takes them."""
    return tuple(
        InvoiceUnits(each.invoice.document_id, each.invoice.issued_on, each.units)
        for each in weighed
        if each.excluded is None and each.invoice.issued_on is not None
    )


def _excluded(invoice: SeenInvoice, units: int | None) -> Excluded | None:
    # A credit note takes units away whatever else is wrong with it: leaving it out would make more of the invoices.
    if not invoice.takes_away and invoice.kind != DocumentKind.INVOICE:
        return Excluded.NO_INVOICE
    if not invoice.takes_away and invoice.verdict not in (Verdict.PASS, Verdict.WARN):
        return Excluded.FAILS if invoice.verdict == Verdict.FAIL else Excluded.TO_CHECK
    if not invoice.quantities:
        return Excluded.NO_LINE
    if invoice.issued_on is None:
        return Excluded.NO_DATE
    return Excluded.NO_QUANTITY if units is None else None


def _units(invoice: SeenInvoice) -> int | None:
    """The units of the lines whose quantity is a whole number; None where no line has one.

    They are taken as printed: how many pieces a carton holds, only a person can say, by correcting the quantity.
    """
    read = [units for units in map(_whole, invoice.quantities) if units is not None]
    if not read:
        return None
    return -sum(abs(units) for units in read) if invoice.takes_away else sum(read)


def _whole(quantity: str) -> int | None:
    try:
        number = Decimal(quantity)
    except InvalidOperation:
        return None
    is_units = number.is_finite() and abs(number) <= _MOST_UNITS and number == number.to_integral_value()
    return int(number) if is_units else None


def _keys(invoice: SeenInvoice) -> list[_Key]:
    """Whatever is the same invoice has one of these in common."""
    numbered = [(invoice.supplier_id, invoice.number)] if invoice.number else []
    return [*numbered, (invoice.supplier_id, invoice.issued_on, invoice.total)]


def _twin(invoice: SeenInvoice, counting: Mapping[_Key, list[SeenInvoice]]) -> SeenInvoice | None:
    """The first of those that count already and are the same."""
    alike = [each for key in _keys(invoice) for each in counting.get(key, ()) if _is_same(each, invoice)]
    return min(alike, key=lambda each: each.document_id, default=None)


def _is_same(one: SeenInvoice, other: SeenInvoice) -> bool:
    """Same supplier and number; or same supplier, date and total, unless they have different numbers."""
    if not one.supplier_id or one.supplier_id != other.supplier_id or one.kind != other.kind:
        return False
    if one.number and other.number:
        return one.number == other.number
    return bool(one.total) and (one.issued_on, one.total) == (other.issued_on, other.total)
