"""Amounts are read in every usual way of writing them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.understand.pages import page_of, scan_of
from vault.domain.readings import Page
from vault.reading.understand.amounts import Amount, decimal_mark, find_amounts, parse
from vault.reading.understand.layout import lay_out


def amounts_on(page: Page, mark: str = ".") -> list[Amount]:
    return list(find_amounts(lay_out(page), mark))


@pytest.mark.parametrize(
    ("printed", "mark", "value"),
    [
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("1 234,56", ",", "1234.56"),
        ("1'234.50", ".", "1234.50"),
        ("1.234.567", ",", "1234567"),
        ("12,5", ",", "12.5"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("0.500", ",", "0.500"),
        ("1.0000", ",", "1.0000"),
        ("42", ".", "42"),
    ],
)
def test_a_number_is_read_as_written(printed: str, mark: str, value: str) -> None:
    assert parse(printed, mark) == Decimal(value)


@given(st.decimals(0, 10**9, places=2), st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]))
def test_what_was_written_with_two_decimals_is_read_again(value: Decimal, style: tuple[str, str]) -> None:
    grouping, mark = style
    printed = f"{value:,.2f}".replace(",", "G").replace(".", mark).replace("G", grouping)
    assert parse(printed, mark) == value


@given(st.text("0123456789.,' ", max_size=12))
def test_nothing_printed_breaks_the_parser(printed: str) -> None:
    value = parse(printed)
    assert value is None or value.is_finite()


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("€ 12,00", "12.00", "EUR"),
        ("12,00 €", "12.00", "EUR"),
        ("$1,250.00", "1250.00", "$"),
        ("RM12.50", "12.50", "MYR"),
        ("CHF 1'000.00", "1000.00", "CHF"),
        ("-5.00", "-5.00", None),
        ("5.00-", "-5.00", None),
        ("(739.59)", "-739.59", None),
        ("-£3.20", "-3.20", "GBP"),
    ],
)
def test_signs_and_currencies_belong_to_the_amount(text: str, value: str, currency: str | None) -> None:
    [found] = amounts_on(page_of(text))
    assert (found.value, found.currency) == (Decimal(value), currency)


def test_rates_are_not_money() -> None:
    rate, money = amounts_on(page_of("VAT 20% 4.00"))
    assert rate.percent
    assert not rate.is_money
    assert money.is_money


def test_rows_of_digits_longer_than_any_amount_are_codes() -> None:
    assert [found.text for found in amounts_on(page_of("340123450000000018 1234567890123456.00 12"))] == ["12"]


def test_two_columns_never_make_one_number() -> None:
    values = [found.value for found in amounts_on(page_of([(0.3, "20"), (0.5, "198,00")]), ",")]
    assert values == [Decimal(20), Decimal("198.00")]


def test_dates_times_and_codes_are_not_amounts() -> None:
    assert [found.text for found in amounts_on(page_of("03/04/2026 10:45 AB-123/4"))] == []


def test_usual_slips_of_character_recognition_are_undone() -> None:
    values = [found.value for found in amounts_on(scan_of("RMO.55", "§5.10", "65. 20", "1O.OO"))]
    assert values == [Decimal("0.55"), Decimal("55.10"), Decimal("65.20"), Decimal("10.00")]


def test_dust_around_the_marks_of_a_scan_is_wiped_off() -> None:
    values = [found.value for found in amounts_on(scan_of("17;50:. -", "59,30:", "5:772,95", "1;234,00"), ",")]
    assert values == [Decimal("17.50"), Decimal("59.30"), Decimal("5772.95"), Decimal("1234.00")]


def test_clock_times_stay_clock_times_on_scans() -> None:
    assert [found.text for found in amounts_on(scan_of("10:45", "Time 10:45:30"))] == []


def test_the_decimal_mark_is_the_one_that_most_numbers_use() -> None:
    assert decimal_mark(["1,00", "2,50", "3.50"]) == ","
    assert decimal_mark(["1.00", "2,500"]) == "."
