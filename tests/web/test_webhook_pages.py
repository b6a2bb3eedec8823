"""The pages of webhooks, and the calendar that programs fetch."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.servers.receiver import Receiver, receiving
from tests.web.desk import Desk, sit_down
from tests.web.world import World, make_world
from vault.app import create_app
from vault.db.entities.people import Membership, User
from vault.db.entities.webhooks import CalendarFeed, Webhook, WebhookDelivery
from vault.db.entities.work import Task
from vault.domain.roles import Role
from vault.services.vault import Vault
from vault.services.webhooks import deliveries
from vault.services.webhooks.targets import Way, allowed_networks


@pytest.fixture
def vault(vault: Vault) -> Vault:
    return replace(vault, way_out=Way(allowed_networks("127.0.0.0/8"), seconds=2))


@pytest.fixture
def app(vault: Vault) -> Flask:
    return create_app(vault=vault)


@pytest.fixture
def world(vault: Vault) -> World:
    return make_world(vault)


@pytest.fixture
def desk(app: Flask, world: World) -> Desk:
    return sit_down(app, world.people["owner"], world.ours["account_id"])


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


def test_the_secret_of_a_new_webhook_is_shown_once(desk: Desk, receiver: Receiver) -> None:
    answer = desk.post("/webhooks", url=receiver.url, events=["task.opened"])
    assert (answer.status_code, "whsec_" in answer.text) == (200, True)
    assert "whsec_" not in desk.get("/webhooks").text


def test_what_cannot_be_sent_to_is_said_beside_the_field(desk: Desk) -> None:
    answer = desk.post("/webhooks", url="https://169.254.169.254/latest", events=["task.opened"])
    assert (answer.status_code, "private network" in answer.text) == (422, True)


def test_what_a_receiver_answers_is_shown_as_text_and_nothing_else(desk: Desk, vault: Vault, world: World) -> None:
    with vault.database.transaction() as session:
        delivery = session.get_one(WebhookDelivery, world.ours["delivery_id"])
        delivery.answer = "<script>alert(1)</script>"
        delivery.tries = [{"at": "2026-10-31T09:00:00+00:00", "took_ms": 12, "status": 500, "problem": ""}]
    page = desk.get(f"/webhooks/{world.ours['webhook_id']}").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "Status 500" in page


def test_a_webhook_is_changed_paused_and_removed(desk: Desk, world: World, receiver: Receiver) -> None:
    address = f"/webhooks/{world.ours['webhook_id']}"
    assert desk.post(address, url=receiver.url, events=["task.done"]).status_code == 303
    assert "127.0.0.1" in desk.get("/webhooks").text
    desk.post(f"{address}/pause")
    assert "Paused since" in desk.get(address).text
    assert "paused" in desk.client.get(desk.post(f"{address}/ping").location).text
    desk.post(f"{address}/remove")
    assert desk.get(address).status_code == 404


def test_a_webhook_that_nobody_answers_for_says_so_and_goes_on_in_another_name(
    desk: Desk, vault: Vault, world: World
) -> None:
    address = f"/webhooks/{world.ours['webhook_id']}"
    with vault.database.transaction() as session:
        session.get_one(Webhook, world.ours["webhook_id"]).responsible_id = world.people["assistant"]
    assert "Stopped" in desk.get("/webhooks").text
    assert "no longer manages this seller account" in desk.get(address).text
    assert "in your name" in desk.client.get(desk.post(f"{address}/ping").location).text
    desk.post(f"{address}/resume")
    assert "Stopped" not in desk.get(address).text


def test_the_page_of_a_new_secret_says_how_long_the_old_one_signs(desk: Desk, world: World) -> None:
    address = f"/webhooks/{world.ours['webhook_id']}/secret"
    assert "a second v1" in desk.post(address).text
    assert "a second v1" not in desk.post(address, at_once="1").text


def test_old_names_of_the_header_stay(desk: Desk, world: World) -> None:
    assert deliveries.SIGNATURE in desk.post(f"/webhooks/{world.ours['webhook_id']}/secret").text


def address_for(desk: Desk, what: str = "everything") -> str:
    """The path of a new calendar address."""
    page = desk.client.post("/profile/calendar", data={"csrf_token": desk.token, "what": what}).text
    return page.partition('id="address">')[2].partition("<")[0].removeprefix("http://127.0.0.1:8080")


def summaries(answer: TestResponse) -> list[str]:
    return [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]


def test_a_calendar_program_gets_the_tasks_without_signing_in(app: Flask, desk: Desk, world: World) -> None:
    answer = app.test_client().get(address_for(desk))
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    events = {str(event["UID"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}
    event = events[f"task-{world.ours['task_id']}@sellervault"]
    assert (event["SUMMARY"], event["DTSTART"].dt) == ("Look", date(2026, 10, 31))
    assert not any(world.theirs["task_id"] in uid for uid in events)
    assert answer.headers.getlist("Set-Cookie") == []


def test_without_more_only_ones_own_tasks_are_in_it(app: Flask, desk: Desk, vault: Vault, world: World) -> None:
    path = address_for(desk, "mine")
    assert "Look" not in summaries(app.test_client().get(path))
    with vault.database.transaction() as session:
        session.get_one(Task, world.ours["task_id"]).assignee_id = world.people["owner"]
    assert "Look" in summaries(app.test_client().get(path))


def test_what_has_not_changed_is_not_sent_again(app: Flask, desk: Desk) -> None:
    path, client = address_for(desk), app.test_client()
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_changed_entry_keeps_its_name_and_gets_a_higher_number(
    app: Flask, desk: Desk, vault: Vault, world: World, clock: Clock
) -> None:
    path, client = address_for(desk), app.test_client()

    def entry() -> tuple[int, object]:
        found = Calendar.from_ical(client.get(path).data).walk("VEVENT")
        [event] = [event for event in found if world.ours["task_id"] in event["UID"]]
        return int(event["SEQUENCE"]), event["LAST-MODIFIED"].dt

    before = entry()
    clock.advance(timedelta(hours=1))
    assert entry() == before == (0, before[1])
    with vault.database.transaction() as session:
        session.get_one(Task, world.ours["task_id"]).due_on += timedelta(days=3)
    assert entry() == (1, clock())


def test_what_the_person_may_not_see_any_more_is_gone_at_once(
    app: Flask, desk: Desk, vault: Vault, world: World
) -> None:
    path = address_for(desk)
    with vault.database.transaction() as session:
        task = session.get_one(Task, world.ours["task_id"])
        task.other_account_id = world.theirs["account_id"]
    assert world.ours["task_id"] not in app.test_client().get(path).text
    with vault.database.transaction() as session:
        owner = session.get_one(User, world.people["owner"])
        owner.memberships.clear()
    assert summaries(app.test_client().get(path)) == []


@pytest.mark.parametrize("what", ["disabled", "without a second factor", "revoked", "renewed"])
def test_the_address_stops_working(app: Flask, desk: Desk, vault: Vault, world: World, clock: Clock, what: str) -> None:
    path = address_for(desk)
    with vault.database.transaction() as session:
        owner = session.get_one(User, world.people["owner"])
        owner.disabled_at = clock() if what == "disabled" else None
        owner.totp_secret = None if what == "without a second factor" else owner.totp_secret
    if what == "revoked":
        desk.client.post("/profile/calendar/revoke", data={"csrf_token": desk.token})
    if what == "renewed":
        address_for(desk)
    assert app.test_client().get(path).status_code == 404


def test_only_a_hash_of_the_address_is_kept(desk: Desk, vault: Vault) -> None:
    token = address_for(desk).removeprefix("/calendar/").removesuffix(".ics")
    with vault.database.reading() as session:
        kept = session.query(CalendarFeed).one()
    assert len(token) >= 40
    assert token not in (kept.id, kept.token_hash)


def test_too_many_fetches_are_slowed_down(app: Flask, desk: Desk) -> None:
    path, client = address_for(desk), app.test_client()
    answers = [client.get(path) for _ in range(61)]
    assert {answer.status_code for answer in answers[:60]} == {200}
    assert answers[60].status_code == 429
    assert {client.get("/calendar/guess.ics").status_code for _ in range(31)} == {404, 429}


def test_the_address_stands_in_no_log(
    app: Flask, desk: Desk, vault: Vault, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = address_for(desk)
    with vault.database.transaction() as session:
        member = session.query(Membership).filter_by(role=Role.OWNER).first()
        assert member is not None
        member.role = "no such role"  # whatever goes wrong inside
    client = app.test_client()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert client.get(path).status_code == 500
    printed = capsys.readouterr()
    assert "fault" in printed.out + printed.err
    assert path.removeprefix("/calendar/") not in printed.out + printed.err


def test_text_of_strangers_cannot_break_out_of_its_line(app: Flask, desk: Desk, vault: Vault, world: World) -> None:
    with vault.database.transaction() as session:
        task = session.get_one(Task, world.ours["task_id"])
        task.title = {"text": "%(x)s", "params": {"x": "a;b,c\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT\r\n\x00"}}
    answer = app.test_client().get(address_for(desk))
    assert b"\r\nUID:evil" not in answer.data
    assert any("evil" in summary for summary in summaries(answer))
