"""What Amazon asks of an invoice beyond the guide: appeals, applications to sell, responsible sourcing."""

from dataclasses import replace
from datetime import date

import pytest

from tests.checks.builders import good_facts, seen, with_fields
from vault.checks.facts import Buyer, InvoiceFacts
from vault.checks.judge import judge_invoice
from vault.domain.findings import Finding, Outcome, Verdict, verdict_of
from vault.rules.loader import load_rules

CONTACT = {"supplier_phone": seen("+33 3 80 00 00 00"), "supplier_website": seen("lumiere.example")}
BUYER = {"buyer_name": seen("Atelier Sud SAS")}


def facts(**changes: object) -> InvoiceFacts:
    return replace(with_fields(**{**CONTACT, **BUYER, **changes}), buyer=Buyer("Atelier Sud SAS"))


def judged(profile: str, of: InvoiceFacts) -> dict[str, Finding]:
    return {finding.check: finding for finding in judge_invoice(of, load_rules().profiles[profile])}


def total_of(profile: str, of: InvoiceFacts) -> Outcome:
    found = judge_invoice(of, load_rules().profiles[profile])
    return next(each.outcome for each in found if each.check == "invoice.price" and each.item == "total")


@pytest.mark.parametrize("profile", ["appeal", "ungating", "responsible-sourcing"])
def test_a_good_invoice_that_names_the_suppliers_contact_passes(profile: str) -> None:
    assert verdict_of(judged(profile, facts()).values()) is Verdict.PASS


@pytest.mark.parametrize(
    ("profile", "last", "first_too_old"),
    [("appeal", date(2025, 4, 1), date(2025, 3, 31)), ("ungating", date(2025, 10, 3), date(2025, 10, 2))],
)
def test_the_window_counts_back_from_the_day_that_is_judged(profile: str, last: date, first_too_old: date) -> None:
    assert judged(profile, facts(issue_date=seen(last)))["invoice.issue_date"].outcome is Outcome.PASS
    assert judged(profile, facts(issue_date=seen(first_too_old)))["invoice.issue_date"].outcome is Outcome.FAIL


def test_prices_may_be_missing() -> None:
    bare = facts(total=None)
    assert total_of("guide", bare) is Outcome.FAIL
    assert total_of("appeal", bare) is Outcome.WARN


def test_an_application_takes_the_buyers_name_exactly() -> None:
    almost = facts(buyer_name=seen("Ateliers Sud SAS"))
    assert judged("appeal", almost)["invoice.buyer"].outcome is Outcome.PASS
    assert judged("ungating", almost)["invoice.buyer"].outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("missing", "path"),
    [
        ({"supplier_phone": None}, "supplier_phone"),
        ({"supplier_website": None}, "supplier_website"),
        ({"supplier_phone": None, "supplier_website": None}, "supplier_phone"),
    ],
)
def test_a_supplier_that_cannot_be_reached_cannot_be_verified(missing: dict[str, None], path: str) -> None:
    found = judged("appeal", facts(**missing))["invoice.supplier_contact"]
    assert (found.outcome, found.path) == (Outcome.FAIL, path)
    assert found.advice is not None


def test_an_address_for_mail_is_as_good_as_a_website() -> None:
    mail = facts(supplier_website=None, supplier_email=seen("hello@lumiere.example"))
    assert judged("appeal", mail)["invoice.supplier_contact"].outcome is Outcome.PASS


@pytest.mark.parametrize("field", ["supplier_phone", "supplier_website"])
def test_a_contact_that_was_hard_to_read_is_looked_at_by_a_person(field: str) -> None:
    found = judged("appeal", facts(**{field: seen("l0miere.exa", confidence=0.2)}))["invoice.supplier_contact"]
    assert (found.outcome, found.path) == (Outcome.UNKNOWN, field)


def test_the_guide_does_not_ask_for_the_contact() -> None:
    assert "invoice.supplier_contact" not in judged("guide", good_facts())
