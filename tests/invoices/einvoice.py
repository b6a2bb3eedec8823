"""E-invoices: the same invoice as Cross Industry Invoice XML (EN 16931), attached to its PDF as Factur-X / ZUGFeRD 2."""

from functools import lru_cache
from pathlib import Path

import facturx
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.invoices.model import Invoice, total_of
from tests.invoices.render import Layout, render
from vault.domain.readings import DocumentKind

# UNTDID 1001: the only two kinds that the format knows and we make.
_TYPE_CODES = {DocumentKind.INVOICE: "380", DocumentKind.CREDIT_NOTE: "381"}


@lru_cache(maxsize=64)
def render_einvoice(invoice: Invoice, layout: Layout) -> bytes:
    """The rendered PDF with its XML attached (timestamps inside differ from run to run).

    Raises KeyError for a kind other than invoice and credit note, and the library's own error when the XML breaks
    the schema.
    """
    return facturx.generate_from_binary(
        render(invoice, layout), cii_xml(invoice), flavor="factur-x", level="en16931", check_xsd=True
    )


def cii_xml(invoice: Invoice) -> bytes:
    """The XML alone. A credit note (type 381) carries positive amounts, as the norm wants it."""
    charges = total_of(item.amount for item in invoice.adjustments if item.amount > 0)
    allowances = -total_of(item.amount for item in invoice.adjustments if item.amount < 0)
    text = (
        _environment()
        .get_template("cii.xml")
        .render(
            invoice=invoice,
            type_code=_TYPE_CODES[invoice.kind],
            sign=-1 if invoice.kind is DocumentKind.CREDIT_NOTE else 1,
            charges=charges,
            allowances=allowances,
        )
    )
    return text.strip().encode("utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    folder = Path(__file__).parent / "layouts"
    loader = FileSystemLoader(folder)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
