"""The e-invoice inside a file and the pages around it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.invoices.compose import make_invoice
from tests.invoices.einvoice import cii_xml, render_einvoice
from tests.invoices.locales import LOCALES
from tests.invoices.model import Invoice
from tests.invoices.render import Layout, render
from tests.reading.documents import letter, picture_of, scan_of
from tests.reading.einvoice.invoices import attached, cii
from vault.domain.readings import Sign, SignKind
from vault.reading.read import read_document

MADE = make_invoice(6, "de")


def signs_of(data: bytes) -> tuple[Sign, ...]:
    signs = read_document(data).signs
    assert signs is not None
    return signs


def with_xml_of(other: Invoice) -> bytes:
    return attached(render(MADE, Layout.LETTERHEAD), cii_xml(other))


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_what_agrees_is_no_sign_however_the_country_writes_it(locale: str) -> None:
    assert signs_of(render_einvoice(make_invoice(6, locale), Layout.SIMPLE)) == ()


def test_another_number_is_shown_where_the_page_has_its_own() -> None:
    (sign,) = signs_of(with_xml_of(replace(MADE, number="RE-9999-1")))
    assert (sign.kind, sign.raw, sign.compared, sign.page) == (SignKind.XML_DIFFERS, MADE.number, "RE-9999-1", 1)
    assert sign.box is not None


def test_another_day() -> None:
    signs = signs_of(with_xml_of(replace(MADE, issue_date=date(2025, 2, 3))))
    assert [sign.compared for sign in signs] == ["2025-02-03"]


def test_another_price_makes_another_total() -> None:
    dearer = (replace(MADE.lines[0], unit_price=MADE.lines[0].unit_price + Decimal(100)), *MADE.lines[1:])
    other = replace(MADE, lines=dearer)
    (sign,) = signs_of(with_xml_of(other))
    assert Decimal(sign.compared) == other.total


def test_another_supplier() -> None:
    other = replace(MADE, supplier=make_invoice(7, "de").supplier)
    assert [sign.compared for sign in signs_of(with_xml_of(other))] == [other.supplier.vat]


def test_pages_that_show_no_such_value_contradict_nothing() -> None:
    compared = {sign.compared for sign in signs_of(attached(letter(), cii()))}
    assert "A-77" in compared
    assert "DE136695976" not in compared


def test_a_scan_is_not_compared() -> None:
    scan = scan_of(picture_of(render(MADE, Layout.LETTERHEAD)))
    assert signs_of(attached(scan, cii_xml(replace(MADE, number="RE-9999-1")))) == ()
