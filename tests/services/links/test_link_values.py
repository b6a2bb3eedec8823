"""An explanation is about what was shared when it was given; whether it holds for what came later, a person says."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.services.links.conftest import IBANS, Agency
from tests.services.links.test_link_explanations import contract, say
from vault.db.entities.links import LinkExplanation
from vault.db.entities.work import TaskState
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.findings import Severity
from vault.domain.links import Contribution, ExplanationKind, LinkKind
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.services.journal.history import events_about
from vault.services.links import links
from vault.services.links import scoring as link_scoring
from vault.services.links.confirmations import confirm, confirmed_of, withdraw_confirmation
from vault.services.links.explanations import withdraw_explanation
from vault.services.links.what_if import what_if

PHONES = ("+33 1 42 68 53 00", "+33 1 42 68 53 01")
FIRST, SECOND = "link.shared phone +33 •••• 00", "link.shared phone +33 •••• 01"


@pytest.fixture
def linked(agency: Agency, pair: tuple[str, str]) -> str:
    """The id of a pair that shares a phone."""
    share(agency, pair, AttributeKind.PHONE, PHONES[0])
    link = agency.link(*pair)
    assert link is not None
    return link.id


def share(agency: Agency, pair: tuple[str, str], kind: AttributeKind, text: str) -> None:
    for holder_id in pair:
        agency.give(holder_id, kind, text)


def shared(agency: Agency, linked: str, shown: str) -> Contribution:
    """What the pair shares that is shown like this."""
    found = links.show(agency.vault, agency.actor, linked).pair.contributions
    return next(item for item in found if item.shown == shown)


def licence(agency: Agency, pair: tuple[str, str], linked: str, **changes: object) -> str:
    """A licence with its document, for everything that is shared now."""
    return say(agency, linked, kind=ExplanationKind.LICENCE, document_id=contract(agency, pair[0]), **changes)


def test_a_later_value_of_an_explained_kind_is_asked_for_and_counts_in_full_until_then(
    agency: Agency, pair: tuple[str, str], linked: str
) -> None:
    explanation_id = licence(agency, pair, linked)
    assert agency.tasks(*pair) == {}
    share(agency, pair, AttributeKind.PHONE, PHONES[1])
    (name, task), *more = agency.tasks(*pair).items()
    assert (name, more, task.severity) == (SECOND, [], Severity.HIGH)
    assert "licence holds for this too" in task.advice["text"]
    item = shared(agency, linked, "+33 •••• 01")
    assert (item.awaits, item.explanation_id, item.counted) == (explanation_id, "", 60)
    assert shared(agency, linked, "+33 •••• 00").explanation_id == explanation_id


def test_what_was_confirmed_counts_as_explained_until_that_is_taken_back(
    agency: Agency, pair: tuple[str, str], linked: str
) -> None:
    explanation_id = licence(agency, pair, linked)
    share(agency, pair, AttributeKind.PHONE, PHONES[1])
    before = agency.score(*pair)
    key = shared(agency, linked, "+33 •••• 01").key
    row = confirm(agency.vault, agency.actor, explanation_id, key)
    assert (agency.tasks(*pair), agency.score(*pair) < before) == ({}, True)
    (told,) = confirmed_of(agency.vault, agency.actor, linked)[explanation_id]
    assert (told.id, told.kind, told.shown) == (row.id, LinkKind.PHONE, "+33 •••• 01")
    assert link_scoring.rescore_all(agency.vault).changed == 0
    withdraw_confirmation(agency.vault, agency.actor, row.id)
    assert (set(agency.tasks(*pair)), agency.score(*pair)) == ({SECOND}, before)
    assert confirmed_of(agency.vault, agency.actor, linked) == {}
    with agency.vault.database.reading() as session:
        told_of = [event.action for event in events_about(session, [explanation_id])]
    assert told_of == ["link.confirmation_withdrawn", "link.explanation_confirmed", "link.explained"]
    confirm(agency.vault, agency.actor, explanation_id, key)
    assert agency.tasks(*pair) == {}
    withdraw_explanation(agency.vault, agency.actor, explanation_id)
    assert set(agency.tasks(*pair)) == {FIRST, SECOND}


def test_an_approval_of_the_pair_counts_for_what_comes_later_and_is_asked_about_once(
    agency: Agency, pair: tuple[str, str], linked: str
) -> None:
    explanation_id = say(agency, linked, document_id=contract(agency, pair[0]))
    share(agency, pair, AttributeKind.BANK_ACCOUNT, IBANS[0])
    item = shared(agency, linked, "••••0189")
    assert (item.explanation_id, item.awaits, item.counted) == (explanation_id, explanation_id, 5)
    (task,) = agency.tasks(*pair).values()
    assert (task.outcome, task.severity) == ("warn", Severity.NORMAL)
    assert "Amazon's approval" in task.advice["text"]
    confirm(agency.vault, agency.actor, explanation_id, item.key)
    assert agency.tasks(*pair) == {}
    assert shared(agency, linked, "••••0189").counted == 5


def test_an_approval_of_some_kinds_is_none_of_the_pair(agency: Agency, pair: tuple[str, str], linked: str) -> None:
    say(agency, linked, document_id=contract(agency, pair[0]), kinds=(LinkKind.PHONE,))
    share(agency, pair, AttributeKind.BANK_ACCOUNT, IBANS[0])
    share(agency, pair, AttributeKind.PHONE, PHONES[1])
    assert shared(agency, linked, "••••0189").awaits == ""
    assert shared(agency, linked, "+33 •••• 01").counted == 60
    assert set(agency.tasks(*pair)) == {"link.shared bank_account ••••0189", SECOND}


def test_an_explanation_that_has_ended_asks_nothing(
    agency: Agency, pair: tuple[str, str], linked: str, clock: Clock
) -> None:
    licence(agency, pair, linked, valid_until=clock().date())
    clock.advance(timedelta(days=1))
    share(agency, pair, AttributeKind.PHONE, PHONES[1])
    item = shared(agency, linked, "+33 •••• 01")
    assert (item.awaits, item.explanation_id) == ("", "")


def test_the_same_value_is_explained_when_it_returns(agency: Agency, pair: tuple[str, str], linked: str) -> None:
    licence(agency, pair, linked)
    before = links.show(agency.vault, agency.actor, linked).pair.contributions
    with agency.vault.database.reading() as session:
        assert session.scalars(select(LinkExplanation.keys)).one() == [before[0].key]
    agency.take(pair[0], AttributeKind.PHONE)
    assert agency.score(*pair) == 0
    agency.give(pair[0], AttributeKind.PHONE, PHONES[0])
    assert links.show(agency.vault, agency.actor, linked).pair.contributions == before
    assert agency.tasks(*pair) == {}


def test_a_question_counts_no_explanation_for_a_value_that_is_new(
    agency: Agency, pair: tuple[str, str], linked: str
) -> None:
    licence(agency, pair, linked)
    agency.give(pair[0], AttributeKind.PHONE, PHONES[1])
    (change,) = what_if(agency.vault, agency.actor, pair[1], AttributeKind.PHONE, PHONES[1])
    assert [(item.shown, item.counted) for item in change.added] == [("+33 •••• 01", 60)]


def test_only_who_manages_both_accounts_confirms_and_only_what_is_asked(
    agency: Agency, pair: tuple[str, str], linked: str
) -> None:
    explanation_id = licence(agency, pair, linked)
    share(agency, pair, AttributeKind.PHONE, PHONES[1])
    key = shared(agency, linked, "+33 •••• 01").key
    vault = agency.vault
    with pytest.raises(NotFound):
        confirm(vault, agency.alone(pair[0]), explanation_id, key)
    with pytest.raises(Forbidden):
        confirm(vault, agency.alone(*pair, role=Role.ASSISTANT), explanation_id, key)
    for nothing in ("0" * 32, shared(agency, linked, "+33 •••• 00").key):
        with pytest.raises(Invalid):
            confirm(vault, agency.actor, explanation_id, nothing)
    row = confirm(vault, agency.actor, explanation_id, key)
    with pytest.raises(Invalid):
        confirm(vault, agency.actor, explanation_id, key)
    with pytest.raises(NotFound):
        withdraw_confirmation(vault, agency.alone(pair[0]), row.id)
    with pytest.raises(NotFound):
        confirmed_of(vault, agency.alone(pair[0]), linked)
    withdraw_confirmation(vault, agency.actor, row.id)
    with pytest.raises(Invalid):
        withdraw_confirmation(vault, agency.actor, row.id)
    assert set(agency.tasks(*pair, state=TaskState.OPEN)) == {SECOND}
