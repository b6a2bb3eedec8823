"""Dates are read in many languages, and ambiguous ones are settled by the company they keep."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.understand.pages import page_of, scan_of
from vault.reading.understand.dates import find_dates, month_first, settle
from vault.reading.understand.days import due_date, issue_date
from vault.reading.understand.layout import lay_out
from vault.reading.understand.paper import open_paper


@pytest.mark.parametrize(
    "printed",
    [
        "31/01/2026", "31.01.2026", "31-1-26", "2026-01-31", "2026/01/31", "31 January 2026", "January 31, 2026", "31st Jan 2026",
        "31-JAN-26", "31. Januar 2026", "31 janvier 2026", "31 gennaio 2026", "31 de enero de 2026", "31 januari 2026",
        "31 de janeiro de 2026", "2026年1月31日", "01/31/2026",
    ],
)  # fmt: skip
def test_a_date_is_read_in_any_usual_writing(printed: str) -> None:
    [found] = find_dates(lay_out(page_of(f"Date {printed}")))
    assert found.value == date(2026, 1, 31)
    assert found.swapped is None


@given(st.dates(date(1990, 1, 1), date(2068, 12, 31)), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y"]))
def test_every_day_that_is_printed_is_read_again(day: date, style: str) -> None:
    [found] = find_dates(lay_out(page_of(day.strftime(style))))
    assert day in (found.value, found.swapped)


def test_days_that_do_not_exist_are_no_dates() -> None:
    assert find_dates(lay_out(page_of("31/02/2026", "00/12/2026", "45.67.8910"))) == ()


def test_two_digit_years_are_of_this_century_until_the_seventies() -> None:
    first, second = find_dates(lay_out(page_of("05/06/26", "05/06/98")))
    assert (first.value.year, second.value.year) == (2026, 1998)


def test_another_date_of_the_paper_tells_whether_the_month_comes_first() -> None:
    american = find_dates(lay_out(page_of("03/04/2026", "05/22/2026")))
    assert settle(american[0], month_first(american, None)) == date(2026, 3, 4)
    european = find_dates(lay_out(page_of("03/04/2026", "22/05/2026")))
    assert settle(european[0], month_first(european, "US")) == date(2026, 4, 3)


def test_the_country_decides_where_nothing_else_does() -> None:
    alone = find_dates(lay_out(page_of("03/04/2026")))
    assert settle(alone[0], month_first(alone, "US")) == date(2026, 3, 4)
    assert settle(alone[0], month_first(alone, "FR")) == date(2026, 4, 3)


def test_misread_letters_in_a_scanned_date_are_undone() -> None:
    [found] = find_dates(lay_out(scan_of("Date: O4-O4-2O18")))
    assert found.value == date(2018, 4, 4)


def test_the_issue_date_is_told_from_due_delivery_and_order_dates() -> None:
    paper = open_paper(
        [
            page_of(
                "Commande du 01/03/2026",
                "Date de livraison 05/03/2026",
                "Date d'échéance 30/04/2026",
                "Date de facture 15/03/2026",
            )
        ]
    )
    found = issue_date(paper, "FR")
    assert found is not None
    assert found.value == date(2026, 3, 15)
    assert found.raw == "15/03/2026"
    due = due_date(paper, "FR", found.value)
    assert due is not None
    assert due.value == date(2026, 4, 30)


def test_a_label_above_its_date_counts_too() -> None:
    page = page_of(
        [(0.1, "Rechnungsdatum"), (0.4, "Lieferdatum"), (0.7, "Fällig am")],
        [(0.1, "10.08.2026"), (0.4, "01.08.2026"), (0.7, "09.09.2026")],
    )
    found = issue_date(open_paper([page]), "DE")
    assert found is not None
    assert found.value == date(2026, 8, 10)


def test_a_labelled_date_is_surer_than_a_bare_one() -> None:
    labelled = issue_date(open_paper([page_of("Invoice date 15 March 2026")]), None)
    bare = issue_date(open_paper([page_of("15 March 2026")]), None)
    assert labelled is not None
    assert bare is not None
    assert labelled.confidence > bare.confidence


def test_a_paper_without_dates_has_no_issue_date() -> None:
    assert issue_date(open_paper([page_of("Invoice")]), None) is None


def test_the_same_day_in_words_settles_a_numeric_date() -> None:
    found = find_dates(lay_out(page_of("Receipt date 01/08/2024", "Sent: Monday, January 8, 2024")))
    assert settle(found[0], month_first(found, None)) == date(2024, 1, 8)


def test_a_month_is_read_beside_the_number_of_another_column() -> None:
    page = page_of(
        [(0.08, "Invoice #"), (0.3, "Date"), (0.6, "Payment due")],
        [(0.08, "2026-46859"), (0.3, "July 30, 2026"), (0.6, "August 29, 2026")],
    )
    assert [found.value for found in find_dates(lay_out(page))] == [date(2026, 7, 30), date(2026, 8, 29)]


def test_a_day_before_its_month_is_not_read_after_it() -> None:
    [found] = find_dates(lay_out(page_of("10 JUL 2018")))
    assert found.value == date(2018, 7, 10)


def test_a_year_that_a_scan_cut_in_half_is_not_believed() -> None:
    [whole, half] = (issue_date(open_paper((scan_of(f"Date 25 October {year}"),)), "DE") for year in ("2020", "20"))
    assert whole is not None
    assert half is not None
    assert half.confidence < 0.5 < whole.confidence
