"""An invoice goes in, a verdict and tasks come out."""

from dataclasses import replace
from datetime import timedelta

from tests.invoices.faults import Fault, with_fault
from tests.shop import Shop
from vault.db.entities.documents import DocumentState
from vault.domain.findings import Outcome
from vault.services.documents import corrections


def test_a_flawless_invoice_passes_and_opens_no_task(shop: Shop) -> None:
    invoice = shop.invoice()
    document_id = shop.keep_invoice(invoice)
    document = shop.document(document_id)
    assert document.state == DocumentState.JUDGED
    assert document.number == invoice.number
    assert document.issue_date == invoice.issue_date
    assert document.total == f"{invoice.total:f}"
    assert shop.tasks(document_id) == {}
    assert document.verdict == "pass"


def test_an_invoice_from_the_future_fails_until_a_person_corrects_its_date(shop: Shop) -> None:
    invoice = with_fault(shop.invoice(), Fault.FUTURE_DATE, shop.vault.clock().date())
    document_id = shop.keep_invoice(invoice)
    assert shop.findings(document_id)["invoice.issue_date"].outcome is Outcome.FAIL
    assert "invoice.issue_date" in shop.tasks(document_id)

    day = shop.vault.clock().date() - timedelta(days=10)
    document = corrections.correct(shop.vault, shop.actor, document_id, "issue_date", day.isoformat())

    assert document.issue_date == day
    assert document.verdict == "pass"
    assert shop.tasks(document_id) == {}


def test_two_invoices_with_one_number_are_found_on_both_sides(shop: Shop) -> None:
    first = shop.invoice(seed=3)
    first_id = shop.keep_invoice(first)
    assert not any(key.startswith("invoice.duplicate") for key in shop.tasks(first_id))
    second = replace(shop.invoice(seed=3, line_count=2), number=first.number)
    second_id = shop.keep_invoice(second)
    assert f"invoice.duplicate {first_id}" in shop.tasks(second_id)
    assert f"invoice.duplicate {second_id}" in shop.tasks(first_id)
