"""What strangers try on the way in: forged hosts, forged addresses, too much at once, scripts in names."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from tests.first_use import Owner
from tests.web.conftest import Browser
from tests.web.world import make_world, sign_in
from vault.app import create_app
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.people import User
from vault.db.session import Database
from vault.services.vault import Vault
from vault.web.sessions import ServerSessions

HOSTILE = "<script>alert(1)</script>{{7*7}}"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8080"])
def test_a_host_that_is_not_ours_gets_nothing(app: Flask, host: str) -> None:
    answer = app.test_client().get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_forwarded_headers_count_only_where_a_proxy_is_set_up(vault: Vault) -> None:
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "6.6.6.6"}
    direct = create_app(vault=vault).test_client()
    assert direct.get("/sign-in", headers=forged).status_code == 200
    settings = replace(vault.settings, trusted_proxies=1, public_url="https://vault.example")
    behind = create_app(vault=replace(vault, settings=settings)).test_client()
    assert behind.get("/sign-in", headers=forged).status_code == 400
    honest = {**forged, "X-Forwarded-Host": "vault.example"}
    assert behind.get("/sign-in", headers=honest).status_code == 200


def test_a_forged_address_does_not_escape_the_throttle(vault: Vault, browser: Browser) -> None:
    answers = []
    for number in range(41):
        browser.headers = {"X-Forwarded-For": f"10.0.0.{number}"}
        answers.append(browser.post("/sign-in", email=f"p{number}@x.example", password="wrong").status_code)
    assert answers[-1] == 429


def test_a_form_larger_than_a_form_can_be_is_refused_early(browser: Browser) -> None:
    answer = browser.client.post("/sign-in", data={"email": "x" * 2_000_000})
    assert answer.status_code == 413
    assert "more than can be sent at once" in answer.text


def test_characters_and_numbers_that_no_database_takes_are_refused(app: Flask, vault: Vault) -> None:
    world = make_world(vault)
    client, _ = sign_in(app, world.people["owner"])
    base = f"/a/{world.ours['account_id']}"
    for address in ("/products?q=a%00b", "/suppliers?q=%00", "/documents?supplier=%00", "/documents/%00"):
        assert client.get(base + address).status_code == 400, address
    assert client.get(f"{base}/journal?before={10**30}").status_code == 200


def test_a_nul_in_a_form_is_refused(browser: Browser) -> None:
    assert browser.post("/sign-in", email="a\0b@x.example", password="whatever it is").status_code == 400


def test_a_script_in_a_name_is_shown_and_not_run(app: Flask, vault: Vault) -> None:
    world = make_world(vault)
    with vault.database.transaction() as session:
        session.get_one(User, world.people["owner"]).name = HOSTILE
        session.get_one(SellerAccount, world.ours["account_id"]).name = HOSTILE
    client, _ = sign_in(app, world.people["owner"])
    for page in ("/people", "/settings", "/journal"):
        text = client.get(f"/a/{world.ours['account_id']}{page}").text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in text


def test_a_page_holds_no_inline_script_or_style(vault: Vault, browser: Browser, owner: Owner) -> None:
    browser.sign_in(vault, owner)
    for path in ("/profile", "/accounts/open", "/people", "/profile/second-factor", "/nothing/here"):
        page = browser.get(path).text
        assert " style=" not in page
        assert " onclick=" not in page
        assert page.count("<script") == page.count("<script src=")


def test_a_script_that_asks_is_answered_in_its_own_language(browser: Browser) -> None:
    answer = browser.client.get("/people", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json is not None
    assert answer.json["error"]["code"] == "sign_in_needed"


def test_wrong_methods_and_unknown_pages_have_a_page_of_their_own(browser: Browser) -> None:
    assert "There is nothing here that you can see" in browser.get("/no/such/page").text
    assert browser.client.post("/health").status_code in (400, 405)


def test_what_protects_the_profile_asks_once_more_after_a_while(
    vault: Vault, open_browser: Callable[[], Browser], app: Flask
) -> None:
    world = make_world(vault)
    client, _ = sign_in(app, world.people["owner"])
    with client.session_transaction() as session:
        del session["confirmed_at"]
    for path in ("/profile/password", "/profile/email", "/profile/second-factor"):
        assert client.get(path).location == f"/confirm?next={path}"


def test_without_its_database_the_service_says_so_and_tells_when_to_come_back(vault: Vault, app: Flask) -> None:
    world = make_world(vault)
    client, _ = sign_in(app, world.people["owner"])
    away = Database("postgresql://127.0.0.1:1/nothing")
    app.extensions["vault"] = replace(vault, database=away)
    app.session_interface = ServerSessions(app.extensions["vault"])
    stranger = app.test_client()
    asked = [(client, path) for path in ("/profile", "/sign-in", "/health", "/nothing/here")]
    for browser, path in (*asked, (stranger, "/sign-in"), (stranger, "/health")):
        answer = browser.get(path)
        assert answer.status_code == 503, path
        assert answer.headers["Retry-After"]
        assert "The database does not answer" in answer.text
    assert client.get("/static/css/vault.css").status_code == 200
    away.close()
