"""The currency comes from signs, codes and labels; the country settles what is shared."""

import pytest

from tests.reading.understand.pages import page_of
from vault.reading.understand.currency import settle
from vault.reading.understand.money import find_currency
from vault.reading.understand.paper import open_paper


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Total 12,00 €", "EUR"),
        ("Total £12.00", "GBP"),
        ("Total $12.00", "USD"),
        ("TOTAL RM 12.00", "MYR"),
        ("Totale 12,00 EUR", "EUR"),
        ("Total CHF 12.00", "CHF"),
        ("Currency: CAD", "CAD"),
        ("Beträge in EUR", "EUR"),
        ("Amount (RM)", "MYR"),
    ],
)
def test_the_currency_is_named_somewhere(text: str, currency: str) -> None:
    found = find_currency(open_paper([page_of(text)]), None)
    assert found is not None
    assert found.value == currency


def test_most_amounts_decide() -> None:
    found = find_currency(open_paper([page_of("1.00 €", "2.00 €", "3.00 €", "about $4.00")]), None)
    assert found is not None
    assert found.value == "EUR"


def test_a_dollar_is_the_countrys_own() -> None:
    assert [settle("$", country) for country in ("US", "CA", "AU", None)] == ["USD", "CAD", "AUD", "USD"]


def test_without_any_sign_the_country_is_a_weak_guess() -> None:
    found = find_currency(open_paper([page_of("Total 12.00")]), "FR")
    assert found is not None
    assert found.value == "EUR"
    assert found.confidence < 0.7
    assert find_currency(open_paper([page_of("Total 12.00")]), None) is None
