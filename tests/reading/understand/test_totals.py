"""Net, tax and total: labels propose, sums decide."""

from decimal import Decimal

import pytest

from tests.reading.understand.pages import page_of, till_of
from vault.domain.readings import Extracted, Page
from vault.reading.understand.paper import open_paper
from vault.reading.understand.totals import find_totals


def values(*pages: Page) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    totals = find_totals(open_paper(pages))
    return tuple(each.value if isinstance(each, Extracted) else None for each in (totals.net, totals.tax, totals.total))  # type: ignore[return-value]


def sums(net: str, tax: str, total: str) -> tuple[Decimal, Decimal, Decimal]:
    return Decimal(net), Decimal(tax), Decimal(total)


@pytest.mark.parametrize(
    "rows",
    [
        ("Subtotal", "VAT 20%", "Total"),
        ("Total HT", "TVA 20 %", "Total TTC"),
        ("Summe netto", "zzgl. 20 % MwSt.", "Rechnungsbetrag"),
        ("Totale imponibile", "IVA 20%", "Totale fattura"),
        ("Base imponible", "IVA 20%", "Total factura"),
        ("Totaal excl. btw", "BTW 20%", "Totaal incl. btw"),
        ("Total líquido", "IVA 20%", "Total a pagar"),
    ],
)
def test_the_three_sums_are_found_in_many_languages(rows: tuple[str, str, str]) -> None:
    page = page_of(
        *([(0.5, label), (0.8, amount)] for label, amount in zip(rows, ("100,00", "20,00", "120,00"), strict=True))
    )
    assert values(page)[2] == Decimal("120.00")
    assert values(page)[1] == Decimal("20.00")


def test_sums_that_fit_win_over_a_good_label_that_does_not() -> None:
    page = page_of(
        [(0.5, "Net amount"), (0.8, "100.00")],
        [(0.5, "VAT"), (0.8, "20.00")],
        [(0.5, "Total"), (0.8, "120.00")],
        [(0.5, "Total amount due"), (0.8, "70.00")],
    )
    assert values(page) == sums("100.00", "20.00", "120.00")


def test_several_rates_of_tax_add_up() -> None:
    page = page_of(
        [(0.5, "Summe netto"), (0.8, "300,00")],
        [(0.5, "MwSt. 19 %"), (0.8, "38,00")],
        [(0.5, "MwSt. 7 %"), (0.8, "7,00")],
        [(0.5, "Gesamtbetrag"), (0.8, "345,00 €")],
    )
    assert values(page) == sums("300.00", "45.00", "345.00")


def test_what_was_paid_less_the_change_is_the_total() -> None:
    page = till_of(
        [(0.1, "TOTAL SALES"), (0.7, "17.76")],
        [(0.1, "ROUNDED"), (0.7, "17.75")],
        [(0.1, "CASH"), (0.7, "50.00")],
        [(0.1, "CHANGE"), (0.7, "32.24")],
    )
    assert values(page)[2] == Decimal("17.76")


def test_a_credit_note_has_negative_sums() -> None:
    page = page_of(
        [(0.5, "Total HT"), (0.8, "-100,00 €")],
        [(0.5, "TVA"), (0.8, "-20,00 €")],
        [(0.5, "Total TTC"), (0.8, "-120,00 €")],
    )
    assert values(page) == sums("-100.00", "-20.00", "-120.00")


def test_the_total_may_stand_on_a_later_page() -> None:
    first = page_of([(0.1, "Bottle"), (0.8, "100.00")])
    second = page_of([(0.5, "Grand total"), (0.8, "100.00")], number=2)
    total = find_totals(open_paper([first, second])).total
    assert total is not None
    assert total.page == 2


def test_arithmetic_makes_the_total_surer() -> None:
    alone = find_totals(open_paper([page_of([(0.5, "Total"), (0.8, "120.00")])])).total
    proven = find_totals(
        open_paper(
            [
                page_of(
                    [(0.5, "Net"), (0.8, "100.00")], [(0.5, "VAT"), (0.8, "20.00")], [(0.5, "Total"), (0.8, "120.00")]
                )
            ]
        )
    ).total
    assert alone is not None
    assert proven is not None
    assert proven.confidence > alone.confidence


def test_a_paper_without_amounts_has_no_sums() -> None:
    assert values(page_of("Dear customer,", "thank you.")) == (None, None, None)


def test_two_taxes_make_the_total_though_their_sum_was_misread() -> None:
    labels = ("Total HT", "TVA 20 %", "TVA 10 %", "TVA", "Total TTC")
    amounts = ("8 955,11", "1 659,40", "65,81", "2 725,21", "10 680,32")
    page = page_of(*([(0.5, label), (0.8, amount)] for label, amount in zip(labels, amounts, strict=True)))
    assert values(page) == sums("8955.11", "1725.21", "10680.32")
