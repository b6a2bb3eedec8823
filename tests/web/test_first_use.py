"""First use: from the one-time link to the first seller account."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pyotp
import pytest

from tests.clock import Clock
from tests.first_use import PASSWORD, Owner
from tests.web.conftest import Browser
from vault.services.people import users
from vault.services.vault import Vault

OWNER = {"name": "Ada Marchand", "email": "Ada@Lavandine.example", "password": PASSWORD}
ACCOUNT = {
    "name": "Lavandine",
    "legal_name": "Lavandine SARL",
    "street": "4 quai des Tanneurs",
    "city": "Lyon",
    "country": "FR",
    "marketplaces": "FR",
}


def set_up_path(vault: Vault) -> str:
    link = users.first_owner_link(vault)
    assert link is not None
    return urlsplit(link).path


def test_a_new_vault_says_how_to_get_the_link(browser: Browser) -> None:
    assert "sellervault init" in browser.get("/").text


def test_the_link_leads_through_the_second_factor_to_the_first_account(
    vault: Vault, browser: Browser, clock: Clock
) -> None:
    created = browser.post(set_up_path(vault), **OWNER)
    assert created.location == "/profile/second-factor"
    secret = re.sub(r"\s", "", re.search(r'id="secret">([^<]+)<', browser.get("/profile/second-factor").text)[1])  # type: ignore[index]
    enrolled = browser.post("/profile/second-factor", code=pyotp.TOTP(secret).at(clock()))
    assert len(re.findall(r"<li>[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}</li>", enrolled.text)) == 10
    assert browser.get("/").location == "/accounts/open"
    opened = browser.post("/accounts/open", **ACCOUNT)
    assert opened.status_code == 302
    assert browser.get(opened.location).status_code in (200, 302)
    assert "Lavandine" in browser.get("/profile").text


def test_until_the_second_factor_is_set_up_every_page_leads_there(vault: Vault, browser: Browser) -> None:
    browser.post(set_up_path(vault), **OWNER)
    for path in ("/", "/profile", "/accounts/open", "/people", "/journal/export"):
        assert browser.get(path).location == "/profile/second-factor"


def test_the_link_works_once(vault: Vault, open_browser: Callable[[], Browser]) -> None:
    path = set_up_path(vault)
    open_browser().post(path, **OWNER)
    assert open_browser().get(path).status_code == 404
    assert users.first_owner_link(vault) is None


def test_the_link_is_good_for_a_day(vault: Vault, browser: Browser, clock: Clock) -> None:
    path = set_up_path(vault)
    clock.advance(timedelta(hours=23))
    assert browser.get(path).status_code == 200
    clock.advance(timedelta(hours=2))
    assert browser.get(path).status_code == 404


def test_a_new_link_makes_the_older_one_useless(vault: Vault, browser: Browser) -> None:
    older, newer = set_up_path(vault), set_up_path(vault)
    assert browser.get(older).status_code == 404
    assert browser.get(newer).status_code == 200


def test_no_link_opens_the_set_up_of_a_vault_that_has_an_owner(vault: Vault, browser: Browser, owner: Owner) -> None:
    assert browser.get("/setup/anything").status_code == 404


def test_a_guessed_password_is_refused_with_the_reason_beside_the_field(vault: Vault, browser: Browser) -> None:
    page = browser.post(set_up_path(vault), **{**OWNER, "password": "Password1234!"})
    assert "Too easy to guess" in page.text
    assert not users.exist(vault)


@pytest.mark.parametrize("missing", [{"legal_name": "  "}, {"country": ""}, {"city": ""}])
def test_an_account_without_its_legal_entity_is_not_opened(
    vault: Vault, browser: Browser, owner: Owner, missing: dict[str, str]
) -> None:
    browser.sign_in(vault, owner)
    assert "Fill in this field." in browser.post("/accounts/open", **{**ACCOUNT, **missing}).text
    assert browser.get("/").location == "/accounts/open"
