"""Every address × everybody × own and foreign things."""

import pytest
from flask import Flask
from werkzeug.routing import Rule as Route
from werkzeug.test import TestResponse

from tests.web.access_rules import CHANGES, RULES, Audience, Rule, rule_for
from tests.web.world import World, make_world, sign_in
from vault.db.entities.people import User
from vault.domain.ids import new_id
from vault.domain.roles import PERMISSIONS, Permission, Role
from vault.journal.reader import read_head
from vault.services.vault import Vault

_METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
_ENDPOINTS = sorted(RULES)
# Answers of a service that was reached: done, sent on, or refused for what was asked and not for who asks.
_REACHED = {200, 201, 202, 204, 302, 303, 409, 422}


@pytest.fixture
def world(vault: Vault) -> World:
    return make_world(vault)


def routes(app: Flask, endpoint: str) -> list[tuple[Route, str]]:
    """Each way to call an endpoint: its route and a method."""
    found = [route for route in app.url_map.iter_rules() if route.endpoint == endpoint]
    return [(route, method) for route in found for method in sorted((route.methods or set()) & _METHODS)]


def call(app: Flask, who: str | None, route: Route, method: str, rule: Rule, ids: dict[str, str]) -> TestResponse:
    """Calls a route as somebody, with the form's token and everything a valid request holds."""
    client, token = sign_in(app, who) if who else (app.test_client(), "")
    values = {**ids, **rule.values}
    with app.test_request_context():
        built = route.build({name: values[name] for name in route.arguments}, append_unknown=False)
    assert built is not None
    data = {"csrf_token": token, **rule.form()} if method != "GET" else None
    return client.open(built[1], method=method, data=data)


def is_allowed(rule: Rule, name: str) -> bool:
    if isinstance(rule.allowed, Permission):
        role = Role.OWNER if name == "chief" else Role(name) if name in set(Role) else None
        return role is not None and rule.allowed in PERMISSIONS[role]
    if rule.allowed is Audience.ADMINISTRATOR:
        return name in ("administrator", "chief")
    return rule.allowed is not Audience.CHIEF or name == "chief"


def test_every_route_says_whom_it_is_for(app: Flask) -> None:
    endpoints = {route.endpoint for route in app.url_map.iter_rules()} - {"static"}
    assert endpoints == set(RULES), "add a row to tests/web/access_rules.py for each new endpoint"
    assert set(CHANGES) <= set(RULES)


@pytest.mark.parametrize("endpoint", _ENDPOINTS)
def test_a_visitor_gets_no_further_than_the_sign_in(app: Flask, world: World, endpoint: str) -> None:
    for route, method in routes(app, endpoint):
        rule = rule_for(endpoint, method)
        answer = call(app, None, route, method, rule, world.ours)
        sent_to_sign_in = answer.status_code == 401 or (answer.location or "").startswith("/sign-in")
        if rule.allowed is not Audience.ANYBODY:
            assert sent_to_sign_in, (endpoint, method)


@pytest.mark.parametrize("endpoint", _ENDPOINTS)
def test_a_role_opens_what_it_permits_and_nothing_more(
    app: Flask, vault: Vault, world: World, endpoint: str
) -> None:
    for route, method in routes(app, endpoint):
        rule = rule_for(endpoint, method)
        if rule.allowed is Audience.ANYBODY:
            continue
        refused = [name for name in world.people if not is_allowed(rule, name)]
        for name in refused:
            answer = call(app, world.people[name], route, method, rule, world.ours)
            is_member = name in set(Role)
            assert answer.status_code == (403 if is_member or "account_id" not in route.arguments else 404), name
        allowed = [name for name in world.people if is_allowed(rule, name)]
        answer = call(app, world.people[allowed[-1]], route, method, rule, world.ours)
        assert answer.status_code in _REACHED, (allowed[-1], method, answer.status_code)


@pytest.mark.parametrize("endpoint", [name for name in _ENDPOINTS if isinstance(RULES[name].allowed, Permission)])
def test_other_accounts_things_do_not_exist(app: Flask, world: World, endpoint: str) -> None:
    owner = world.people["owner"]
    for route, method in routes(app, endpoint):
        rule = rule_for(endpoint, method)
        nobodys = {name: new_id() for name in world.ours}
        assert call(app, owner, route, method, rule, world.theirs).status_code == 404
        assert call(app, owner, route, method, rule, nobodys).status_code == 404
        for name in route.arguments - {"account_id"} - set(rule.values):
            for others in (world.theirs, nobodys):
                mixed = {**world.ours, name: others[name]}
                assert call(app, owner, route, method, rule, mixed).status_code == 404, name


@pytest.mark.parametrize("endpoint", _ENDPOINTS)
def test_who_owes_a_second_factor_may_only_set_it_up(app: Flask, vault: Vault, world: World, endpoint: str) -> None:
    with vault.database.transaction() as session:
        session.get_one(User, world.people["owner"]).totp_secret = None
    for route, method in routes(app, endpoint):
        rule = rule_for(endpoint, method)
        if not rule.before_enrolment:
            answer = call(app, world.people["owner"], route, method, rule, world.ours)
            assert answer.location == "/profile/second-factor", method


@pytest.mark.parametrize("endpoint", _ENDPOINTS)
def test_a_change_without_the_forms_token_is_refused(app: Flask, world: World, endpoint: str) -> None:
    for route, method in routes(app, endpoint):
        if method == "GET":
            continue
        rule = rule_for(endpoint, method)
        name = next((name for name in world.people if is_allowed(rule, name)), "owner")
        client, _ = sign_in(app, world.people[name])
        with app.test_request_context():
            built = route.build({**world.ours, **rule.values}, append_unknown=False)
        assert built is not None
        answer = client.open(built[1], method=method, data=rule.form())
        assert (answer.status_code, "stale_form" in answer.text) == (400, True)


@pytest.mark.parametrize("endpoint", _ENDPOINTS)
def test_looking_changes_nothing(app: Flask, vault: Vault, world: World, endpoint: str) -> None:
    for route, method in routes(app, endpoint):
        if method != "GET":
            continue
        rule = rule_for(endpoint, method)
        name = next(name for name in world.people if is_allowed(rule, name))
        before = head(vault)
        call(app, world.people[name], route, method, rule, world.ours)
        assert head(vault) == before


@pytest.mark.parametrize("endpoint", _ENDPOINTS)
def test_every_answer_carries_the_protective_headers(app: Flask, world: World, endpoint: str) -> None:
    for route, method in routes(app, endpoint):
        rule = rule_for(endpoint, method)
        name = next(name for name in world.people if is_allowed(rule, name))
        headers = call(app, world.people[name], route, method, rule, world.ours).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "no-store" in headers["Cache-Control"] or "immutable" in headers["Cache-Control"]


def head(vault: Vault) -> object:
    with vault.database.reading() as session:
        return read_head(session.connection())
