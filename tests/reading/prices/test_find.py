"""What tells money on a page goes; what Amazon has to read stays."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

import pytest

from tests.reading.prices.papers import Row, gone, line, page_of, reading_of
from vault.domain.readings import Box, Extracted, Fields, LineItem, PageSource, Source
from vault.reading.prices.find import EVERYTHING, find_prices

HEAD: Row = {0.08: "Item no", 0.2: "Description", 0.55: "Qty", 0.65: "Unit price", 0.78: "VAT", 0.88: "Amount"}


T = TypeVar("T")


def extracted(value: T, box: Box | None = None) -> Extracted[T]:
    return Extracted(value, 1.0, Source.TEXT if box else Source.XML, page=1 if box else None, box=box)


def test_whole_prices_go_by_the_title_of_their_column() -> None:
    item: Row = {0.08: "10004", 0.2: "Kettle Norvik RA-665 pack of 4", 0.55: "40", 0.67: "12", 0.78: "19 %", 0.9: "480"}
    assert gone(reading_of(page_of(HEAD, item, item))) == ["12", "480"] * 2


def test_a_quantity_with_the_decimals_of_money_stays_in_its_column() -> None:
    item: Row = {0.2: "Kettle", 0.55: "40,00", 0.65: "12,50", 0.88: "500,00"}
    assert gone(reading_of(page_of(HEAD, item))) == ["12,50", "500,00"]


def test_what_stands_below_no_title_goes() -> None:
    head: Row = {0.1: "Description", 0.4: "Qty", 0.55: "Unit price"}
    item: Row = {0.1: "Kettle", 0.4: "40", 0.57: "12", 0.9: "480"}
    assert gone(reading_of(page_of(head, item, {0.1: "Lamp", 0.4: "2", 0.57: "9", 0.9: "18"}))) == [
        "12",
        "480",
        "9",
        "18",
    ]


def test_a_table_that_goes_on_has_the_columns_of_the_page_before() -> None:
    item: Row = {0.2: "Kettle", 0.55: "40", 0.67: "12", 0.9: "480"}
    pages = page_of(HEAD, item), page_of(line("Page two"), item, number=2)
    assert gone(reading_of(*pages)) == ["12", "480"] * 2


@pytest.mark.parametrize(
    "titles",
    [
        ("Bezeichnung", "Menge", "Einzelpreis", "Gesamtpreis"),
        ("Désignation", "Quantité", "Prix unitaire", "Montant HT"),
        ("Descrizione", "Quantità", "Prezzo unitario", "Importo"),
        ("Descripción", "Cantidad", "Precio unitario", "Importe"),
    ],
)
def test_titles_are_known_in_the_languages_of_the_marketplaces(titles: tuple[str, ...]) -> None:
    places = (0.1, 0.5, 0.65, 0.85)
    head, item = (dict(zip(places, texts, strict=True)) for texts in (titles, ("Lampe XR-2", "3", "9", "27")))
    assert gone(reading_of(page_of(head, item))) == ["9", "27"]


@pytest.mark.parametrize(
    ("row", "goes"),
    [
        ({0.6: "Total", 0.9: "1200"}, ["1200"]),
        ({0.6: "Total 1 200"}, ["1", "200"]),
        ({0.6: "Gesamtbetrag", 0.8: "€", 0.9: "1 200"}, ["1", "200"]),
        ({0.1: "The total of your order is 1200 and due now"}, ["1200"]),
        ({0.1: "MwSt. 19 %", 0.9: "228"}, ["228"]),
        ({0.1: "Net à payer", 0.9: "1428"}, ["1428"]),
        ({0.1: "Summe in Worten: eintausendzweihundert Euro"}, ["eintausendzweihundert"]),
        ({0.1: "Arrêtée à la somme de mille deux cents euros"}, ["mille", "deux", "cents"]),
        ({0.1: "One thousand two hundred and five dollars"}, ["One", "thousand", "two", "hundred", "and", "five"]),
        ({0.1: "Son: mil doscientos euros"}, ["mil", "doscientos"]),
    ],
)
def test_sums_go_behind_their_labels_and_in_words(row: Row, goes: list[str]) -> None:
    assert gone(reading_of(page_of(row))) == goes


def test_a_sum_below_its_label_goes() -> None:
    rows: list[Row] = [{0.1: "Net", 0.4: "VAT", 0.7: "Total"}, {0.1: "1000", 0.4: "200", 0.7: "1200"}]
    assert gone(reading_of(page_of(*rows))) == ["1000", "200", "1200"]


@pytest.mark.parametrize(
    "text",
    ["Invoice no. 20732 of 12.05.2026", "12 Station Road", "75001 Paris", "Tel. 030 23125 069", "IBAN DE89 3704 0044 0532 0130 00",
     "Total qty 40", "Steuernummer 12/345/67890", "Set of two hundred screws", "Page 2 of 3", "EAN 4006381333931",
     "SIRET 123 456 789 00012", "Cable 1,50 m", "19 % VAT", "Payable within 30 days"],
)  # fmt: skip
def test_numbers_that_tell_no_money_stay(text: str) -> None:
    assert gone(reading_of(page_of(line(text)))) == []


def test_thousands_that_a_blank_sets_apart_go_with_the_rest_of_their_own_column() -> None:
    assert gone(reading_of(page_of(line("1 234 567,80")))) == ["1", "234", "567,80"]
    assert gone(reading_of(page_of({0.1: "10", 0.5: "234,56"}))) == ["234,56"]


def test_the_amounts_of_embedded_xml_go_in_whatever_notation_and_its_quantity_stays() -> None:
    item = LineItem(
        description=extracted("Kettle Norvik"), quantity=extracted(Decimal(40)), amount=extracted(Decimal(4800))
    )
    rows: list[Row] = [{0.1: "Kettle Norvik", 0.6: "40,00", 0.9: "4800"}, line("we owe you 4'800 for it")]
    assert gone(reading_of(page_of(*rows), lines=[item])) == ["4800", "4'800"]


def test_what_was_read_as_number_and_address_stays_though_it_equals_an_amount() -> None:
    page = page_of(line("1200 Geneva"), line("Invoice 4800"))
    fields = Fields(
        supplier_address=extracted("1200 Geneva", Box(0.07, 0.03, 0.4, 0.055)),
        number=extracted("4800", Box(0.07, 0.056, 0.4, 0.075)),
        issue_date=extracted(date(2026, 5, 12)),
        net=extracted(Decimal(1200)),
        total=extracted(Decimal(4800)),
    )
    assert gone(reading_of(page, fields=fields)) == []


def test_an_amount_goes_where_it_was_read_though_nothing_else_says_that_it_is_one() -> None:
    page = page_of(line("Kettle 7 9"))
    nine = page.words[2].box
    assert gone(reading_of(page, lines=[LineItem(amount=extracted(Decimal(9), nine))])) == ["9"]


def test_a_page_that_nobody_could_read_goes_as_a_whole() -> None:
    assert find_prices(reading_of(page_of())).boxes == {1: [EVERYTHING]}


def test_on_a_scan_the_column_goes_where_nothing_was_read() -> None:
    items: list[Row] = [{0.2: "Kettle", 0.55: "40", 0.67: "12", 0.9: "480"}, {0.2: "Lamp", 0.55: "3", 0.9: "27"}]
    scan = page_of(HEAD, *items, source=PageSource.OCR)
    unread = Box(0.66, 0.077, 0.68, 0.085)
    boxes = find_prices(reading_of(scan)).boxes[1]
    x, y = unread.middle
    assert any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in boxes)
    assert gone(reading_of(scan)) == ["12", "480", "27"]


def test_whole_amounts_without_a_table_are_found_but_not_surely() -> None:
    assert not find_prices(reading_of(page_of(line("Kettle"), {0.6: "Total", 0.9: "1200"}))).is_sure
    assert find_prices(reading_of(page_of(line("Kettle 12,50 12,50"), {0.6: "Total", 0.9: "1200"}))).is_sure


def test_on_a_scan_what_stands_among_amounts_is_one_whatever_was_read_there() -> None:
    rows: list[Row] = [
        {0.1: "Honey", 0.8: "3,29 C"},
        {0.1: "Kiwi", 0.8: "Lae 6"},
        {0.1: "Joghurt", 0.8: "139. C"},
        {0.1: "Bread", 0.8: "0,29 C"},
        {0.1: "Tea", 0.8: "1,49 C"},
        {0.1: "Thank you for your visit"},
    ]
    scan = page_of(*rows, source=PageSource.OCR)
    unsure = tuple(replace(word, confidence=0.3) if word.text == "Lae" else word for word in scan.words)
    goes = gone(reading_of(replace(scan, words=unsure)))
    assert {"3,29", "Lae", "139.", "0,29", "1,49"} <= set(goes)
    assert not {"Honey", "Kiwi", "Joghurt", "Bread", "Tea", "Thank", "visit"} & set(goes)


def test_a_number_that_was_read_stays_though_a_letter_looks_like_a_currency() -> None:
    page = page_of(line("Receipt €51801/26717"), line("Kettle 12,50 €"))
    number = extracted("CS1801/26717", Box(0.07, 0.03, 0.5, 0.055))
    assert gone(reading_of(page, fields=Fields(number=number))) == ["12,50"]
