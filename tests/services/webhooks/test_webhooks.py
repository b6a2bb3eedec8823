"""Webhooks: an event is put down with its change, sent signed, tried again, given up, and sent once more on request."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.servers.receiver import Received, Receiver, receiving
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.people import Membership, User
from vault.db.entities.webhooks import DeliveryState, Webhook, WebhookDelivery
from vault.db.entities.work import Job, JobState, Task
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.events import Event
from vault.domain.findings import Finding, Outcome, Severity
from vault.domain.ids import new_id
from vault.domain.message import Message
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.jobs.work import perform
from vault.services.journal.notes import record
from vault.services.tasks import tasks
from vault.services.vault import Vault
from vault.services.webhooks import deliveries, webhooks
from vault.services.webhooks.targets import Way, allowed_networks

ALL = [event.value for event in Event]


@pytest.fixture
def vault(vault: Vault) -> Vault:
    """May send to this machine."""
    return replace(vault, way_out=Way(allowed_networks("127.0.0.0/8"), seconds=2))


@pytest.fixture
def accounts(vault: Vault) -> tuple[str, str]:
    """Two seller accounts."""
    with vault.database.transaction() as session:
        made = [
            SellerAccount(id=new_id(), name=name, legal_name=name, marketplaces=[], created_at=vault.clock())
            for name in ("One", "Two")
        ]
        session.add_all(made)
        return made[0].id, made[1].id


@pytest.fixture
def manager(vault: Vault, accounts: tuple[str, str]) -> Actor:
    return member(vault, accounts[0], "manager")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


def member(vault: Vault, account_id: str, name: str, role: Role = Role.MANAGER) -> Actor:
    """Somebody with this role in the seller account."""
    now = vault.clock()
    user = User(id=new_id(), email=f"{name}@one.example", name=name, created_at=now)
    user.memberships.append(Membership(account_id=account_id, role=role, since=now))
    with vault.database.transaction() as session:
        session.add(user)
    return Actor(user.id, name, {account_id: role})


def gap(severity: Severity = Severity.HIGH) -> Finding:
    return Finding(
        "account.health", Outcome.FAIL, Message("The rating is %(rating)s.", {"rating": "150"}), "r/1", severity
    )


def judge(vault: Vault, account_id: str, *findings: Finding, other: str | None = None, kind: str = "account") -> None:
    subject = tasks.Subject(kind, "x" + account_id, account_id, other)
    with vault.database.transaction() as session:
        record(session, vault, tasks.reconcile(session, vault, subject, findings))


def deliver(vault: Vault) -> None:
    """What the scheduler and a worker do."""
    deliveries.send_due(vault)
    with vault.database.reading() as session:
        jobs = session.scalars(select(Job.id).where(Job.state == JobState.WAITING)).all()
    for job_id in jobs:
        perform(vault, job_id)


def log(vault: Vault) -> list[WebhookDelivery]:
    with vault.database.reading() as session:
        return list(session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.created_at, WebhookDelivery.id)))


def bodies(receiver: Receiver) -> list[dict[str, Any]]:
    return [json.loads(each.body) for each in receiver.received]


def test_a_task_that_opens_is_told_with_a_signature_that_verifies(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver
) -> None:
    _, secret = webhooks.create(vault, manager, accounts[0], receiver.url, ["task.opened"])
    judge(vault, accounts[0], gap())
    deliver(vault)
    [got] = receiver.received
    timestamp, signature = (part.split("=")[1] for part in got.headers["Vault-Signature"].split(","))
    expected = hmac.new(secret.encode(), timestamp.encode() + b"." + got.body, hashlib.sha256).hexdigest()
    assert (signature, timestamp) == (expected, got.headers["Vault-Timestamp"])
    told = json.loads(got.body)
    assert (told["event"], got.headers["Vault-Event"]) == ("task.opened", "task.opened")
    assert told["id"] == got.headers["Vault-Event-Id"] == log(vault)[0].id
    assert told["account"] == {"id": accounts[0], "name": "One"}
    assert (told["task"]["title"], told["task"]["severity"]) == ("The rating is 150.", "high")
    assert log(vault)[0].state == DeliveryState.DELIVERED


def test_only_the_chosen_events_of_the_own_account_are_told(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver
) -> None:
    webhooks.create(vault, manager, accounts[0], receiver.url, ["task.done", "link.raised"])
    judge(vault, accounts[0], gap())
    judge(vault, accounts[1], gap())
    judge(vault, accounts[0])
    judge(vault, accounts[0], gap(), kind="link")
    deliver(vault)
    assert [told["event"] for told in bodies(receiver)] == ["task.done", "link.raised"]


def test_what_tells_of_a_second_account_is_told_to_nobody(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver, clock: Clock
) -> None:
    webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    judge(vault, accounts[0], gap(), other=accounts[1], kind="link")
    clock.advance(timedelta(days=30))
    deliveries.announce_overdue(vault)
    judge(vault, accounts[0], other=accounts[1], kind="link")
    assert log(vault) == []


def test_a_change_that_is_not_kept_is_not_told(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver
) -> None:
    webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    with vault.database.transaction() as session:
        notes = tasks.reconcile(session, vault, tasks.Subject("account", "x", accounts[0]), [gap()])
        record(session, vault, notes)
        session.rollback()
    assert log(vault) == []


def test_a_failed_delivery_is_tried_again_with_growing_pauses_and_the_same_id(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver, clock: Clock
) -> None:
    receiver.answers = [500, 503, 200]
    webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    judge(vault, accounts[0], gap())
    pauses = []
    for _ in range(3):
        deliver(vault)
        [entry] = log(vault)
        if entry.next_try_at:
            pauses.append(entry.next_try_at - clock())
            deliver(vault)  # too early: nothing is sent
            clock.advance(pauses[-1])
    assert pauses == [timedelta(seconds=15), timedelta(seconds=60)]
    assert [entry["status"] for entry in log(vault)[0].tries] == [500, 503, 200]
    assert len({each.headers["Vault-Event-Id"] for each in receiver.received}) == 1
    assert len({each.headers["Vault-Signature"] for each in receiver.received}) == 3


def test_it_is_given_up_in_the_end_and_can_be_sent_once_more(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver, clock: Clock
) -> None:
    receiver.answers = [404]
    webhook, _ = webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    judge(vault, accounts[0], gap())
    for _ in range(vault.settings.webhook_attempts + 3):
        deliver(vault)
        clock.advance(timedelta(hours=17))
    [entry] = log(vault)
    assert (entry.state, len(receiver.received)) == (DeliveryState.GIVEN_UP, vault.settings.webhook_attempts)
    receiver.answers = [204]
    webhooks.redeliver(vault, manager, accounts[0], webhook.id, entry.id)
    deliver(vault)
    assert log(vault)[0].state == DeliveryState.DELIVERED
    assert receiver.received[-1].body == receiver.received[0].body


def test_a_receiver_that_is_down_is_left_in_peace_by_all_that_waits(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver
) -> None:
    receiver.answers = [500]
    webhook, _ = webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    for _ in range(3):
        webhooks.ping(vault, manager, accounts[0], webhook.id)
    deliver(vault)
    deliver(vault)
    assert len(receiver.received) == 1


def test_one_event_that_is_refused_does_not_hold_up_the_others(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver
) -> None:
    receiver.answers = [422, 200]
    webhook, _ = webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    for _ in range(3):
        webhooks.ping(vault, manager, accounts[0], webhook.id)
    deliver(vault)
    assert [entry.state for entry in log(vault)].count(DeliveryState.DELIVERED) == 2


def test_a_task_that_falls_overdue_is_told_once(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver, clock: Clock
) -> None:
    webhooks.create(vault, manager, accounts[0], receiver.url, ["task.overdue"])
    judge(vault, accounts[0], gap())
    days = vault.rules.due_days[Severity.HIGH]
    clock.advance(timedelta(days=days))
    assert deliveries.announce_overdue(vault) == 0
    clock.advance(timedelta(days=1))
    assert (deliveries.announce_overdue(vault), deliveries.announce_overdue(vault)) == (1, 0)
    clock.advance(timedelta(days=60))
    assert deliveries.announce_overdue(vault) == 0


def test_what_happens_during_a_pause_is_not_sent(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver
) -> None:
    webhook, _ = webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    webhooks.set_paused(vault, manager, accounts[0], webhook.id, True)
    judge(vault, accounts[0], gap())
    with pytest.raises(Invalid):
        webhooks.ping(vault, manager, accounts[0], webhook.id)
    webhooks.set_paused(vault, manager, accounts[0], webhook.id, False)
    deliver(vault)
    assert receiver.received == []


def signatures(got: Received) -> list[str]:
    """The v1 values of the header."""
    stamp, *macs = got.headers["Vault-Signature"].split(",")
    assert stamp == f"t={got.headers['Vault-Timestamp']}"
    return [mac.removeprefix("v1=") for mac in macs]


def expected(secret: str, got: Received) -> str:
    signed = got.headers["Vault-Timestamp"].encode() + b"." + got.body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def test_the_old_secret_signs_beside_a_new_one_for_a_day(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver, clock: Clock
) -> None:
    webhook, old = webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    new = webhooks.renew_secret(vault, manager, accounts[0], webhook.id)
    for _ in range(2):
        webhooks.ping(vault, manager, accounts[0], webhook.id)
        deliver(vault)
        clock.advance(webhooks.OVERLAP)
    both, one = receiver.received
    assert signatures(both) == [expected(new, both), expected(old, both)]
    assert signatures(one) == [expected(new, one)]


def test_an_old_secret_that_somebody_knows_signs_nothing_any_more(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver
) -> None:
    webhook, _ = webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    webhooks.renew_secret(vault, manager, accounts[0], webhook.id)
    newest = webhooks.renew_secret(vault, manager, accounts[0], webhook.id, at_once=True)
    webhooks.ping(vault, manager, accounts[0], webhook.id)
    deliver(vault)
    [got] = receiver.received
    assert signatures(got) == [expected(newest, got)]


def test_neither_the_address_nor_the_secret_is_kept_in_clear(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver
) -> None:
    webhook, secret = webhooks.create(vault, manager, accounts[0], receiver.url + "/T0KEN", ALL)
    with vault.database.reading() as session:
        kept = session.get_one(Webhook, webhook.id)
    assert "T0KEN" not in kept.url + kept.host
    assert secret not in kept.secret
    assert webhooks.address_of(vault, kept) == receiver.url + "/T0KEN"


def test_a_long_answer_is_kept_in_part_and_one_with_nul_at_all(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver
) -> None:
    receiver.body = b"\x00\xff<script>" + b"x" * 10_000
    webhook, _ = webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    webhooks.ping(vault, manager, accounts[0], webhook.id)
    deliver(vault)
    assert len(log(vault)[0].answer) == 500
    assert "\0" not in log(vault)[0].answer


@pytest.mark.parametrize(
    ("url", "events", "problems"),
    [
        ("https://127.0.0.1/", [], {"events"}),
        ("https://10.0.0.1/", ALL, {"url"}),
        ("https://[::ffff:169.254.169.254]/", ALL, {"url"}),
        ("http://8.8.8.8/", ALL, {"url"}),
        ("javascript:alert(1)", ["nonsense"], {"url", "events"}),
    ],
)
def test_what_can_never_be_sent_is_refused_at_once(
    vault: Vault, accounts: tuple[str, str], manager: Actor, url: str, events: list[str], problems: set[str]
) -> None:
    with pytest.raises(Invalid) as refused:
        webhooks.create(vault, manager, accounts[0], url, events)
    assert set(refused.value.problems) == problems


def test_only_those_who_manage_the_account_know_of_its_webhooks(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver
) -> None:
    webhook, _ = webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    assistant, stranger = Actor("a", "A", {accounts[0]: Role.ASSISTANT}), Actor("s", "S", {accounts[1]: Role.OWNER})
    for actor, error in ((assistant, Forbidden), (stranger, NotFound)):
        with pytest.raises(error):
            webhooks.list_webhooks(vault, actor, accounts[0])
        with pytest.raises(error):
            webhooks.ping(vault, actor, accounts[0], webhook.id)
    with pytest.raises(NotFound):
        webhooks.get_webhook(vault, stranger, accounts[1], webhook.id)


def test_old_deliveries_are_forgotten_and_waiting_ones_are_not(
    vault: Vault, accounts: tuple[str, str], manager: Actor, receiver: Receiver, clock: Clock
) -> None:
    webhook, _ = webhooks.create(vault, manager, accounts[0], receiver.url, ALL)
    webhooks.ping(vault, manager, accounts[0], webhook.id)
    deliver(vault)
    webhooks.ping(vault, manager, accounts[0], webhook.id)
    clock.advance(timedelta(days=31))
    assert deliveries.forget_old(vault) == 1
    assert [entry.state for entry in log(vault)] == [DeliveryState.WAITING]
    webhooks.remove(vault, manager, accounts[0], webhook.id)
    assert log(vault) == []


def test_a_webhook_without_takers_costs_the_change_nothing(vault: Vault, accounts: tuple[str, str]) -> None:
    judge(vault, accounts[0], gap())
    with vault.database.reading() as session:
        assert session.scalars(select(Task.account_id)).all() == [accounts[0]]
    assert deliveries.send_due(vault) == 0
