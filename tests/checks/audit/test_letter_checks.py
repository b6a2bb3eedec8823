"""Checks of an audit about what is written: the answer to Amazon, and the suppliers who were asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from vault.checks.audit.facts import AskedSupplier, AuditFacts
from vault.checks.judge import judge
from vault.checks.registry import AUDIT_CHECKS
from vault.domain.audits import AuditState
from vault.domain.findings import Finding, Outcome
from vault.rules.loader import load_rules

PROFILE = load_rules().profiles["audit"]
TODAY = date(2026, 10, 31)
FACTS = AuditFacts(
    state=AuditState.GATHERING,
    now=datetime(2026, 10, 31, 9, tzinfo=UTC),
    as_of=TODAY,
    is_confirmed=True,
    noticed_on=TODAY,
    deadline=None,
    hours=72,
    has_owner=True,
    is_acknowledged=True,
    sent_on=None,
    is_gathered=True,
    letter_flaws=0,
)
ASKED = AskedSupplier("Tarn Mills", "B0TESTAAA1", "Lunch box", TODAY)


def found(facts: AuditFacts, check: str) -> list[Finding]:
    return [each for each in judge(facts, PROFILE, AUDIT_CHECKS) if each.check == check]


def test_an_answer_without_flaws_can_be_sent() -> None:
    (finding,) = found(FACTS, "audit.answer")
    assert finding.outcome is Outcome.PASS


@pytest.mark.parametrize("flaws", [1, 12])
def test_an_answer_with_flaws_is_a_gap_that_says_where_to_look(flaws: int) -> None:
    findings = [each for each in found(replace(FACTS, letter_flaws=flaws), "audit.answer") if each.is_gap]
    assert [each.outcome for each in findings] == [Outcome.FAIL]
    assert "each place is marked" in str(findings[0].advice)


@pytest.mark.parametrize(
    "facts",
    [
        replace(FACTS, letter_flaws=None),
        replace(FACTS, state=AuditState.SENT, letter_flaws=3),
        replace(FACTS, is_confirmed=False, letter_flaws=3),
        replace(FACTS, is_gathered=False, letter_flaws=3),
    ],
    ids=["not written", "sent", "not confirmed", "not looked through"],
)
def test_an_answer_that_is_not_due_is_no_work(facts: AuditFacts) -> None:
    assert {each.outcome for each in found(facts, "audit.answer")} == {Outcome.NOT_APPLICABLE}


def test_an_idle_plan_of_action_is_a_gap_of_the_answer() -> None:
    findings = found(replace(FACTS, letter_flaws=1, has_idle_plan=True), "audit.answer")
    assert any(each.is_gap for each in findings)


def test_nobody_awaited_is_no_work() -> None:
    assert {each.outcome for each in found(FACTS, "audit.supplier_reply")} == {Outcome.NOT_APPLICABLE}


def test_who_was_asked_is_followed_up_for_each_product() -> None:
    other = replace(ASKED, asin="B0TESTAAA2", title="")
    findings = found(replace(FACTS, awaited=(ASKED, other)), "audit.supplier_reply")
    assert [(each.item, each.outcome) for each in findings] == [
        ("B0TESTAAA1", Outcome.WARN),
        ("B0TESTAAA2", Outcome.WARN),
    ]
    assert "Tarn Mills was asked on 2026-10-31 for an invoice of Lunch box." in str(findings[0].message)
    assert "B0TESTAAA2" in str(findings[1].message)


def test_after_two_days_somebody_is_to_call() -> None:
    early = replace(ASKED, asked_on=TODAY - timedelta(days=1))
    late = replace(ASKED, asked_on=TODAY - timedelta(days=2))
    (waiting,) = found(replace(FACTS, awaited=(early,)), "audit.supplier_reply")
    (calling,) = found(replace(FACTS, awaited=(late,)), "audit.supplier_reply")
    assert "Call Tarn Mills on 2026-11-01 if it has not." in str(waiting.advice)
    assert str(calling.advice).startswith("Call Tarn Mills, or ask somebody else")


def test_once_the_answer_is_sent_nobody_is_awaited() -> None:
    sent = replace(FACTS, state=AuditState.SENT, awaited=(ASKED,))
    assert {each.outcome for each in found(sent, "audit.supplier_reply")} == {Outcome.NOT_APPLICABLE}
