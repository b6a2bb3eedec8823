"""Sessions live on the server, and die there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.first_use import Owner
from tests.web.conftest import Browser
from tests.web.signing import STEP_SECONDS, current_code
from vault.app import create_app
from vault.db.entities.people import WebSession
from vault.domain.errors import Misconfigured
from vault.services.people import people, rescue, web_sessions
from vault.services.vault import Vault

COOKIE = "sellervault-8080"


@pytest.fixture
def signed_in(vault: Vault, browser: Browser, owner: Owner) -> Browser:
    browser.sign_in(vault, owner)
    assert browser.is_signed_in()
    return browser


def test_signing_in_gives_a_new_session_and_kills_the_one_before(
    vault: Vault, open_browser: Callable[[], Browser], owner: Owner
) -> None:
    victim, thief = open_browser(), open_browser()
    victim.get("/sign-in")
    planted = victim.cookie()
    victim.sign_in(vault, owner)
    assert victim.cookie() != planted
    thief.client.set_cookie(COOKIE, planted)
    assert not thief.is_signed_in()


def test_a_cookie_of_ones_own_making_is_never_adopted(vault: Vault, browser: Browser, owner: Owner) -> None:
    browser.client.set_cookie(COOKIE, "my-own-choice")
    browser.sign_in(vault, owner)
    assert browser.cookie() not in ("", "my-own-choice")


def test_after_signing_out_the_old_cookie_opens_nothing(signed_in: Browser) -> None:
    kept = signed_in.cookie()
    signed_in.post("/sign-out", page="/profile")
    assert signed_in.cookie() == ""
    signed_in.client.set_cookie(COOKIE, kept)
    assert not signed_in.is_signed_in()


def test_a_request_that_began_before_signing_out_does_not_bring_the_session_back(
    vault: Vault, signed_in: Browser
) -> None:
    token = signed_in.cookie()
    held = web_sessions.find(vault, token)
    assert held is not None
    signed_in.post("/sign-out", page="/profile")
    web_sessions.save(vault, token, held.user_id, held.data)
    assert web_sessions.find(vault, token) is None


def test_the_database_knows_only_a_hash_of_what_the_cookie_carries(vault: Vault, signed_in: Browser) -> None:
    with vault.database.reading() as session:
        rows = session.scalars(select(WebSession)).all()
    assert rows
    assert all(signed_in.cookie() not in (row.token_hash, str(row.data)) for row in rows)


def test_a_disabled_person_is_out_at_once(vault: Vault, signed_in: Browser, owner: Owner) -> None:
    people.set_disabled(vault, "terminal", owner.actor.id, True)
    assert not signed_in.is_signed_in()


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    vault: Vault, signed_in: Browser, open_browser: Callable[[], Browser], owner: Owner, clock: Clock
) -> None:
    clock.advance(timedelta(seconds=STEP_SECONDS))
    other = open_browser()
    other.sign_in(vault, owner)
    assert other.is_signed_in()
    before = signed_in.cookie()
    signed_in.post("/profile/password", password="sept-renards-dansent-32")
    assert signed_in.is_signed_in()
    assert signed_in.cookie() != before
    assert not other.is_signed_in()


def test_a_password_set_on_the_terminal_ends_every_session(vault: Vault, signed_in: Browser, owner: Owner) -> None:
    rescue.reset_password(vault, owner.email, "sept-renards-dansent-32", "terminal")
    assert not signed_in.is_signed_in()


def test_another_phone_as_second_factor_ends_the_other_sessions(
    vault: Vault, signed_in: Browser, open_browser: Callable[[], Browser], owner: Owner, clock: Clock
) -> None:
    clock.advance(timedelta(seconds=STEP_SECONDS))
    other = open_browser()
    other.sign_in(vault, owner)
    page = signed_in.get("/profile/second-factor").text
    secret = "".join(page.split('id="secret">')[1].split("<")[0].split())
    signed_in.post("/profile/second-factor", code=current_code(vault, replace(owner, secret=secret)))
    assert signed_in.is_signed_in()
    assert not other.is_signed_in()


def test_one_can_sign_out_everywhere_else(
    vault: Vault, signed_in: Browser, open_browser: Callable[[], Browser], owner: Owner, clock: Clock
) -> None:
    clock.advance(timedelta(seconds=STEP_SECONDS))
    other = open_browser()
    other.sign_in(vault, owner)
    signed_in.post("/profile/end-other-sessions", page="/profile")
    assert signed_in.is_signed_in()
    assert not other.is_signed_in()


def test_an_idle_session_ends(signed_in: Browser, clock: Clock) -> None:
    clock.advance(web_sessions.IDLE - timedelta(minutes=1))
    assert signed_in.is_signed_in()
    clock.advance(web_sessions.IDLE + timedelta(minutes=1))
    assert not signed_in.is_signed_in()


def test_a_session_in_constant_use_ends_all_the_same(signed_in: Browser, clock: Clock) -> None:
    hours = int(web_sessions.ABSOLUTE / timedelta(hours=1))
    for _ in range(hours - 1):
        clock.advance(timedelta(hours=1))
        assert signed_in.is_signed_in()
    clock.advance(timedelta(hours=1))
    assert not signed_in.is_signed_in()


def test_ended_sessions_are_swept(vault: Vault, signed_in: Browser, clock: Clock) -> None:
    clock.advance(web_sessions.ABSOLUTE)
    assert web_sessions.sweep(vault) >= 1
    with vault.database.reading() as session:
        assert session.scalars(select(WebSession)).all() == []


def test_over_https_the_cookie_belongs_to_this_host_alone(vault: Vault) -> None:
    settings = replace(vault.settings, public_url="https://vault.example")
    client = create_app(vault=replace(vault, settings=settings)).test_client()
    answer = client.get("/sign-in", base_url="https://vault.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-sellervault=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_on_loopback_the_cookie_is_out_of_scripts_reach(browser: Browser) -> None:
    cookie = browser.get("/sign-in").headers["Set-Cookie"]
    assert {"HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.parametrize("address", ["http://vault.example", "http://192.168.1.20:8080"])
def test_plain_http_is_refused_beyond_loopback(vault: Vault, address: str) -> None:
    settings = replace(vault.settings, public_url=address)
    with pytest.raises(Misconfigured):
        create_app(vault=replace(vault, settings=settings))
