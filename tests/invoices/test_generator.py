"""The generator is the yardstick of the readers: what it claims to be true must be on the page."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import facturx
import pypdfium2 as pdfium
import pytest
from stdnum import ean, iban
from stdnum.eu import vat
from stdnum.gb import vat as british_vat

from tests.invoices.catalogue import REPORT_COLUMNS, all_listings, make_catalogue
from tests.invoices.compose import AS_OF, make_invoice
from tests.invoices.degrade import RECIPES, as_image, as_scan, merged
from tests.invoices.einvoice import cii_xml, render_einvoice
from tests.invoices.faults import Fault, with_fault
from tests.invoices.locales import LOCALES
from tests.invoices.model import NOTHING, Line
from tests.invoices.render import Layout, render
from tests.invoices.truth import truth_of
from vault.domain.readings import DocumentKind

KINDS = [kind for kind in DocumentKind if kind is not DocumentKind.OTHER]


def text_of(pdf: bytes) -> str:
    """All words of the PDF, white space evened out."""
    document = pdfium.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    return " ".join(text.replace("\ufffe", "-").split())


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("locale", LOCALES)
def test_all_texts_of_the_truth_are_on_the_page(locale: str, layout: Layout) -> None:
    invoice = make_invoice(7, locale)
    truth, page = truth_of(invoice), text_of(render(invoice, layout))
    texts = [truth.fields[name] for name in ("supplier_name", "supplier_phone", "supplier_email", "number")]
    texts += (truth.fields["supplier_address"] or "").split("\n") + (truth.fields["buyer_address"] or "").split("\n")
    texts += [str(line["description"]) for line in truth.lines]
    assert [text for text in texts if str(text) not in page] == []


@pytest.mark.parametrize("layout", Layout)
def test_amounts_are_printed_as_the_country_writes_them(layout: Layout) -> None:
    invoice = replace(make_invoice(3, "de"), adjustments=(), lines=(_line("12", "1234.50"),))
    page = text_of(render(invoice, layout))
    assert "1.234,50" in page
    assert "14.814,00" in page
    assert "17.628,66 €" in page


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_document_carries_its_name(kind: DocumentKind) -> None:
    page = text_of(render(make_invoice(5, "it", kind=kind), Layout.LETTERHEAD))
    assert any(title in page for title in LOCALES["it"].titles[kind])


@pytest.mark.parametrize("kind", [DocumentKind.DELIVERY_NOTE, DocumentKind.PACKING_LIST])
def test_papers_that_travel_with_the_goods_show_no_price(kind: DocumentKind) -> None:
    invoice = make_invoice(5, "fr", kind=kind)
    assert truth_of(invoice).fields["total"] is None
    assert "€" not in text_of(render(invoice, Layout.LETTERHEAD))


def test_a_long_table_carries_its_subtotal_over_to_the_next_page() -> None:
    invoice = make_invoice(2, "fr", line_count=30, products=make_catalogue(40))
    document = pdfium.PdfDocument(render(invoice, Layout.CONTINUED))
    subtotal = LOCALES["fr"].number(sum((line.amount for line in invoice.lines[:20]), NOTHING))
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    assert len(pages) == 2
    assert all(" ".join(subtotal.split()) in page for page in pages)


def test_tax_is_rounded_once_a_rate() -> None:
    invoice = replace(make_invoice(1), adjustments=(), lines=(_line("1", "0.13"), _line("1", "0.13")))
    assert (invoice.net, invoice.tax, invoice.total) == (Decimal("0.26"), Decimal("0.05"), Decimal("0.31"))


def test_a_credit_note_is_negative_throughout() -> None:
    truth = truth_of(make_invoice(1, "de", kind=DocumentKind.CREDIT_NOTE))
    assert str(truth.fields["total"]).startswith("-")
    assert all(str(line["amount"]).startswith("-") for line in truth.lines)


@pytest.mark.parametrize("locale", LOCALES)
def test_check_digits_are_right(locale: str) -> None:
    for seed in range(20):
        invoice = make_invoice(seed, locale)
        for line in invoice.lines:
            assert line.gtin is None or ean.validate(line.gtin)
        if invoice.supplier.iban:
            assert iban.validate(invoice.supplier.iban)
        if invoice.supplier.vat:
            check = british_vat.validate if locale == "en_gb" else vat.validate
            assert check(invoice.supplier.vat.removeprefix("GB"))


def test_the_same_seed_gives_the_same_bytes() -> None:
    invoice = make_invoice(11, "es")
    assert invoice == make_invoice(11, "es")
    fresh = render.__wrapped__  # past the cache
    assert fresh(invoice, Layout.DENSE) == fresh(invoice, Layout.DENSE)
    pdf = render(invoice, Layout.DENSE)
    assert as_scan(pdf, RECIPES["photo"], 4) == as_scan(pdf, RECIPES["photo"], 4)
    assert as_image(pdf, RECIPES["scan"], 4) != as_image(pdf, RECIPES["scan"], 5)


@pytest.mark.parametrize("kind", [DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE])
@pytest.mark.parametrize("locale", LOCALES)
def test_the_xml_of_an_einvoice_keeps_to_its_schema(locale: str, kind: DocumentKind) -> None:
    for seed in range(3):
        assert facturx.xml_check_xsd(cii_xml(make_invoice(seed, locale, kind=kind)), level="en16931")


def test_an_einvoice_is_the_same_page_with_its_xml_inside() -> None:
    invoice = make_invoice(6, "de")
    pdf = render_einvoice(invoice, Layout.LETTERHEAD)
    name, xml = facturx.get_facturx_xml_from_pdf(pdf)
    assert name == "factur-x.xml"
    assert xml == cii_xml(invoice)
    assert text_of(pdf) == text_of(render(invoice, Layout.LETTERHEAD))


def test_a_scan_has_no_text_layer_and_a_mixed_document_has_half_of_one() -> None:
    first, second = (render(make_invoice(seed, "fr"), Layout.SIMPLE) for seed in (1, 2))
    assert text_of(as_scan(first, RECIPES["coarse"], 1)) == ""
    mixed = pdfium.PdfDocument(as_scan(merged(first, second), RECIPES["coarse"], 1, pages={1}))
    assert [bool(page.get_textpage().get_text_range().strip()) for page in mixed] == [True, False]


@pytest.mark.parametrize("media", ["JPEG", "PNG", "GIF", "TIFF", "WEBP", "HEIF"])
def test_a_page_can_become_any_accepted_kind_of_picture(media: str) -> None:
    assert as_image(render(make_invoice(1), Layout.SIMPLE), RECIPES["coarse"], 1, media=media)


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_changes_what_is_printed(fault: Fault) -> None:
    invoice = make_invoice(8, "fr", line_count=2)
    assert truth_of(with_fault(invoice, fault, AS_OF)) != truth_of(invoice)
    assert render(with_fault(invoice, fault, AS_OF), Layout.LETTERHEAD) != render(invoice, Layout.LETTERHEAD)


def test_faults_are_what_they_are_called() -> None:
    invoice, today = make_invoice(8, "fr", line_count=2), date(2026, 3, 1)
    assert with_fault(invoice, Fault.MISSING_DATE, today).issue_date is None
    future = with_fault(invoice, Fault.FUTURE_DATE, today).issue_date
    assert future is not None
    assert future > today
    wrong = with_fault(invoice, Fault.WRONG_TOTAL, today)
    assert wrong.total != wrong.net + wrong.tax
    again = with_fault(invoice, Fault.DUPLICATE_NUMBER, today)
    assert (again.supplier, again.number) == (invoice.supplier, invoice.number)
    assert truth_of(with_fault(invoice, Fault.NO_SUPPLIER_ADDRESS, today)).fields["supplier_address"] is None


def test_the_report_lists_every_product_under_the_marketplaces_column_names() -> None:
    products = make_catalogue(9)
    rows = list(csv.DictReader(io.StringIO(all_listings(products).decode()), delimiter="\t"))
    assert tuple(rows[0]) == REPORT_COLUMNS
    assert [row["asin1"] for row in rows] == [product.asin for product in products]
    assert {row["product-id"] for row in rows if row["product-id-type"] == "4"} <= {item.gtin for item in products}


def _line(quantity: str, unit_price: str) -> Line:
    return Line("Testartikel", Decimal(quantity), Decimal(unit_price), Decimal("19"))
