"""Which invoices count for a product, with how many units."""

from dataclasses import replace
from datetime import date

import pytest

from vault.checks.coverage.counting import Excluded, SeenInvoice, counted, weigh
from vault.domain.findings import Verdict
from vault.domain.readings import DocumentKind

INVOICE = SeenInvoice(
    "d1", DocumentKind.INVOICE, Verdict.PASS, date(2026, 5, 1), ("12",), "s1", "Aldine", "R-1", "90.00"
)


def test_an_invoice_that_passes_counts_with_the_units_of_all_its_lines() -> None:
    (weighed,) = weigh([replace(INVOICE, quantities=("12", "3.00"))])
    assert (weighed.units, weighed.excluded) == (15, None)
    assert counted([weighed])[0].units == 15


@pytest.mark.parametrize(
    ("invoice", "why"),
    [
        (replace(INVOICE, verdict=Verdict.FAIL), Excluded.FAILS),
        (replace(INVOICE, verdict=Verdict.UNKNOWN), Excluded.TO_CHECK),
        (replace(INVOICE, kind=DocumentKind.PRO_FORMA), Excluded.NO_INVOICE),
        (replace(INVOICE, issued_on=None), Excluded.NO_DATE),
        (replace(INVOICE, quantities=("",)), Excluded.NO_QUANTITY),
        (replace(INVOICE, quantities=("2.5",)), Excluded.NO_QUANTITY),
        (replace(INVOICE, quantities=("4006381333931",)), Excluded.NO_QUANTITY),
        (replace(INVOICE, quantities=("NaN",)), Excluded.NO_QUANTITY),
    ],
)
def test_what_fails_or_is_unknown_does_not_count_and_says_why(invoice: SeenInvoice, why: Excluded) -> None:
    (weighed,) = weigh([invoice])
    assert weighed.excluded is why
    assert counted([weighed]) == ()


def test_a_warning_does_not_keep_an_invoice_from_counting() -> None:
    assert weigh([replace(INVOICE, verdict=Verdict.WARN)])[0].excluded is None


@pytest.mark.parametrize("quantity", ["4", "-4"])
def test_a_credit_note_takes_units_away_whatever_else_is_wrong_with_it(quantity: str) -> None:
    note = replace(INVOICE, kind=DocumentKind.CREDIT_NOTE, verdict=Verdict.FAIL, quantities=(quantity,))
    assert counted(weigh([note]))[0].units == -4


def test_of_the_same_invoice_kept_twice_the_first_counts() -> None:
    first, second = weigh([replace(INVOICE, document_id="d2"), INVOICE])
    assert (first.invoice.document_id, first.excluded) == ("d1", None)
    assert (second.excluded, second.same_as) == (Excluded.DUPLICATE, "d1")


def test_a_copy_that_fails_does_not_stand_in_the_way_of_the_one_that_passes() -> None:
    failing, passing = weigh([replace(INVOICE, verdict=Verdict.FAIL), replace(INVOICE, document_id="d2")])
    assert (failing.excluded, passing.excluded) == (Excluded.FAILS, None)


def test_two_invoices_of_one_day_and_total_are_two_when_their_numbers_differ() -> None:
    other = replace(INVOICE, document_id="d2", number="R-2")
    assert [each.excluded for each in weigh([INVOICE, other])] == [None, None]
    unnumbered = replace(other, number="")
    assert [each.excluded for each in weigh([INVOICE, unnumbered])] == [None, Excluded.DUPLICATE]


def test_a_credit_note_is_no_copy_of_the_invoice_that_it_corrects() -> None:
    note = replace(INVOICE, document_id="d2", kind=DocumentKind.CREDIT_NOTE)
    assert [each.excluded for each in weigh([INVOICE, note])] == [None, None]
