"""The invoice number stands behind or below its label, and is no other number."""

import pytest

from tests.reading.understand.pages import page_of
from vault.domain.readings import Page
from vault.reading.understand.number import find_number
from vault.reading.understand.paper import open_paper


def number_on(page: Page) -> str | None:
    found = find_number(open_paper([page]))
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Invoice No: INV-2026/0042", "INV-2026/0042"),
        ("Invoice # 1336165-2", "1336165-2"),
        ("Rechnungsnummer: 2014-03", "2014-03"),
        ("Rechnung Nr. RE-77 vom 03.07.2026", "RE-77"),
        ("Facture n° FA-2017-0010", "FA-2017-0010"),
        ("Fattura n. 12/2026", "12/2026"),
        ("Factura nº A-0099", "A-0099"),
        ("Factuurnummer VF1005", "VF1005"),
        ("Avoir AV-2017-0005", "AV-2017-0005"),
    ],
)
def test_the_number_behind_its_label(text: str, number: str) -> None:
    assert number_on(page_of(text)) == number


def test_the_number_below_its_label() -> None:
    page = page_of(
        [(0.1, "Invoice number"), (0.4, "Invoice date"), (0.7, "Customer no.")],
        [(0.1, "2026-63673"), (0.4, "7 July 2026"), (0.7, "96423")],
    )
    assert number_on(page) == "2026-63673"


def test_order_and_customer_numbers_are_not_the_invoice_number() -> None:
    assert number_on(page_of("Order no. 4711", "Customer number 0815", "VAT no. GB123456789")) is None


def test_a_date_is_not_a_number() -> None:
    assert number_on(page_of("Rechnung vom 03.07.2026")) is None
