"""A vault of an earlier version: its explanations and tasks were of kinds, and nothing that people decided is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.services.links.conftest import IBANS, Agency
from tests.services.links.test_link_explanations import contract, say
from vault.db.entities.links import Link, LinkExplanation, LinkState
from vault.db.entities.work import Task, TaskState
from vault.domain.ids import new_id
from vault.domain.links import ExplanationKind, LinkKind
from vault.domain.register import AttributeKind
from vault.services.links import scoring as link_scoring
from vault.services.links.explanations import withdraw_explanation
from vault.services.tasks import comments, waivers

_NEW = ("key", "alone", "awaits")


def make_older(agency: Agency) -> None:
    """Leaves what the migration finds: one task a kind, that of the first value, and explanations without values."""
    with agency.vault.database.transaction() as session:
        session.get_one(LinkState, 1).rules_version = "before 0011"
        for link in session.scalars(select(Link)):
            link.contributions = [
                {name: value for name, value in item.items() if name not in _NEW} for item in link.contributions
            ]
        for row in session.scalars(select(LinkExplanation)):
            row.keys = None
        seen: dict[tuple[str, str], int] = {}
        for task in session.scalars(select(Task).where(Task.check_id == "link.shared").order_by(Task.id)):
            kind = task.finding["why"]["kind"]
            seen[task.subject_id, kind] = seen.get((task.subject_id, kind), 0) + 1
            if seen[task.subject_id, kind] > 1:
                session.delete(task)
            else:
                task.item = kind


@pytest.fixture
def shares(agency: Agency, pair: tuple[str, str]) -> Callable[..., None]:
    def share(*texts: str) -> None:
        for text in texts:
            for holder_id in pair:
                agency.give(holder_id, AttributeKind.PHONE, text)

    return share


def phone(digit: int) -> str:
    return f"+33 1 42 68 53 0{digit}"


def test_the_task_of_one_value_keeps_its_waiver_its_people_and_its_comments(
    agency: Agency, pair: tuple[str, str], shares: Callable[..., None]
) -> None:
    shares(phone(0))
    (task,) = agency.tasks(*pair).values()
    until = agency.vault.clock().date() + timedelta(days=30)
    comments.add_comment(agency.vault, agency.actor, task.id, "The switchboard of the house")
    waivers.waive(agency.vault, agency.actor, task.id, "A switchboard", until)
    make_older(agency)
    agency.rescore(pair[0])
    assert agency.tasks(*pair) == {}
    ((_, kept),) = agency.tasks(*pair, state=TaskState.WAIVED).items()
    assert (kept.id, kept.item, kept.waived_reason, kept.waived_until) == (task.id, task.item, "A switchboard", until)
    assert link_scoring.rescore_all(agency.vault).changed == 0


def test_a_waiver_of_several_values_is_one_of_each(
    agency: Agency, pair: tuple[str, str], shares: Callable[..., None]
) -> None:
    shares(phone(0), phone(1))
    first = min(agency.tasks(*pair).values(), key=lambda task: task.id)
    until = agency.vault.clock().date() + timedelta(days=30)
    waivers.waive(agency.vault, agency.actor, first.id, "A switchboard", until)
    with agency.vault.database.transaction() as session:
        session.get_one(Task, first.id).assignee_id = agency.actor.id
    agency.give(pair[0], AttributeKind.PHONE, phone(2))
    make_older(agency)
    agency.give(pair[1], AttributeKind.PHONE, phone(2))  # of this one nobody has decided anything
    assert set(agency.tasks(*pair)) == {"link.shared phone +33 •••• 02"}
    waived = agency.tasks(*pair, state=TaskState.WAIVED)
    assert set(waived) == {"link.shared phone +33 •••• 00", "link.shared phone +33 •••• 01"}
    assert {(each.waived_reason, each.waived_until, each.assignee_id) for each in waived.values()} == {
        ("A switchboard", until, agency.actor.id)
    }
    assert first.id in {each.id for each in waived.values()}


def test_a_task_that_is_done_is_that_of_its_value_when_it_returns(agency: Agency, pair: tuple[str, str]) -> None:
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.BANK_ACCOUNT, IBANS[0])
    (task,) = agency.tasks(*pair).values()
    link = agency.link(*pair)
    assert link is not None
    explanation_id = say(agency, link.id, kind=ExplanationKind.LICENCE, document_id=contract(agency, pair[0]))
    make_older(agency)
    withdraw_explanation(agency.vault, agency.actor, explanation_id)
    assert [each.id for each in agency.tasks(*pair).values()] == [task.id]


def test_an_explanation_is_about_what_was_shared_before_the_upgrade_and_not_about_what_comes_with_it(
    agency: Agency, pair: tuple[str, str], shares: Callable[..., None]
) -> None:
    shares(phone(0))
    link = agency.link(*pair)
    assert link is not None
    document_id = contract(agency, pair[0])
    say(agency, link.id, kind=ExplanationKind.LICENCE, document_id=document_id)
    agency.give(pair[0], AttributeKind.PHONE, phone(1))
    make_older(agency)
    agency.give(pair[1], AttributeKind.PHONE, phone(1))
    assert set(agency.tasks(*pair)) == {"link.shared phone +33 •••• 01"}
    with agency.vault.database.reading() as session:
        (keys,) = session.scalars(select(LinkExplanation.keys)).all()
    assert len(keys) == 1


def test_what_is_explained_before_the_first_scoring_is_about_what_was_shared_then(
    agency: Agency, pair: tuple[str, str], shares: Callable[..., None]
) -> None:
    shares(phone(0))
    make_older(agency)
    link = agency.link(*pair)
    assert link is not None
    say(agency, link.id, kind=ExplanationKind.LICENCE, document_id=contract(agency, pair[0]))
    assert agency.tasks(*pair) == {}
    shares(phone(1))
    assert set(agency.tasks(*pair)) == {"link.shared phone +33 •••• 01"}


def test_values_that_look_alike_are_not_taken_for_explained(agency: Agency, pair: tuple[str, str]) -> None:
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.PHONE, phone(0))
    agency.give(pair[0], AttributeKind.PHONE, "+33 1 42 68 54 00")
    link = agency.link(*pair)
    assert link is not None
    say(agency, link.id, kind=ExplanationKind.LICENCE, document_id=contract(agency, pair[0]))
    make_older(agency)
    agency.give(pair[1], AttributeKind.PHONE, "+33 1 42 68 54 00")
    link = agency.link(*pair)
    assert link is not None
    assert [bool(item["awaits"]) for item in link.contributions] == [True, True]


def test_what_is_given_up_with_the_first_change_closes_its_task(
    agency: Agency, pair: tuple[str, str], shares: Callable[..., None]
) -> None:
    shares(phone(0))
    make_older(agency)
    agency.take(pair[0], AttributeKind.PHONE)
    assert agency.tasks(*pair) == {}


def test_an_address_and_a_network_that_lie_in_one_network_become_one_task(
    agency: Agency, pair: tuple[str, str]
) -> None:
    agency.give(pair[0], AttributeKind.IP_ADDRESS, "51.15.30.7")
    agency.give(pair[0], AttributeKind.IP_NETWORK, "51.15.30.0/24")
    agency.give(pair[1], AttributeKind.IP_NETWORK, "51.15.0.0/18")
    (task,) = agency.tasks(*pair).values()
    make_older(agency)
    with agency.vault.database.transaction() as session:  # each kind had a task of its own
        (link,) = session.scalars(select(Link).where(Link.score > 0))
        (item,) = link.contributions
        kinds = [LinkKind.IP_ADDRESS.value, LinkKind.IP_NETWORK.value]
        link.contributions = [{**item, "kind": kind} for kind in kinds]
        kept = session.get_one(Task, task.id)
        kept.item = kinds[0]
        like = {column.key: getattr(kept, column.key) for column in Task.__table__.columns}
        session.add(Task(**{**like, "id": new_id(), "item": kinds[1], "state": TaskState.WAIVED}))
    agency.rescore(pair[0])
    assert [each.id for each in agency.tasks(*pair).values()] == [task.id]
    assert agency.tasks(*pair, state=TaskState.WAIVED) == {}
