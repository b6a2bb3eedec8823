"""The address to which an invoice is made out is that of the seller account, or a reason to refuse it."""

from dataclasses import replace

import pytest

from tests.checks.builders import seen, with_fields
from vault.checks.facts import Buyer
from vault.checks.judge import judge_invoice
from vault.domain.findings import Finding, Outcome
from vault.domain.values import PostalAddress
from vault.rules.loader import load_rules

OURS = PostalAddress("12 rue des Forges", "21000", "Dijon", country="FR")


def judged(printed: str | None, address: PostalAddress = OURS, profile: str = "appeal") -> Finding:
    facts = with_fields(buyer_name=seen("Atelier Sud SAS"), buyer_address=seen(printed) if printed else None)
    found = judge_invoice(replace(facts, buyer=Buyer("Atelier Sud SAS", address)), load_rules().profiles[profile])
    return next(each for each in found if each.check == "invoice.buyer_address")


@pytest.mark.parametrize("printed", ["12 rue des Forges\n21000 Dijon", "12, RUE DES FORGES\nF-21000 DIJON\nFrance"])
def test_the_same_address_passes_however_it_is_written(printed: str) -> None:
    assert judged(printed).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "printed", ["12 rue des Forges\n21200 Dijon", "4 avenue Foch\n21000 Dijon", "12 rue des Forges\n21000 Beaune"]
)
def test_another_address_is_warned_about_and_fails_where_it_has_to_match_exactly(printed: str) -> None:
    assert judged(printed).outcome is Outcome.WARN
    assert judged(printed, profile="ungating").outcome is Outcome.FAIL


def test_an_address_that_was_not_found_is_no_pass() -> None:
    assert judged(None).outcome is Outcome.WARN


def test_without_an_address_of_the_account_there_is_nothing_to_compare() -> None:
    assert judged("12 rue des Forges\n21000 Dijon", PostalAddress()).outcome is Outcome.NOT_APPLICABLE
