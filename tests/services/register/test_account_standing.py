"""How an account stands with Amazon raises tasks, and its improvement closes them."""

from datetime import date, timedelta

import pytest

from tests.registers import IBAN, enter
from tests.shop import Shop
from vault.domain.errors import Forbidden, Invalid
from vault.domain.register import AccountStatus, AttributeKind
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.account_judging import judge_account
from vault.services.register import account_standing
from vault.services.register.account_standing import Standing


def stand(shop: Shop, status: AccountStatus, since: date | None = None, rating: int | None = None) -> None:
    account_standing.change_standing(shop.vault, shop.actor, shop.account_id, Standing(status, since, rating))


@pytest.mark.parametrize(
    ("status", "check", "severity"),
    [(AccountStatus.SUSPENDED, "account.suspended", "critical"), (AccountStatus.AT_RISK, "account.at_risk", "high")],
)
def test_a_bad_status_is_a_task_until_it_is_lifted(
    shop: Shop, status: AccountStatus, check: str, severity: str
) -> None:
    stand(shop, status, date(2026, 10, 30))
    assert shop.tasks(shop.account_id)[check].severity == severity
    stand(shop, AccountStatus.ACTIVE)
    assert check not in shop.tasks(shop.account_id)


@pytest.mark.parametrize(("rating", "outcome"), [(0, "fail"), (199, "fail"), (200, "warn"), (249, "warn"), (250, None)])
def test_a_health_rating_below_two_hundred_fails_and_close_to_it_warns(
    shop: Shop, rating: int, outcome: str | None
) -> None:
    stand(shop, AccountStatus.ACTIVE, rating=rating)
    task = shop.tasks(shop.account_id).get("account.health")
    assert (task.outcome if task else None) == outcome


def test_a_health_rating_that_nobody_has_entered_is_looked_up_where_the_account_sells(shop: Shop) -> None:
    stand(shop, AccountStatus.ACTIVE, date(2026, 10, 30))
    task = shop.tasks(shop.account_id)["account.health"]
    assert (task.outcome, task.severity) == ("unknown", "low")
    stand(shop, AccountStatus.PREPARING)
    assert "account.health" not in shop.tasks(shop.account_id)


def test_a_register_with_gaps_is_one_low_task_that_closes_when_they_are_filled(shop: Shop) -> None:
    enter(shop, AttributeKind.BANK_ACCOUNT, IBAN)
    task = shop.tasks(shop.account_id)["account.complete"]
    assert (task.severity, task.finding["why"]["missing"]) == ("low", "owner, phone, email, ip_address")
    enter(shop, AttributeKind.OWNER, "Ada Marchand")
    enter(shop, AttributeKind.PHONE, "01 42 68 53 00")
    enter(shop, AttributeKind.EMAIL, "ada@lavandine.example")
    enter(shop, AttributeKind.IP_NETWORK, "203.0.113.0/24")
    assert "account.complete" not in shop.tasks(shop.account_id)


def test_judging_again_writes_nothing(shop: Shop) -> None:
    stand(shop, AccountStatus.SUSPENDED, rating=120)
    with shop.vault.database.transaction() as session:
        judge_account(session, shop.vault, shop.account_id)
    with shop.vault.database.transaction() as session:
        assert judge_account(session, shop.vault, shop.account_id) == []


def test_a_rating_out_of_range_and_a_day_to_come_are_refused(shop: Shop) -> None:
    tomorrow = shop.vault.clock().date() + timedelta(days=1)
    with pytest.raises(Invalid) as refused:
        stand(shop, AccountStatus.ACTIVE, tomorrow, 1001)
    assert set(refused.value.problems) == {"since", "health_rating"}


def test_only_those_who_manage_say_how_the_account_stands(shop: Shop) -> None:
    assistant = Actor("a", "A", {shop.account_id: Role.ASSISTANT})
    with pytest.raises(Forbidden):
        account_standing.change_standing(shop.vault, assistant, shop.account_id, Standing(AccountStatus.CLOSED))
