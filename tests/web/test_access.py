"""Every address × everybody × own and foreign things."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule as Route
from werkzeug.test import TestResponse

from tests.web.access_rules import CHANGES, RULES, Audience, Rule, rule_for
from tests.web.world import World, make_world, sign_in
from vault.db.entities.people import User
from vault.domain.ids import new_id
from vault.domain.roles import PERMISSIONS, Permission, Role
from vault.journal.entry import Head
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
    data = {"csrf_token": token, **rule.form()} if method != "GET" else None
    return client.open(address(app, route, rule, ids), method=method, data=data)


def address(app: Flask, route: Route, rule: Rule, ids: dict[str, str]) -> str:
    values = {**ids, **rule.values}
    with app.test_request_context():
        built = route.build({name: values[name] for name in route.arguments}, append_unknown=False)
    assert built is not None
    return built[1]


def is_allowed(rule: Rule, name: str) -> bool:
    if isinstance(rule.allowed, Permission):
        role = Role.OWNER if name == "chief" else Role(name) if name in set(Role) else None
        return role is not None and rule.allowed in PERMISSIONS[role]
    if rule.allowed is Audience.ADMINISTRATOR:
        return name in ("administrator", "chief")
    if rule.allowed is Audience.ITS_OWN:
        return name == "owner"
    return rule.allowed is not Audience.CHIEF or name == "chief"


def everything(app: Flask) -> Iterator[tuple[Route, str, Rule]]:
    for endpoint in _ENDPOINTS:
        for route, method in routes(app, endpoint):
            yield route, method, rule_for(endpoint, method)


def first_allowed(world: World, rule: Rule) -> str:
    return next(user_id for name, user_id in world.people.items() if is_allowed(rule, name))


def test_every_route_says_whom_it_is_for(app: Flask) -> None:
    endpoints = {route.endpoint for route in app.url_map.iter_rules()} - {"static"}
    assert endpoints == set(RULES), "add a row to tests/web/access_rules.py for each new endpoint"
    assert set(CHANGES) <= set(RULES)


def test_a_visitor_gets_no_further_than_the_sign_in(app: Flask, world: World) -> None:
    for route, method, rule in everything(app):
        if rule.allowed is not Audience.ANYBODY:
            answer = call(app, None, route, method, rule, world.ours)
            assert answer.status_code == 401 or (answer.location or "").startswith("/sign-in"), (method, route.rule)


@pytest.mark.parametrize("endpoint", [name for name in _ENDPOINTS if RULES[name].allowed is not Audience.ANYBODY])
def test_a_role_opens_what_it_permits_and_nothing_more(app: Flask, world: World, endpoint: str) -> None:
    for route, method in routes(app, endpoint):
        rule = rule_for(endpoint, method)
        for name in (name for name in world.people if not is_allowed(rule, name)):
            answer = call(app, world.people[name], route, method, rule, world.ours)
            is_foreign = isinstance(rule.allowed, Permission) and name not in set(Role)
            is_foreign = is_foreign or rule.allowed is Audience.ITS_OWN
            assert answer.status_code == (404 if is_foreign else 403), (method, name)
        least = [name for name in world.people if is_allowed(rule, name) and name != "chief"] or ["chief"]
        answer = call(app, world.people[least[-1]], route, method, rule, world.ours)
        assert answer.status_code in _REACHED, (method, least[-1])


def test_other_accounts_things_do_not_exist(app: Flask, world: World) -> None:
    owner, nobodys = world.people["owner"], {name: new_id() for name in world.ours}
    for route, method, rule in everything(app):
        if not isinstance(rule.allowed, Permission) and rule.allowed is not Audience.ITS_OWN:
            continue
        things = route.arguments - {"account_id"} - set(rule.values)
        mixed = [{**world.ours, name: others[name]} for name in things for others in (world.theirs, nobodys)]
        for ids in (world.theirs, nobodys, *mixed):
            assert call(app, owner, route, method, rule, ids).status_code == 404, (method, route.rule)


def test_who_owes_a_second_factor_may_only_set_it_up(app: Flask, vault: Vault, world: World) -> None:
    with vault.database.transaction() as session:
        session.get_one(User, world.people["owner"]).totp_secret = None
    for route, method, rule in everything(app):
        if not rule.before_enrolment:
            answer = call(app, world.people["owner"], route, method, rule, world.ours)
            assert answer.location == "/profile/second-factor", (method, route.rule)


def test_a_change_without_the_forms_token_is_refused(app: Flask, world: World) -> None:
    for route, method, rule in everything(app):
        if method != "GET" and rule.needs_token:
            client, _ = sign_in(app, first_allowed(world, rule))
            answer = client.open(address(app, route, rule, world.ours), method=method, data=rule.form())
            assert (answer.status_code, "stale_form" in answer.text) == (400, True), (method, route.rule)


def test_looking_changes_nothing_and_carries_the_protective_headers(app: Flask, vault: Vault, world: World) -> None:
    before = head(vault)
    for route, method, rule in everything(app):
        if method == "GET":
            answer = call(app, first_allowed(world, rule), route, method, rule, world.ours)
            assert head(vault) == before, route.rule
            assert missing_protection(answer) == [], route.rule


def test_refusals_carry_the_protective_headers_too(app: Flask, world: World) -> None:
    client, _ = sign_in(app, world.people["owner"])
    for path in ("/no/such/page", f"/a/{world.theirs['account_id']}/documents", "/people"):
        assert missing_protection(client.get(path)) == []
    assert missing_protection(client.post("/health")) == []


def missing_protection(answer: TestResponse) -> list[str]:
    headers = answer.headers
    policy, caching = headers["Content-Security-Policy"], headers["Cache-Control"]
    wanted = {
        "only own sources": "default-src 'none'" in policy,
        "nothing inline": "unsafe" not in policy,
        "in no frame": headers["X-Frame-Options"] == "DENY",
        "no guessing of types": headers["X-Content-Type-Options"] == "nosniff",
        "no referrer elsewhere": headers["Referrer-Policy"] == "same-origin",
        "not kept by others": "no-store" in caching or "private" in caching,
    }
    return [name for name, is_there in wanted.items() if not is_there]


def head(vault: Vault) -> Head:
    with vault.database.reading() as session:
        return read_head(session.connection())
