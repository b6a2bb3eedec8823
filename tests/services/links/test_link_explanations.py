"""Explanations lower what is shared, most of all with a document; they end, and can be taken back."""

import io
from datetime import date, timedelta

import pytest

from tests.clock import Clock
from tests.services.links.conftest import IBANS, Agency
from vault.db.entities.work import TaskState
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.links import ExplanationKind, LinkKind
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.services.account_judging import judge_account
from vault.services.documents import intake
from vault.services.journal.notes import record
from vault.services.links import links
from vault.services.links.explanations import NewExplanation, explain, withdraw_explanation

SHARED = "link.shared bank_account ••••0189"


@pytest.fixture
def linked(agency: Agency, pair: tuple[str, str]) -> str:
    """The id of a pair that shares a bank account and a phone."""
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.BANK_ACCOUNT, IBANS[0])
        agency.give(holder_id, AttributeKind.PHONE, "+33 1 42 68 53 00")
    link = agency.link(*pair)
    assert link is not None
    return link.id


def contract(agency: Agency, account_id: str) -> str:
    """A document of the account."""
    content = io.BytesIO(b"%PDF-1.7 a contract of " + account_id.encode())
    return intake.keep(agency.vault, agency.actor, account_id, content, "contract.pdf").document_id


def say(agency: Agency, linked: str, **changes: object) -> str:
    given = NewExplanation(**{"kind": ExplanationKind.APPROVAL, "reason": "Case 123", **changes})  # type: ignore[arg-type]
    return explain(agency.vault, agency.actor, linked, given).id


def test_a_reason_lowers_the_score_and_a_document_lowers_it_more(
    agency: Agency, pair: tuple[str, str], linked: str
) -> None:
    bare = agency.score(*pair)
    say(agency, linked)
    with_reason = agency.score(*pair)
    say(agency, linked, document_id=contract(agency, pair[0]))
    assert bare > with_reason > agency.score(*pair) > 0


def test_what_a_document_explains_raises_no_task(agency: Agency, pair: tuple[str, str], linked: str) -> None:
    assert SHARED in agency.tasks(*pair)
    explanation_id = say(agency, linked, document_id=contract(agency, pair[1]))
    assert agency.tasks(*pair) == {}
    withdraw_explanation(agency.vault, agency.actor, explanation_id)
    assert SHARED in agency.tasks(*pair)


def test_an_explanation_of_one_kind_leaves_the_others(agency: Agency, pair: tuple[str, str], linked: str) -> None:
    say(agency, linked, document_id=contract(agency, pair[1]), kinds=(LinkKind.PHONE,))
    assert SHARED in agency.tasks(*pair)
    assert "link.shared phone +33 •••• 00" not in agency.tasks(*pair)


def test_what_is_shared_later_is_not_explained_before(agency: Agency, pair: tuple[str, str], linked: str) -> None:
    say(agency, linked, document_id=contract(agency, pair[1]))
    assert agency.tasks(*pair) == {}
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.CARD, "4000 0566 5566 5556")
    assert "link.shared card ••••5556" in agency.tasks(*pair)
    assert SHARED not in agency.tasks(*pair)


def test_an_explanation_that_ends_is_told_of_before_and_counts_no_longer_after(
    agency: Agency, pair: tuple[str, str], linked: str, clock: Clock
) -> None:
    until = clock().date() + timedelta(days=31)
    explanation_id = say(agency, linked, document_id=contract(agency, pair[0]), valid_until=until)
    ending = f"link.explanation {explanation_id}"

    def begin_day() -> None:
        with agency.vault.database.transaction() as session:
            record(session, agency.vault, judge_account(session, agency.vault, pair[1]))

    begin_day()
    assert SHARED not in agency.tasks(*pair)
    assert ending not in agency.tasks(*pair)
    clock.advance(timedelta(days=1))
    begin_day()
    assert agency.tasks(*pair)[ending].outcome == "warn"
    clock.advance(timedelta(days=31))
    begin_day()
    assert agency.tasks(*pair)[ending].outcome == "fail"
    assert SHARED in agency.tasks(*pair)
    withdraw_explanation(agency.vault, agency.actor, explanation_id)
    assert ending in agency.tasks(*pair, state=TaskState.DONE)


def test_an_explanation_without_a_reason_or_with_a_strangers_document_is_refused(
    agency: Agency, pair: tuple[str, str], linked: str
) -> None:
    foreign = contract(agency, agency.open("Zephyr"))
    yesterday = agency.vault.clock().date() - timedelta(days=1)
    with pytest.raises(Invalid) as refused:
        say(agency, linked, reason=" ", document_id=foreign, valid_until=yesterday)
    assert set(refused.value.problems) == {"reason", "document_id", "valid_until"}


def test_only_who_manages_both_accounts_explains(agency: Agency, pair: tuple[str, str], linked: str) -> None:
    given = NewExplanation(ExplanationKind.OTHER, "A family business")
    with pytest.raises(NotFound):
        explain(agency.vault, agency.alone(pair[0]), linked, given)
    with pytest.raises(Forbidden):
        explain(agency.vault, agency.alone(*pair, role=Role.ASSISTANT), linked, given)


def test_what_would_separate_them_is_the_least_that_has_to_go(
    agency: Agency, pair: tuple[str, str], linked: str
) -> None:
    apart = links.separating(agency.vault, agency.actor, linked)
    assert [item.kind for item in apart.must_go] == [LinkKind.BANK_ACCOUNT, LinkKind.PHONE]
    assert apart.score < apart.below


def test_nothing_of_it_stands_in_clear_in_links_and_tasks(agency: Agency, pair: tuple[str, str], linked: str) -> None:
    view = links.show(agency.vault, agency.actor, linked)
    said = str([item.shown for item in view.pair.contributions]) + str(
        [task.finding for task in agency.tasks(*pair).values()]
    )
    assert IBANS[0] not in said
    assert IBANS[0][4:20] not in said
    assert "142685300" not in said


def test_explanations_are_shown_with_their_state(agency: Agency, linked: str, clock: Clock) -> None:
    first = say(agency, linked, valid_until=date(2026, 11, 1))
    withdraw_explanation(agency.vault, agency.actor, say(agency, linked))
    clock.advance(timedelta(days=5))
    found = links.show(agency.vault, agency.actor, linked).explanations
    assert [item.state for item in found] == ["withdrawn", "expired"]
    assert found[1].id == first
