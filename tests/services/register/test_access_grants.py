"""Who has access to the seller account on Amazon: gaps become tasks, and close with what closes them."""

from dataclasses import replace
from datetime import date

import pytest

from tests.registers import second_shop
from tests.shop import Shop
from vault.db.entities.register import AccessGrant
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.register import GrantKind
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.register import access_grants
from vault.services.register.access_grants import GrantDetails

MEI = GrantDetails(
    GrantKind.PERSON, "Mei Tan", "Mei.Tan+amazon@gmail.com", "Orders", "Answers buyers", date(2025, 3, 1)
)


def add(shop: Shop, details: GrantDetails = MEI) -> AccessGrant:
    return access_grants.add_grant(shop.vault, shop.actor, shop.account_id, details)


def test_access_of_who_has_left_is_a_critical_task_until_it_is_removed(shop: Shop) -> None:
    grant = add(shop, replace(MEI, left_on=date(2026, 10, 31)))
    task = shop.tasks(shop.account_id)[f"account.access_left {grant.id}"]
    assert task.severity == "critical"
    access_grants.change_grant(shop.vault, shop.actor, grant.id, replace(MEI, removed_on=date(2026, 10, 31)))
    assert f"account.access_left {grant.id}" not in shop.tasks(shop.account_id)


def test_who_leaves_next_month_has_not_left(shop: Shop) -> None:
    grant = add(shop, replace(MEI, left_on=date(2026, 11, 30)))
    assert f"account.access_left {grant.id}" not in shop.tasks(shop.account_id)


def test_access_without_a_reason_is_a_task_and_goes_with_the_record(shop: Shop) -> None:
    grant = add(shop, GrantDetails(GrantKind.TOOL, "Repricer"))
    assert f"account.access_reason {grant.id}" in shop.tasks(shop.account_id)
    access_grants.remove_grant(shop.vault, shop.actor, grant.id)
    assert f"account.access_reason {grant.id}" not in shop.tasks(shop.account_id)
    assert ("access.removed", grant.id) in shop.journal()


def test_one_person_in_two_accounts_has_one_key_by_mailbox_or_by_name(shop: Shop) -> None:
    other = second_shop(shop)
    assert add(shop).person_key == add(other, replace(MEI, name="M. Tan", email="meitan@googlemail.com")).person_key
    assert (
        add(shop, replace(MEI, email="")).person_key == add(other, replace(MEI, name="TAN, Mei", email="")).person_key
    )


def test_saving_what_is_there_changes_nothing(shop: Shop) -> None:
    grant = add(shop)
    before = len(shop.journal())
    access_grants.change_grant(shop.vault, shop.actor, grant.id, MEI)
    assert len(shop.journal()) == before


def test_an_access_has_a_name_and_ends_after_it_began(shop: Shop) -> None:
    with pytest.raises(Invalid) as refused:
        add(shop, replace(MEI, name=" ", left_on=date(2024, 1, 1)))
    assert set(refused.value.problems) == {"name", "left_on"}


def test_only_those_who_manage_change_the_list_and_strangers_see_none_of_it(shop: Shop) -> None:
    grant = add(shop)
    auditor, stranger = Actor("a", "A", {shop.account_id: Role.AUDITOR}), Actor("s", "S")
    assert [each.name for each in access_grants.list_grants(shop.vault, auditor, shop.account_id)] == ["Mei Tan"]
    with pytest.raises(Forbidden):
        access_grants.remove_grant(shop.vault, auditor, grant.id)
    with pytest.raises(NotFound):
        access_grants.get_grant(shop.vault, stranger, shop.account_id, grant.id)
