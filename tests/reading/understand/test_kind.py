"""The title says what a paper is; other words on it do not."""

import pytest

from tests.reading.understand.pages import page_of, till_of
from vault.domain.readings import DocumentKind, Page
from vault.reading.understand.kind import find_kind
from vault.reading.understand.paper import open_paper


def kind_of(*pages: Page) -> DocumentKind:
    return find_kind(open_paper(pages)).value


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("INVOICE", DocumentKind.INVOICE),
        ("Rechnung Nr. 42", DocumentKind.INVOICE),
        ("Facture FA-0010", DocumentKind.INVOICE),
        ("FATTURA", DocumentKind.INVOICE),
        ("Gutschrift", DocumentKind.CREDIT_NOTE),
        ("Avoir", DocumentKind.CREDIT_NOTE),
        ("Nota di credito", DocumentKind.CREDIT_NOTE),
        ("Pro-forma invoice", DocumentKind.PRO_FORMA),
        ("Proformarechnung", DocumentKind.PRO_FORMA),
        ("Facture proforma", DocumentKind.PRO_FORMA),
        ("Order confirmation", DocumentKind.ORDER_CONFIRMATION),
        ("Auftragsbestätigung", DocumentKind.ORDER_CONFIRMATION),
        ("Devis", DocumentKind.QUOTE),
        ("Preventivo", DocumentKind.QUOTE),
        ("Lieferschein", DocumentKind.DELIVERY_NOTE),
        ("Bon de livraison", DocumentKind.DELIVERY_NOTE),
        ("Packing list", DocumentKind.PACKING_LIST),
        ("Kassenbon", DocumentKind.RECEIPT),
    ],
)
def test_the_title_names_the_kind(title: str, kind: DocumentKind) -> None:
    assert kind_of(page_of("Osterwald GmbH", "", title, "Some goods")) is kind


def test_a_label_that_names_another_paper_is_no_title() -> None:
    page = page_of("Invoice 42", "Delivery note: 4711", "Quote: Q-9", "according to your order confirmation of 1 May")
    assert kind_of(page) is DocumentKind.INVOICE


def test_cash_and_change_on_a_strip_of_paper_make_a_receipt() -> None:
    page = till_of("KEDAI BUKU", "TAX INVOICE", [(0.1, "CASH"), (0.7, "50.00")], [(0.1, "CHANGE"), (0.7, "12.00")])
    assert kind_of(page) is DocumentKind.RECEIPT


def test_a_letter_is_something_else() -> None:
    assert kind_of(page_of("Dear Sir or Madam,", "we write to you about nothing.")) is DocumentKind.OTHER
