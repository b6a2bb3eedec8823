"""Sending the events that wait for their webhooks: signed, tried again with growing pauses, given up in the end.

An event can arrive twice, when this process dies between sending and writing that down: its id stays the same.
"""

import hashlib
import hmac
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.webhooks import DeliveryState, Webhook, WebhookDelivery
from vault.db.entities.work import Job, JobState, Task, TaskState
from vault.domain.events import Event
from vault.services.days import today
from vault.services.jobs import jobs
from vault.services.jobs.heartbeat import kept_alive
from vault.services.jobs.jobs import JobKind
from vault.services.vault import Vault
from vault.services.webhooks import outbox
from vault.services.webhooks.outgoing import post
from vault.services.webhooks.rights import NOBODY_ANSWERS, answered_for, is_answered_for
from vault.services.webhooks.targets import NotSent

SIGNATURE = "Vault-Signature"
# The first pause; each further one is four times as long, up to the longest.
_PAUSE = timedelta(seconds=15)
_LONGEST_PAUSE = timedelta(hours=16)
# Where the receiver itself is ill, nothing else is tried there for so long at most.
_LONGEST_HOLD = timedelta(minutes=15)
# A worker gives its other work a turn after so many seconds.
_TURN_SECONDS = 20.0
_KEPT = timedelta(days=30)
# How long the service may have been off and still tell of what fell overdue meanwhile; shorter than the log is kept.
_CATCH_UP = timedelta(days=14)
_AT_ONCE = 500
_TRIES_SHOWN = 20
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True, slots=True)
class Parcel:
    """One event as it goes out. `url` and `secrets` are in clear: never log a parcel."""

    delivery_id: str
    event: str
    body: str
    url: str = field(repr=False)
    secrets: Sequence[str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a try. `status` is the receiver's, None where there was none; then `problem` says why."""

    status: int | None = None
    problem: str = ""
    answer: str = ""
    took_ms: int = 0

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_receiver_ill(self) -> bool:
        """Whether anything else would fail there too; other refusals are about this one event."""
        return self.status is None or self.status >= 500 or self.status == _TOO_MANY_REQUESTS


def sign(secrets: Sequence[str], timestamp: int, body: str) -> str:
    """``t=<seconds>,v1=<hex>``: HMAC-SHA256 of ``<seconds>.<body>`` under the webhook's secret, as UTF-8.

    While a new secret takes over, there is one ``v1`` for each of the two, the new one's first.
    """
    signed = f"{timestamp}.{body}".encode()
    macs = (hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets)
    return ",".join([f"t={timestamp}", *(f"v1={mac}" for mac in macs)])


def send_due(vault: Vault) -> int:
    """Gives each webhook that has something to send to a worker, unless one is at it. Returns how many."""
    _give_up_unanswered(vault)
    due = (WebhookDelivery.state == DeliveryState.WAITING, WebhookDelivery.next_try_at <= vault.clock())
    wanted = select(Webhook.id, Webhook.account_id).join(WebhookDelivery).where(Webhook.paused_at.is_(None), *due)
    with vault.database.reading() as session:
        waiting = session.execute(wanted.distinct()).all()
    return sum(_queue(vault, webhook_id, account_id) for webhook_id, account_id in waiting)


def deliver(vault: Vault, lease: jobs.Lease) -> None:
    """Sends what waits for one webhook, the oldest first, until nothing is due or its turn is over. Raises LeaseLost."""
    end = time.monotonic() + _TURN_SECONDS
    with kept_alive(vault, lease):
        while time.monotonic() < end and (parcel := _take(vault, lease.subject_id)):
            outcome = _send(vault, parcel)
            _write_down(vault, parcel.delivery_id, outcome)
            if not outcome.is_delivered and outcome.is_receiver_ill:
                break
    with jobs.effect(vault, lease):
        pass


def announce_overdue(vault: Vault) -> int:
    """Puts down each task of open accounts that has fallen overdue, once for each due date. Returns how many."""
    with vault.database.reading() as session:
        of_open = select(Webhook).join(SellerAccount).where(SellerAccount.closed_at.is_(None), answered_for())
        webhooks = session.scalars(of_open.where(Webhook.paused_at.is_(None))).all()
    return sum(_announce_overdue(vault, each.id) for each in webhooks if Event.TASK_OVERDUE in each.events)


def forget_old(vault: Vault) -> int:
    """Removes from the log what ended long ago. Returns how many."""
    ended = (WebhookDelivery.state != DeliveryState.WAITING, WebhookDelivery.created_at < vault.clock() - _KEPT)
    with vault.database.transaction() as session:
        ids = session.scalars(select(WebhookDelivery.id).where(*ended).limit(10_000)).all()
        session.execute(delete(WebhookDelivery).where(WebhookDelivery.id.in_(ids)))
    return len(ids)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts."""
    return min(_LONGEST_PAUSE, _PAUSE * (1 << 2 * min(attempts - 1, 10)))


def _give_up_unanswered(vault: Vault) -> None:
    """Ends what waits for webhooks for which nobody answers any more, and writes down why."""
    waiting = (WebhookDelivery.state == DeliveryState.WAITING, Webhook.paused_at.is_(None), ~answered_for())
    wanted = select(WebhookDelivery.id).join(Webhook).where(*waiting)
    with vault.database.reading() as session:
        ids = session.scalars(wanted.limit(_AT_ONCE)).all()
    if not ids:
        return
    # Looked at again under the lock: somebody may answer by now, and what was sent meanwhile stays sent.
    still = select(WebhookDelivery).join(Webhook).where(WebhookDelivery.id.in_(ids), *waiting)
    with vault.database.transaction() as session:
        for delivery in session.scalars(still.order_by(WebhookDelivery.id).with_for_update(of=WebhookDelivery)):
            delivery.tries = [*delivery.tries, _try(vault.clock(), Outcome(problem=NOBODY_ANSWERS))][-_TRIES_SHOWN:]
            delivery.state, delivery.next_try_at = DeliveryState.GIVEN_UP, None


def _queue(vault: Vault, webhook_id: str, account_id: str) -> bool:
    with vault.database.transaction() as session:
        alive = (Job.kind == JobKind.DELIVER_EVENTS, Job.state.in_((JobState.WAITING, JobState.RUNNING)))
        if session.scalar(select(Job.id).where(*alive, Job.subject_id == webhook_id).limit(1)):
            return False
        job = jobs.add(session, vault, JobKind.DELIVER_EVENTS, webhook_id, account_id)
    jobs.send(vault, job)
    return True


def _take(vault: Vault, webhook_id: str) -> Parcel | None:
    """The next event that is due, already counted as tried: who dies while sending has had its try."""
    now = vault.clock()
    due = (WebhookDelivery.state == DeliveryState.WAITING, WebhookDelivery.next_try_at <= now)
    wanted = (
        select(WebhookDelivery)
        .where(WebhookDelivery.webhook_id == webhook_id, *due)
        .order_by(WebhookDelivery.created_at, WebhookDelivery.id)
        .limit(1)
    )
    with vault.database.transaction() as session:
        webhook = session.get(Webhook, webhook_id)
        delivery = session.scalar(wanted.with_for_update(skip_locked=True))
        if webhook is None or webhook.paused_at is not None or delivery is None:
            return None
        if not is_answered_for(session, webhook_id):
            return None
        delivery.attempts += 1
        delivery.next_try_at = now + pause_after(delivery.attempts)
        kept = [webhook.secret]
        if webhook.former_secret and webhook.former_until is not None and webhook.former_until > now:
            kept.append(webhook.former_secret)
        url, *secrets = (vault.secrets.decrypt(text) for text in (webhook.url, *kept))
        return Parcel(delivery.id, delivery.event, delivery.body, url, secrets)


def _send(vault: Vault, parcel: Parcel) -> Outcome:
    timestamp = int(vault.clock().timestamp())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "SellerVault-Webhook/1",
        "Vault-Event": parcel.event,
        "Vault-Event-Id": parcel.delivery_id,
        "Vault-Timestamp": str(timestamp),
        SIGNATURE: sign(parcel.secrets, timestamp, parcel.body),
    }
    started = time.monotonic()
    try:
        answer = post(parcel.url, parcel.body.encode(), headers, vault.way_out)
    except NotSent as error:
        return Outcome(problem=error.reason, took_ms=_milliseconds_since(started))
    return Outcome(answer.status, answer=_storable(answer.beginning), took_ms=_milliseconds_since(started))


def _write_down(vault: Vault, delivery_id: str, outcome: Outcome) -> None:
    now = vault.clock()
    with vault.database.transaction() as session:
        delivery = session.get(WebhookDelivery, delivery_id, with_for_update=True)
        if delivery is None:
            return  # the webhook was removed meanwhile
        delivery.tries = [*delivery.tries, _try(now, outcome)][-_TRIES_SHOWN:]
        delivery.answer = outcome.answer
        if outcome.is_delivered:
            delivery.state, delivery.next_try_at = DeliveryState.DELIVERED, None
        elif delivery.attempts >= vault.settings.webhook_attempts:
            delivery.state, delivery.next_try_at = DeliveryState.GIVEN_UP, None
        if not outcome.is_delivered and outcome.is_receiver_ill:
            _hold(session, delivery, now)


def _hold(session: Session, delivery: WebhookDelivery, now: datetime) -> None:
    """Leaves an ill receiver in peace: what else waits for it waits as long as this event does, within reason."""
    until = now + min(_LONGEST_HOLD, pause_after(delivery.attempts))
    waiting = (WebhookDelivery.webhook_id == delivery.webhook_id, WebhookDelivery.state == DeliveryState.WAITING)
    session.execute(
        update(WebhookDelivery)
        .where(*waiting, WebhookDelivery.next_try_at < until, WebhookDelivery.id != delivery.id)
        .values(next_try_at=until)
    )


def _try(now: datetime, outcome: Outcome) -> Mapping[str, Any]:
    at = now.isoformat(timespec="seconds")
    return {"at": at, "took_ms": outcome.took_ms, "status": outcome.status, "problem": outcome.problem}


def _announce_overdue(vault: Vault, webhook_id: str) -> int:
    day = today(vault)
    with vault.database.transaction() as session:
        webhook = session.get(Webhook, webhook_id, with_for_update=True)
        if webhook is None or webhook.paused_at is not None:
            return 0
        since = max(day - _CATCH_UP, webhook.created_at.date())
        told = set(session.scalars(_told_overdue(webhook_id)))
        tasks = session.scalars(
            select(Task)
            .where(Task.account_id == webhook.account_id, Task.state == TaskState.OPEN)
            .where(Task.due_on < day, Task.due_on >= since, Task.other_account_id.is_(None))
            .order_by(Task.due_on, Task.id)
        )
        new = [task for task in tasks if _overdue_key(task) not in told][:_AT_ONCE]
        for task in new:
            facts = outbox.task_facts(vault, task)
            outbox.put(session, vault, webhook, Event.TASK_OVERDUE, facts, _overdue_key(task))
    return len(new)


def _told_overdue(webhook_id: str) -> Any:
    of_webhook = (WebhookDelivery.webhook_id == webhook_id, WebhookDelivery.event == Event.TASK_OVERDUE)
    return select(WebhookDelivery.once).where(*of_webhook)


def _overdue_key(task: Task) -> str:
    return f"overdue:{task.id}:{task.due_on.isoformat()}"


def _storable(text: str) -> str:
    """Without NUL, which PostgreSQL keeps in no text."""
    return text.replace("\0", "�")


def _milliseconds_since(started: float) -> int:
    return round(1000 * (time.monotonic() - started))
