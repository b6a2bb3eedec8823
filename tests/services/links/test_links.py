"""Pairs of accounts are scored after each change, and what they share becomes tasks."""

from datetime import timedelta

from tests.services.links.conftest import IBANS, Agency
from vault.domain.findings import Severity
from vault.domain.register import AttributeKind
from vault.services.links import scoring as link_scoring
from vault.services.register import entries as register_entries
from vault.services.tasks import waivers


def test_accounts_that_share_nothing_score_nothing(agency: Agency, pair: tuple[str, str]) -> None:
    agency.give(pair[0], AttributeKind.BANK_ACCOUNT, IBANS[0])
    agency.give(pair[1], AttributeKind.BANK_ACCOUNT, IBANS[1])
    agency.rescore(*pair)
    assert agency.link(*pair) is None


def test_a_shared_bank_account_raises_a_task_of_the_later_account_at_once(
    agency: Agency, pair: tuple[str, str]
) -> None:
    elder, later = pair
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.BANK_ACCOUNT, IBANS[0])
    agency.rescore(*pair)
    assert agency.score(elder, later) == 90
    (task,) = agency.tasks(elder, later).values()
    assert (task.check_id, task.item, task.severity) == ("link.shared", "bank_account", Severity.CRITICAL)
    assert (task.account_id, task.other_account_id) == (later, elder)


def test_the_task_closes_when_the_value_goes_and_opens_again_when_it_returns(
    agency: Agency, pair: tuple[str, str]
) -> None:
    agency.give(pair[0], AttributeKind.PHONE, "+33 1 42 68 53 00")
    entry_id = agency.give(pair[1], AttributeKind.PHONE, "01 42 68 53 00")
    agency.rescore(*pair)
    task_id = agency.tasks(*pair)["link.shared phone"].id
    register_entries.remove_entry(agency.vault, agency.actor, entry_id)
    agency.rescore(pair[1])
    assert (agency.score(*pair), agency.tasks(*pair)) == (0, {})
    agency.give(pair[1], AttributeKind.PHONE, "01 42 68 53 00")
    agency.rescore(pair[1])
    assert agency.tasks(*pair)["link.shared phone"].id == task_id


def test_a_second_shared_value_ends_the_waiver_of_the_first(agency: Agency, pair: tuple[str, str]) -> None:
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.PHONE, "+33 1 42 68 53 00")
    task = agency.tasks(*pair)["link.shared phone"]
    until = agency.vault.clock().date() + timedelta(days=30)
    waivers.waive(agency.vault, agency.actor, task.id, "The switchboard of our office centre", until)
    agency.give(pair[0], AttributeKind.PHONE, "+33 1 42 68 53 01")
    assert agency.tasks(*pair) == {}
    agency.give(pair[1], AttributeKind.PHONE, "+33 1 42 68 53 01")
    assert agency.tasks(*pair)["link.shared phone"].id == task.id


def test_scoring_again_changes_nothing(agency: Agency, pair: tuple[str, str]) -> None:
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.DEVICE, "SN 48213-7")
    agency.rescore(*pair)
    with agency.vault.database.transaction() as session:
        assert link_scoring.holder_changed(session, agency.vault, pair[0]) == []
    assert link_scoring.rescore_all(agency.vault).changed == 0
