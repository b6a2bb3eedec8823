"""Pairs of accounts are scored after each change, and what they share becomes tasks."""

from datetime import timedelta

from sqlalchemy import select, update

from tests.services.links.conftest import IBANS, Agency
from vault.db.entities.people import Membership
from vault.db.entities.work import Task, TaskState
from vault.domain.findings import Severity
from vault.domain.register import AccountStatus, AttributeKind
from vault.domain.roles import Role
from vault.services.links import scoring as link_scoring
from vault.services.register import account_standing, other_accounts
from vault.services.register import entries as register_entries
from vault.services.register.account_standing import Standing
from vault.services.register.other_accounts import OtherDetails
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
    assert (task.check_id, task.finding["why"]["kind"]) == ("link.shared", "bank_account")
    assert task.severity == Severity.CRITICAL
    assert (task.account_id, task.other_account_id) == (later, elder)


def test_the_task_closes_when_the_value_goes_and_opens_again_when_it_returns(
    agency: Agency, pair: tuple[str, str]
) -> None:
    agency.give(pair[0], AttributeKind.PHONE, "+33 1 42 68 53 00")
    entry_id = agency.give(pair[1], AttributeKind.PHONE, "01 42 68 53 00")
    agency.rescore(*pair)
    task_id = agency.tasks(*pair)["link.shared phone +33 •••• 00"].id
    register_entries.remove_entry(agency.vault, agency.actor, entry_id)
    agency.rescore(pair[1])
    assert (agency.score(*pair), agency.tasks(*pair)) == (0, {})
    agency.give(pair[1], AttributeKind.PHONE, "01 42 68 53 00")
    agency.rescore(pair[1])
    assert agency.tasks(*pair)["link.shared phone +33 •••• 00"].id == task_id


def test_each_shared_value_has_a_task_of_its_own_and_a_waiver_of_one_leaves_the_next(
    agency: Agency, pair: tuple[str, str]
) -> None:
    first, second = "link.shared phone +33 •••• 00", "link.shared phone +33 •••• 01"
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.PHONE, "+33 1 42 68 53 00")
    task = agency.tasks(*pair)[first]
    until = agency.vault.clock().date() + timedelta(days=30)
    waivers.waive(agency.vault, agency.actor, task.id, "The switchboard of our office centre", until)
    agency.give(pair[0], AttributeKind.PHONE, "+33 1 42 68 53 01")
    assert agency.tasks(*pair) == {}
    entry_id = agency.give(pair[1], AttributeKind.PHONE, "+33 1 42 68 53 01")
    (name, opened), *_ = agency.tasks(*pair).items()
    assert (name, opened.severity) == (second, task.severity)
    assert agency.tasks(*pair, state=TaskState.WAIVED)[first].finding == task.finding
    register_entries.remove_entry(agency.vault, agency.actor, entry_id)
    assert set(agency.tasks(*pair, state=TaskState.DONE)) == {second}
    assert set(agency.tasks(*pair, state=TaskState.WAIVED)) == {first}


def test_a_task_goes_to_the_account_that_is_in_use_and_comes_back(agency: Agency, pair: tuple[str, str]) -> None:
    elder, later = pair
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.BANK_ACCOUNT, IBANS[0])
    (task,) = agency.tasks(*pair).values()

    def stand(account_id: str, status: AccountStatus) -> list[tuple[str, str, str | None]]:
        account_standing.change_standing(agency.vault, agency.actor, account_id, Standing(status))
        return [(each.id, each.account_id, each.other_account_id) for each in agency.tasks(*pair).values()]

    assert stand(later, AccountStatus.CLOSED) == [(task.id, elder, later)]
    assert stand(elder, AccountStatus.CLOSED) == []
    assert stand(elder, AccountStatus.ACTIVE) == [(task.id, elder, later)]
    assert stand(later, AccountStatus.ACTIVE) == [(task.id, later, elder)]


def test_a_task_that_moves_is_left_to_nobody_who_may_not_do_it_there(agency: Agency, pair: tuple[str, str]) -> None:
    elder, later = pair
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.BANK_ACCOUNT, IBANS[0])
    with agency.vault.database.transaction() as session:
        (task,) = session.scalars(select(Task).where(Task.subject_type == "link"))
        task.assignee_id = agency.actor.id
        session.execute(update(Membership).where(Membership.account_id == elder).values(role=Role.AUDITOR))
    account_standing.change_standing(agency.vault, agency.actor, later, Standing(AccountStatus.CLOSED))
    (moved,) = agency.tasks(*pair).values()
    assert (moved.account_id, moved.assignee_id) == (elder, None)


def test_tasks_call_both_accounts_by_their_names_of_now(agency: Agency, pair: tuple[str, str]) -> None:
    partner = agency.other(pair[0], "A former partner")
    for holder_id in (*pair, partner):
        agency.give(holder_id, AttributeKind.BANK_ACCOUNT, IBANS[0])
    agency.rename(pair[0], "Garrigue")
    other_accounts.change_other(agency.vault, agency.actor, partner, OtherDetails("Quercy SARL"))
    (task,), (of_partner,) = agency.tasks(*pair).values(), agency.tasks(pair[0], partner).values()
    assert task.title["params"]["other"] == "Garrigue"
    assert (of_partner.title["params"]["account"], of_partner.title["params"]["other"]) == ("Garrigue", "Quercy SARL")


def test_scoring_again_changes_nothing(agency: Agency, pair: tuple[str, str]) -> None:
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.DEVICE, "SN 48213-7")
    agency.rescore(*pair)
    with agency.vault.database.transaction() as session:
        assert link_scoring.holder_changed(session, agency.vault, pair[0]) == []
    assert link_scoring.rescore_all(agency.vault).changed == 0
