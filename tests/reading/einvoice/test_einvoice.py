from datetime import date
from decimal import Decimal

import pytest

from tests.reading.einvoice.invoices import UBL, attached, cii, zugferd_1
from vault.domain.readings import DocumentKind, Source
from vault.reading.einvoice.attached import attached_invoice, parse_invoice
from vault.reading.einvoice.einvoice import EInvoice, amount, line_discount, per_one

SYNTAXES = [cii(), zugferd_1(), UBL.encode()]


def parsed(xml: bytes) -> EInvoice:
    invoice = parse_invoice(xml)
    assert invoice is not None
    return invoice


@pytest.mark.parametrize("xml", SYNTAXES, ids=["factur-x", "zugferd 1", "ubl"])
def test_every_syntax_says_the_same(xml: bytes) -> None:
    invoice = parsed(xml)
    said = {name: getattr(invoice.fields, name) for name in invoice.fields.names()}
    assert {name: item.value for name, item in said.items() if item} == {
        "supplier_name": "Hafenlicht GmbH",
        "supplier_address": "Kaistraße 14\n20457 Hamburg",
        "supplier_country": "DE",
        "supplier_vat": "DE136695976",
        "supplier_phone": "+49 40 123456",
        "buyer_name": "Mer et Lumière SARL",
        "buyer_address": "35 rue de la Plage\n69001 Lyon",
        "number": "A-77",
        "issue_date": date(2026, 1, 31),
        "due_date": date(2026, 3, 2),
        "currency": "EUR",
        "net": Decimal("58.50"),
        "tax": Decimal("11.12"),
        "total": Decimal("69.62"),
    }
    assert all(item.source is Source.XML and item.box is None for item in said.values() if item)


@pytest.mark.parametrize("xml", SYNTAXES, ids=["factur-x", "zugferd 1", "ubl"])
def test_lines_have_the_price_of_one_unit_and_their_identifiers(xml: bytes) -> None:
    (line,) = parsed(xml).lines
    assert line.description is not None
    assert line.description.value == "Tischlampe Messing"
    values = [item.value for item in (line.quantity, line.unit_price, line.amount) if item]
    assert values == [Decimal(3), Decimal("19.50"), Decimal("58.50")]
    assert (line.identifiers.gtin, line.identifiers.sku) == ("4006381333931", "LMP-3")


UBL_ALLOWANCE = "<c:AllowanceCharge><b:ChargeIndicator>false</b:ChargeIndicator><b:Amount>5.85</b:Amount></c:AllowanceCharge><c:Item>"
CII_ALLOWANCE = (
    "<ram:SpecifiedTradeAllowanceCharge><ram:ChargeIndicator><udt:Indicator>false</udt:Indicator></ram:ChargeIndicator>"
    "<ram:ActualAmount>5.85</ram:ActualAmount></ram:SpecifiedTradeAllowanceCharge>"
    "<ram:SpecifiedTradeSettlementLineMonetarySummation>"
)


@pytest.mark.parametrize(
    "xml",
    [
        UBL.replace("<c:Item>", UBL_ALLOWANCE).encode(),
        cii().decode().replace("<ram:SpecifiedTradeSettlementLineMonetarySummation>", CII_ALLOWANCE).encode(),
    ],
    ids=["ubl", "factur-x"],
)
def test_a_line_of_an_e_invoice_has_its_discount(xml: bytes) -> None:
    [line] = parsed(xml).lines
    assert line.discount is not None
    assert line.discount.value == Decimal("5.85")


def test_a_wrong_check_digit_is_no_gtin() -> None:
    assert parsed(cii().replace(b"4006381333931", b"4006381333932")).lines[0].identifiers.gtin is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.50", "12.50"), ("0.1000000000000000001", "0.1"), ("1E-30", "0"), ("1E15", None), ("NaN", None), ("-7", "-7")],
)
def test_amounts_are_kept_as_far_as_a_reading_can_hold_them(text: str, value: str | None) -> None:
    said = amount(text)
    assert (said.value if said else None) == (Decimal(value) if value else None)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ([("false", "5.00")], "5.00"),
        ([("false", "5.00"), ("true", "2.00")], "3.00"),
        ([], None),
        ([("false", "?")], None),
    ],
)
def test_a_line_discount_is_what_allowances_less_charges_take_off(
    given: list[tuple[str, str]], taken: str | None
) -> None:
    said = line_discount(given)
    assert (said.value if said else None) == (Decimal(taken) if taken else None)


def test_a_price_for_next_to_nothing_is_no_price() -> None:
    price = amount("100000000000000")
    assert per_one(price, "0.00000000001") is None
    assert per_one(price, "1E-30") == price


def test_a_credit_note_counts_below_zero() -> None:
    note = parsed(cii("381"))
    assert note.kind.value is DocumentKind.CREDIT_NOTE
    assert note.fields.total is not None
    assert note.fields.total.value == Decimal("-69.62")
    line = note.lines[0]
    assert line.quantity is not None
    assert line.unit_price is not None
    assert line.amount is not None
    assert line.quantity.value * line.unit_price.value == line.amount.value == Decimal("-58.50")


def test_a_pro_forma_says_so() -> None:
    assert parsed(cii("325")).kind.value is DocumentKind.PRO_FORMA


def test_entities_are_not_resolved() -> None:
    bomb = cii().replace(b"<rsm:Cross", b'<!DOCTYPE x [<!ENTITY name SYSTEM "file:///etc/hostname">]><rsm:Cross', 1)
    assert parse_invoice(bomb.replace(b"Hafenlicht GmbH", b"&name;")) is None


@pytest.mark.parametrize("xml", [b"", b"<a>", b"not xml", b"<Invoice/>", b"<html><body/></html>", cii()[:900]])
def test_other_xml_is_no_invoice(xml: bytes) -> None:
    assert parse_invoice(xml) is None


def test_the_invoice_is_found_among_the_files_of_a_pdf(text_pdf: bytes) -> None:
    pdf = attached(attached(text_pdf, b"<other/>", "other.xml"), cii())
    invoice = attached_invoice(pdf)
    assert invoice is not None
    assert invoice.fields.number is not None
    assert invoice.fields.number.value == "A-77"


def test_a_pdf_without_files_has_no_invoice(text_pdf: bytes) -> None:
    assert attached_invoice(text_pdf) is None


def test_a_broken_attachment_is_left_alone(text_pdf: bytes) -> None:
    assert attached_invoice(attached(text_pdf, cii()[:2000])) is None
