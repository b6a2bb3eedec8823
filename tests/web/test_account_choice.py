"""Choosing a seller account: from the menu of every page where they are few, from their own page where they are many."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.desk import sit_down
from tests.web.world import World, make_world
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.people import Membership
from vault.domain.roles import Role
from vault.services.vault import Vault


@pytest.fixture
def world(vault: Vault) -> World:
    return make_world(vault)


@pytest.fixture
def chief(app: Flask, world: World) -> FlaskClient:
    """Somebody who sees both seller accounts."""
    return sit_down(app, world.people["chief"], world.ours["account_id"]).client


@pytest.fixture
def many(vault: Vault, world: World) -> None:
    """The chief now sees thirty accounts more."""
    with vault.database.transaction() as session:
        for number in range(30):
            account = SellerAccount(
                name=f"Shop {number:02}", legal_name="Shop SARL", marketplaces=[], created_at=vault.clock()
            )
            session.add(account)
            session.flush()
            held = {"user_id": world.people["chief"], "account_id": account.id, "role": Role.OWNER}
            session.add(Membership(**held, since=vault.clock()))


def menu_of(page: str) -> str:
    return page[page.index("account-switcher") : page.index("nav-main")]


def test_few_accounts_stand_in_the_menu(chief: FlaskClient, world: World) -> None:
    menu = menu_of(chief.get("/profile").text)
    for account in (world.ours, world.theirs):
        assert f'href="/a/{account["account_id"]}/"' in menu
    assert "hx-get" not in menu


@pytest.mark.usefixtures("many")
def test_many_accounts_come_when_the_menu_is_opened(chief: FlaskClient, world: World) -> None:
    page = chief.get(f"/a/{world.ours['account_id']}/documents").text
    menu = menu_of(page)
    assert "Ours" in menu
    assert "Shop 07" not in page
    assert 'hx-get="/accounts"' in menu
    assert 'href="/accounts"' in menu  # where the menu leads without script


@pytest.mark.usefixtures("many")
def test_their_page_lists_all_of_them_by_name(chief: FlaskClient) -> None:
    page = chief.get("/accounts").text
    listed = re.findall(r'<span class="text-truncate">([^<]+)</span>', page[page.index('id="account-list"') :])
    assert listed == ["Ours", *(f"Shop {number:02}" for number in range(30)), "Theirs"]


@pytest.mark.usefixtures("many")
def test_a_part_of_the_name_finds_an_account(chief: FlaskClient) -> None:
    page = chief.get("/accounts?name=shop+07").text
    assert "Shop 07" in page
    assert "Shop 08" not in page
    assert "Nothing fits" in chief.get("/accounts?name=nowhere").text


def test_nobody_finds_an_account_of_others(app: Flask, world: World) -> None:
    owner = sit_down(app, world.people["owner"], world.ours["account_id"]).client
    page = owner.get("/accounts").text
    assert "Ours" in page
    assert "Theirs" not in page
    nobody = sit_down(app, world.people["nobody"], "").client
    assert "Ask an owner to invite you" in nobody.get("/accounts").text
