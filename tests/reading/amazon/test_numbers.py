"""Figures as the marketplaces print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.reading.amazon.numbers import decimal_of, integer_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("19.99", "19.99"), ("19,99", "19.99"), ("1.299,00 €", "1299.00"), ("1,299.00", "1299.00"), ("1,299 JPY", "1299"),
        ("1 299,50", "1299.50"), ("€ 5", "5"), ("0", "0"), ("-3,5", "-3.5"), ("1'200.00", "1200.00"), ("1.000.000", "1000000"),
    ],
)  # fmt: skip
def test_a_figure_is_read_in_any_notation(text: str, number: str) -> None:
    assert decimal_of(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "ask", "1 or 2", "12 x 3", "-"])
def test_what_is_no_single_figure_is_none(text: str) -> None:
    assert decimal_of(text) is None


def test_a_quantity_is_whole() -> None:
    assert integer_of("12") == 12
    assert integer_of("12.0") == 12
    assert integer_of("12.5") is None


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_plain_decimals_stay_what_they_are(number: Decimal) -> None:
    assert decimal_of(str(number)) == number


@given(st.text(max_size=20))
def test_no_text_breaks_it(text: str) -> None:
    assert decimal_of(text) is None or isinstance(decimal_of(text), Decimal)
