"""Line items are read from tables and till rolls, with quantities and prices that fit."""

from decimal import Decimal

import pytest

from tests.reading.understand.pages import page_of, scan_of, till_of
from vault.domain.readings import LineItem, Page
from vault.reading.understand.understand import understand

Read = tuple[str | None, Decimal | None, Decimal | None, Decimal | None]


def read(*pages: Page) -> list[Read]:
    return [_bare(line) for line in understand(pages).lines]


def _bare(line: LineItem) -> Read:
    parts = (line.quantity, line.unit_price, line.amount)
    quantity, price, amount = (part.value if part else None for part in parts)
    return (line.description.value if line.description else None, quantity, price, amount)


def item(text: str, quantity: str, price: str, amount: str) -> Read:
    return (text, Decimal(quantity), Decimal(price), Decimal(amount))


COLUMNS = (0.08, 0.5, 0.65, 0.82)


def row(*cells: str) -> list[tuple[float, str]]:
    return [(x, text) for x, text in zip(COLUMNS, cells, strict=True) if text]


@pytest.mark.parametrize(
    "head",
    [
        ("Description", "Qty", "Unit price", "Amount"),
        ("Désignation", "Quantité", "Prix unitaire", "Montant HT"),
        ("Bezeichnung", "Menge", "Einzelpreis", "Gesamtpreis"),
        ("Descrizione", "Quantità", "Prezzo unitario", "Importo"),
        ("Descripción", "Cantidad", "Precio", "Importe"),
        ("Omschrijving", "Aantal", "Prijs", "Bedrag"),
        ("Descrição", "Quantidade", "Preço", "Valor"),
    ],
)
def test_a_table_is_understood_in_many_languages(head: tuple[str, str, str, str]) -> None:
    page = page_of(
        row(*head),
        row("Flask blue", "2", "10,00", "20,00"),
        row("Lamp", "3", "5,50", "16,50"),
        row("", "", "Total", "36,50"),
    )
    assert read(page) == [item("Flask blue", "2", "10.00", "20.00"), item("Lamp", "3", "5.50", "16.50")]


def test_a_wrapped_description_belongs_to_its_item() -> None:
    page = page_of(
        row("Description", "Qty", "Unit price", "Amount"),
        row("Flask 750 ml", "2", "10.00", "20.00"),
        row("midnight blue", "", "", ""),
        row("Lamp", "1", "5.00", "5.00"),
    )
    assert [description for description, *_ in read(page)] == ["Flask 750 ml midnight blue", "Lamp"]


def test_a_number_inside_a_description_is_not_a_quantity() -> None:
    page = page_of(row("Description", "Qty", "Unit price", "Amount"), row("Flask 750 ml black", "2", "10.00", "20.00"))
    assert read(page) == [item("Flask 750 ml black", "2", "10.00", "20.00")]


def test_sums_and_charges_below_a_table_are_no_items() -> None:
    page = page_of(
        row("Description", "Qty", "Unit price", "Amount"),
        row("Flask", "2", "10.00", "20.00"),
        row("", "", "Subtotal", "20.00"),
        row("", "", "Shipping", "4.00"),
        row("", "", "VAT 20%", "4.80"),
        row("", "", "Total", "28.80"),
    )
    assert len(read(page)) == 1


def test_a_table_goes_on_where_its_head_is_printed_again() -> None:
    head = row("Description", "Qty", "Unit price", "Amount")
    first = page_of(head, row("Flask", "2", "10.00", "20.00"), number=1)
    second = page_of(head, row("Lamp", "1", "5.00", "5.00"), row("", "", "Total", "25.00"), number=2)
    assert [description for description, *_ in read(first, second)] == ["Flask", "Lamp"]


def test_identifiers_come_from_their_columns_and_from_the_text() -> None:
    page = page_of(
        [(0.05, "SKU"), (0.2, "EAN"), (0.4, "Description"), (0.68, "Qty"), (0.76, "Price"), (0.88, "Amount")],
        [(0.05, "HES-1"), (0.2, "4006381333931"), (0.4, "Flask PN-569"), (0.68, "2"), (0.76, "10.00"), (0.88, "20.00")],
        [(0.4, "ASIN B0ABCD1234")],
    )
    [line] = understand((page,)).lines
    found = line.identifiers
    assert (found.sku, found.gtin, found.asin, found.model) == ("HES-1", "4006381333931", "B0ABCD1234", "PN-569")


def test_a_wrong_check_digit_is_no_gtin() -> None:
    page = page_of(row("Description", "Qty", "Unit price", "Amount"), row("Flask 4006381333932", "1", "1.00", "1.00"))
    [line] = understand((page,)).lines
    assert line.identifiers.gtin is None


def test_quantity_times_price_makes_the_columns_sure() -> None:
    head = row("Description", "Qty", "Unit price", "Amount")
    [right] = understand((page_of(head, row("Flask", "2", "10.00", "20.00")),)).lines
    [wrong] = understand((page_of(head, row("Flask", "2", "10.00", "21.00")),)).lines
    assert right.amount is not None
    assert wrong.amount is not None
    assert right.amount.confidence > 0.9 > wrong.amount.confidence


def test_a_delivery_note_lists_quantities_without_prices() -> None:
    page = page_of("Delivery note", [(0.08, "Description"), (0.7, "Quantity")], [(0.08, "Flask blue"), (0.7, "12")])
    assert read(page) == [("Flask blue", Decimal(12), None, None)]


def test_a_till_roll_names_a_thing_and_its_price() -> None:
    page = till_of(
        "KEDAI SERI",
        [(0.1, "Pencil"), (0.7, "2.00")],
        "Glue stick large",
        [(0.1, "2 x 3.50"), (0.7, "7.00")],
        [(0.1, "TOTAL"), (0.7, "9.00")],
        [(0.1, "CASH"), (0.7, "10.00")],
    )
    assert read(page) == [("Pencil", None, None, Decimal("2.00")), item("Glue stick large", "2", "3.50", "7.00")]


@pytest.mark.parametrize(
    "carried", ["Carried forward", "Übertrag von voriger Seite", "À reporter", "Riporto", "Suma y sigue"]
)
def test_a_subtotal_that_is_carried_over_is_no_item(carried: str) -> None:
    page = page_of(
        [(0.08, "Description"), (0.5, "Quantity"), (0.65, "Price"), (0.85, "Amount")],
        [(0.08, "Flask blue"), (0.5, "2"), (0.65, "3.00"), (0.85, "6.00")],
        [(0.08, carried), (0.85, "6.00")],
        [(0.08, "Flask red"), (0.5, "1"), (0.65, "4.00"), (0.85, "4.00")],
        [(0.08, "Total"), (0.85, "10.00")],
    )
    assert read(page) == [item("Flask blue", "2", "3.00", "6.00"), item("Flask red", "1", "4.00", "4.00")]


def test_columns_without_a_readable_title_are_found_by_what_their_numbers_make() -> None:
    page = scan_of(
        [(0.08, "Description"), (0.82, "Amount")],
        row("Flask blue", "2", "10.00", "20.00"),
        row("Lamp", "3", "5.50", "16.50"),
        row("Chair", "4", "7.00", "29.00"),
    )
    assert read(page) == [
        item("Flask blue", "2", "10.00", "20.00"),
        item("Lamp", "3", "5.50", "16.50"),
        item("Chair", "4", "7.00", "29.00"),
    ]


def test_one_product_that_fits_by_chance_makes_no_columns() -> None:
    page = scan_of(
        [(0.08, "Description"), (0.82, "Amount")],
        row("Flask blue", "2", "10.00", "20.00"),
        row("Lamp", "3", "5.50", "99.00"),
    )
    assert [line[1:3] for line in read(page)] == [(None, None), (None, None)]


def test_a_percentage_is_no_amount_where_the_title_of_its_column_is_lost() -> None:
    page = scan_of(
        row("Description", "Qty", "Unit price", "Amount"),
        [*row("Flask blue", "2", "10.00", ""), (0.76, "21%"), (0.86, "20.00")],
    )
    assert read(page) == [item("Flask blue", "2", "10.00", "20.00")]


HEAD = row("Description", "Qty", "Unit price", "Amount")
FLASK = row("Flask blue", "2", "10.25", "20.50")


@pytest.mark.parametrize(("price", "amount"), [("7113", "426.78"), ("71.13", "42678"), ("71;13:.", "426.78:")])
def test_a_decimal_mark_that_a_scan_lost_is_put_back_where_the_product_proves_it(price: str, amount: str) -> None:
    [_, lamp] = understand((scan_of(HEAD, FLASK, row("Lamp red", "6", price, amount)),)).lines
    assert _bare(lamp) == item("Lamp red", "6", "71.13", "426.78")


def test_a_value_with_a_mark_put_back_is_less_sure_and_keeps_what_was_read() -> None:
    [flask, lamp] = understand((scan_of(HEAD, FLASK, row("Lamp red", "6", "7113", "426.78")),)).lines
    assert flask.unit_price is not None
    assert lamp.unit_price is not None
    assert lamp.unit_price.raw == "7113"
    assert lamp.unit_price.confidence < flask.unit_price.confidence


@pytest.mark.parametrize(
    ("price", "amount"),
    [("7112", "426.78"), ("7113", "426.79"), ("7113.00", "426.78"), ("711.3", "426.78"), ("71.12", "426.78")],
)
def test_wrong_arithmetic_on_a_scan_stays_wrong(price: str, amount: str) -> None:
    assert read(scan_of(HEAD, FLASK, row("Lamp red", "6", price, amount)))[1] == item("Lamp red", "6", price, amount)


def test_a_text_layer_says_what_is_printed() -> None:
    page = page_of(HEAD, FLASK, row("Lamp red", "6", "7113", "426.78"))
    assert read(page)[1] == item("Lamp red", "6", "7113", "426.78")


def test_whole_amounts_are_left_alone_where_the_column_shows_no_decimals() -> None:
    page = scan_of(HEAD, row("Flask blue", "2", "10", "20"), row("Lamp red", "6", "7113", "426.78"))
    assert read(page)[1] == item("Lamp red", "6", "7113", "426.78")


@pytest.mark.parametrize(("printed", "taken"), [("10%", "2.00"), ("10", "2.00"), ("2.00", "2.00"), ("5%", None)])
def test_a_discount_counts_where_it_explains_the_amount(printed: str, taken: str | None) -> None:
    head = [(0.08, "Description"), (0.4, "Qty"), (0.52, "Price"), (0.66, "Discount"), (0.82, "Amount")]
    cells = [(0.08, "Flask blue"), (0.4, "2"), (0.52, "10.00"), (0.66, printed), (0.82, "18.00")]
    [flask] = understand((page_of(head, cells),)).lines
    assert (flask.discount.value if flask.discount else None) == (Decimal(taken) if taken else None)


def test_the_rate_of_a_tax_is_no_discount() -> None:
    head = [(0.08, "Description"), (0.4, "Qty"), (0.52, "Price"), (0.66, "VAT"), (0.82, "Amount")]
    cells = [(0.08, "Flask blue"), (0.4, "2"), (0.52, "10.00"), (0.66, "20%"), (0.82, "16.00")]
    [flask] = understand((page_of(head, cells),)).lines
    assert flask.discount is None


def test_a_discount_below_the_item_is_its_own() -> None:
    [flask] = understand((page_of(HEAD, row("Flask blue", "2", "10.00", "18.00"), "less 10% rebate"),)).lines
    assert flask.discount is not None
    assert flask.discount.value == Decimal("2.00")


def test_a_letter_has_no_items() -> None:
    assert read(page_of("Dear customer,", "thank you for everything.")) == []
