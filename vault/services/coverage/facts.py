"""Gathering what is known of the products of a seller account: what was sold, what was bought."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.checks.coverage.counting import PASSED_OVER, SeenInvoice, WeighedInvoice, weigh
from vault.checks.coverage.facts import Days, joined
from vault.db.entities.accounts import CatalogueProduct
from vault.db.queries.among import among
from vault.db.queries.sales import daily_units, known_days, units_by_asin
from vault.db.queries.seen_invoices import InvoiceLineRow, invoice_lines
from vault.domain.findings import Verdict

# The profile under which an invoice has to pass to count.
PROFILE = "guide"

Weighed = Mapping[str, Sequence[WeighedInvoice]]


def invoices_for(
    session: Session, account_id: str, product_ids: Collection[str] | None = None, since: date | None = None
) -> Weighed:
    """By product, each document with lines of it: its units, date, verdict, supplier, and why it does not count.

    None: of all products. `since`: only what was issued from that day on. Products without any are left out.
    """
    lines = invoice_lines(session, account_id, PROFILE, PASSED_OVER, product_ids, since)
    return {
        product_id: weigh(_invoice(list(of_one)) for _, of_one in groupby(group, key=attrgetter("document_id")))
        for product_id, group in groupby(lines, key=attrgetter("product_id"))
    }


def units_sold(
    session: Session, account_id: str, product_ids: Collection[str], from_day: date, to_day: date
) -> Mapping[str, int]:
    """Units of each product that were sold between the two days, both included. Ask `known_stretches` what is known."""
    asins = asins_of(session, account_id, product_ids)
    sold = units_by_asin(session, account_id, from_day, to_day, list(asins.values()))
    return {product_id: sold.get(asins[product_id], 0) for product_id in asins}


def known_stretches(session: Session, account_id: str) -> tuple[Days, ...]:
    """The days whose sales were imported, in order."""
    return joined(Days(first, last) for first, last in known_days(session, account_id))


def daily_sales(
    session: Session, account_id: str, first: date, last: date, asins: Collection[str] | None = None
) -> Mapping[str, Mapping[date, int]]:
    """Units by ASIN and day; days without any are left out."""
    sold: dict[str, dict[date, int]] = defaultdict(dict)
    for asin, day, units in daily_units(session, account_id, first, last, asins):
        if units:
            sold[asin][day] = units
    return sold


def asins_of(session: Session, account_id: str, product_ids: Collection[str]) -> Mapping[str, str]:
    """The ASINs of these products of the account."""
    wanted = select(CatalogueProduct.id, CatalogueProduct.asin).where(
        CatalogueProduct.account_id == account_id, among(CatalogueProduct.id, product_ids)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def _invoice(lines: Sequence[InvoiceLineRow]) -> SeenInvoice:
    first = lines[0]
    return SeenInvoice(
        document_id=first.document_id,
        kind=first.kind,
        verdict=Verdict(first.verdict),
        issued_on=first.issue_date,
        quantities=tuple(line.quantity for line in lines),
        supplier_id=first.supplier_id,
        supplier_name=first.supplier_name,
        number=first.number,
        total=f"{first.total} {first.currency}" if first.total else "",
        filename=first.filename,
    )


def latest_supplier(weighed: Iterable[WeighedInvoice]) -> str:
    """Who sent the latest of these invoices; empty where nobody is named."""
    named = [each.invoice for each in weighed if each.invoice.supplier_name]
    latest = max(named, key=lambda each: (each.issued_on or date.min, each.document_id), default=None)
    return latest.supplier_name if latest else ""
