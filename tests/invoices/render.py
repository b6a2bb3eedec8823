"""Invoice → PDF in one of several layouts (Jinja2 and WeasyPrint). Everything in the truth is on the page."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import HTML

from tests.invoices.locales import LOCALES, Locale
from tests.invoices.model import Invoice, Line, Party, total_of
from vault.domain.readings import DocumentKind

_INVOICE_WORDS = frozenset({DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.RECEIPT})
_PAGE_LINES = 20  # of the continued layout: so few that they always fit


class Layout(StrEnum):
    """LETTERHEAD classic · SIDEBAR modern · DENSE many columns, contacts in the footer · SIMPLE one column, no grid ·
    CONTINUED long tables with carried-over subtotals · TILL a narrow strip of paper."""

    LETTERHEAD = "letterhead"
    SIDEBAR = "sidebar"
    DENSE = "dense"
    SIMPLE = "simple"
    CONTINUED = "continued"
    TILL = "till"


class Labelled(NamedTuple):
    label: str
    value: str


class Column(NamedTuple):
    key: str
    label: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Style:
    """One supplier's habits: which of the possible words, dates, colours and fonts it uses."""

    words: Mapping[str, str]
    title: str
    date_format: str
    accent: str
    font: str


class TablePage(NamedTuple):
    """A page of the line table: the subtotals that open and close it are empty where there are none."""

    rows: list[dict[str, str]]
    brought: str
    carried: str


@lru_cache(maxsize=256)
def render(invoice: Invoice, layout: Layout) -> bytes:
    """The document as a PDF with a text layer. The same invoice and layout give the same bytes."""
    template = _environment().get_template(f"{layout}.html")
    return HTML(string=template.render(**_view(invoice, layout))).write_pdf()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    folder = Path(__file__).parent / "layouts"
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def _style(invoice: Invoice, layout: Layout) -> Style:
    locale = LOCALES[invoice.locale]
    rng = random.Random(f"style {invoice.supplier.name} {layout}")
    return Style(
        words={key: rng.choice(variants) for key, variants in locale.words.items()},
        title=rng.choice(locale.titles[invoice.kind]),
        date_format=rng.choice(locale.date_formats),
        accent=rng.choice(("#1f4e79", "#7a1f3d", "#2e6b3a", "#444444", "#8a4b08")),
        font=rng.choice(("Liberation Sans", "DejaVu Sans", "Liberation Serif", "DejaVu Serif")),
    )


def _view(invoice: Invoice, layout: Layout) -> dict[str, object]:
    """Everything a template places; templates decide where, never what."""
    style, locale = _style(invoice, layout), LOCALES[invoice.locale]
    columns = _columns(invoice, style)
    rows = [_row(line, place, locale) for place, line in enumerate(invoice.lines, 1)]
    return {
        "language": locale.language,
        "title": style.title,
        "accent": style.accent,
        "font": style.font,
        "words": style.words,
        "head": _head(invoice, style, locale),
        "supplier": invoice.supplier,
        "contacts": _contacts(invoice.supplier, style),
        "bank": Labelled(style.words["iban"], invoice.supplier.iban or ""),
        "buyer": invoice.buyer,
        "buyer_label": style.words["bill_to" if invoice.kind in _INVOICE_WORDS else "recipient"],
        "columns": columns,
        "rows": rows,
        "table_pages": _table_pages(invoice, rows, locale),
        "sums": _sums(invoice, style, locale) if invoice.shows_prices else [],
        "total": _total(invoice, style, locale) if invoice.shows_prices else None,
        "terms": style.words["terms"] if invoice.kind is DocumentKind.INVOICE else "",
        "closing": style.words["thanks" if invoice.kind in _INVOICE_WORDS else "not_an_invoice"],
        "page_number": _page_number(style.words["page"]),
    }


def _head(invoice: Invoice, style: Style, locale: Locale) -> list[Labelled]:
    is_invoice = invoice.kind is DocumentKind.INVOICE
    days = (
        (style.words["issue_date" if is_invoice else "plain_date"], invoice.issue_date),
        (style.words["due_date"], invoice.due_date),
        (style.words["delivery_date"], invoice.delivery_date),
    )
    texts = (
        (style.words["order_number"], invoice.order_number),
        (style.words["customer_number"], invoice.customer_number),
    )
    number = Labelled(style.words["invoice_number" if is_invoice else "number"], invoice.number)
    dated = [Labelled(label, locale.day(day, style.date_format)) for label, day in days if day]
    return [number, *dated, *(Labelled(label, text) for label, text in texts if text)]


def _contacts(party: Party, style: Style) -> list[Labelled]:
    values = {"phone": party.phone, "email": party.email, "website": party.website, "vat": party.vat}
    return [Labelled(style.words[key], value) for key, value in values.items() if value]


def _columns(invoice: Invoice, style: Style) -> list[Column]:
    """Identifier columns appear when any line has one; money columns when the document shows prices."""
    identifiers = [key for key in ("sku", "gtin", "asin") if any(getattr(line, key) for line in invoice.lines)]
    money = ["unit_price", "tax_rate", "amount"] if invoice.shows_prices else []
    numeric = {"quantity", "unit_price", "tax_rate", "amount"}
    return [Column(key, style.words[key], key in numeric) for key in (*identifiers, "description", "quantity", *money)]


def _row(line: Line, place: int, locale: Locale) -> dict[str, str]:
    return {
        "position": str(place),
        "sku": line.sku or "",
        "gtin": line.gtin or "",
        "asin": line.asin or "",
        "description": line.description,
        "quantity": locale.count(line.quantity),
        "unit_price": locale.number(line.unit_price),
        "tax_rate": locale.percent(line.tax_rate),
        "amount": locale.number(line.amount),
    }


def _sums(invoice: Invoice, style: Style, locale: Locale) -> list[Labelled]:
    """What stands between the lines and the total: charges, discounts, the net amount, the tax of each rate."""
    words, found = style.words, []
    if invoice.adjustments:
        found.append(Labelled(words["lines_total"], locale.number(invoice.lines_total)))
        found += [Labelled(item.label, locale.number(item.amount)) for item in invoice.adjustments]
    found.append(Labelled(words["net"], locale.number(invoice.net)))
    shares = invoice.tax_shares
    found += [Labelled(f"{words['tax']} {locale.percent(share.rate)}", locale.number(share.tax)) for share in shares]
    if len(shares) > 1:
        found.append(Labelled(words["tax"], locale.number(invoice.tax)))
    return found


def _total(invoice: Invoice, style: Style, locale: Locale) -> Labelled:
    return Labelled(style.words["total"], locale.money(invoice.total, invoice.currency))


def _table_pages(invoice: Invoice, rows: list[dict[str, str]], locale: Locale) -> list[TablePage]:
    pages, last = [], (len(rows) - 1) // _PAGE_LINES
    for place in range(last + 1):
        first = place * _PAGE_LINES
        before = total_of(line.amount for line in invoice.lines[:first])
        after = total_of(line.amount for line in invoice.lines[: first + _PAGE_LINES])
        brought = locale.number(before) if place and invoice.shows_prices else ""
        carried = locale.number(after) if place < last and invoice.shows_prices else ""
        pages.append(TablePage(rows[first : first + _PAGE_LINES], brought, carried))
    return pages


def _page_number(text: str) -> str:
    """The CSS `content` for a text such as ``Page {page} of {pages}``."""
    quoted = '"' + text.replace('"', "") + '"'
    return quoted.replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "')
