"""The drop that the demonstration opens with: good invoices, and one with each thing that suppliers get wrong."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from tests.invoices.catalogue import Product
from tests.invoices.compose import make_invoice
from tests.invoices.degrade import RECIPES, as_image, as_scan
from tests.invoices.einvoice import render_einvoice
from tests.invoices.faults import Fault, with_fault
from tests.invoices.model import Address, Invoice, Party
from tests.invoices.render import Layout, render

BUYER = Party(
    name="Lavandine Import SARL",
    address=Address(("18 quai des Tisserands", "69002 Lyon"), "18 quai des Tisserands", "69002", "Lyon", "FR"),
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A file as it is dropped on the upload page."""

    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one file comes to be. `finish` makes its bytes of the invoice and the layout; plans of the same `seed` and
    `locale` share supplier and number."""

    filename: str
    seed: int
    locale: str
    layout: Layout
    finish: Callable[[Invoice, Layout], bytes] = render
    fault: Fault | None = None
    invoice: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


def _scanned(recipe: str) -> Callable[[Invoice, Layout], bytes]:
    return lambda invoice, layout: as_scan(render(invoice, layout), RECIPES[recipe], seed=7)


def _pictured(recipe: str) -> Callable[[Invoice, Layout], bytes]:
    return lambda invoice, layout: as_image(render(invoice, layout), RECIPES[recipe], seed=7)


def _last_page_scanned(invoice: Invoice, layout: Layout) -> bytes:
    return as_scan(render(invoice, layout), RECIPES["scan"], seed=7, pages={1})


_PLANS = (
    _Plan("facture-mars.pdf", 11, "fr", Layout.LETTERHEAD),
    _Plan("fattura_0412.pdf", 12, "it", Layout.DENSE),
    _Plan("Rechnung Lichtgraben (ZUGFeRD).pdf", 13, "de", Layout.SIDEBAR, render_einvoice),
    _Plan("scan0007.pdf", 14, "en_gb", Layout.SIMPLE, _scanned("scan")),
    _Plan("IMG_20260114_101502.jpg", 15, "fr", Layout.LETTERHEAD, _pictured("photo")),
    _Plan("Sammelrechnung.pdf", 16, "de", Layout.CONTINUED, _last_page_scanned, invoice={"line_count": 26}),
    _Plan("fattura senza data.pdf", 17, "it", Layout.LETTERHEAD, fault=Fault.MISSING_DATE),
    _Plan("facture-anticipee.pdf", 18, "fr", Layout.SIDEBAR, fault=Fault.FUTURE_DATE),
    _Plan("Rechnung Postfach.pdf", 19, "de", Layout.LETTERHEAD, fault=Fault.PO_BOX_ONLY),
    _Plan("invoice no address.pdf", 20, "en_gb", Layout.SIDEBAR, fault=Fault.NO_SUPPLIER_ADDRESS),
    _Plan("facture-total.pdf", 21, "fr", Layout.SIMPLE, fault=Fault.WRONG_TOTAL),
    _Plan("fattura articolo nuovo.pdf", 22, "it", Layout.SIMPLE, fault=Fault.UNKNOWN_PRODUCT),
    _Plan("Proforma.pdf", 23, "de", Layout.DENSE, fault=Fault.WRONG_KIND),
    _Plan("Rechnung ohne Preise.pdf", 24, "de", Layout.LETTERHEAD, fault=Fault.NO_PRICE),
    _Plan("facture-mars-bis.pdf", 11, "fr", Layout.LETTERHEAD, fault=Fault.DUPLICATE_NUMBER),
    _Plan("fax.pdf", 25, "en_gb", Layout.SIMPLE, _scanned("illegible")),
)


def make_papers(products: tuple[Product, ...], today: date) -> Iterator[Paper]:
    """The files in the order in which they are dropped, rendered one by one; judged on `today`."""
    for plan in _PLANS:
        invoice = _invoice(plan, products, today)
        if plan.fault:
            invoice = with_fault(invoice, plan.fault, today)
        yield Paper(plan.filename, plan.finish(invoice, plan.layout))


def quantities(products: tuple[Product, ...], today: date) -> Mapping[str, int]:
    """By ASIN, the units on those papers that nothing is wrong with."""
    found: Counter[str] = Counter()
    for plan in _PLANS:
        if plan.fault is None:
            for line in _invoice(plan, products, today).lines:
                meant = [each for each in products if each.model == line.model and each.brand in line.description]
                found.update({product.asin: int(line.quantity) for product in meant})
    return found


def _invoice(plan: _Plan, products: tuple[Product, ...], today: date) -> Invoice:
    invoice = make_invoice(plan.seed, plan.locale, products=products, buyer=BUYER, as_of=today, **plan.invoice)
    # Billed in euros wherever they come from, and one fault each: nothing else to puzzle over.
    return replace(invoice, currency="EUR", adjustments=())
