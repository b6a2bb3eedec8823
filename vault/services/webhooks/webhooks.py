"""Webhooks of a seller account: where its events are sent, which ones, and the secret that signs them."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from vault.db.entities.webhooks import DeliveryState, Webhook, WebhookDelivery
from vault.db.queries.keyset import Order, Page, fetch_page
from vault.domain.errors import Invalid, NotFound
from vault.domain.events import SUBSCRIBABLE, Event
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.journal.entry import JsonValue
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault
from vault.services.webhooks import outbox
from vault.services.webhooks.rights import is_answered_for, unanswered_of
from vault.services.webhooks.targets import NotSent, Target, checked_addresses, parse_target

MOST = 10
# How long an old secret signs beside a new one, so that a receiver can change over at its own pace.
OVERLAP = timedelta(days=1)
_SECRET_BYTES = 32
_NEWEST_FIRST = Order(WebhookDelivery.created_at, WebhookDelivery.id, descending=True)


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """A webhook as pages show it. `waiting`, `given_up`: how many of its deliveries are in that state.

    `responsible`: the name of who has said where the events go. `is_answered_for` False: the right to say so is lost, and
    nothing is sent.
    """

    webhook: Webhook
    waiting: int
    given_up: int
    responsible: str
    is_answered_for: bool


def list_webhooks(vault: Vault, actor: Actor, account_id: str) -> Sequence[WebhookRow]:
    """Raises NotFound, Forbidden: only who manages the account knows where its events go."""
    actor.require(Permission.MANAGE, account_id)
    with vault.database.reading() as session:
        found = session.scalars(select(Webhook).where(Webhook.account_id == account_id).order_by(Webhook.id)).all()
        return _rows(session, found)


def get_webhook(vault: Vault, actor: Actor, account_id: str, webhook_id: str) -> WebhookRow:
    """Raises NotFound, Forbidden."""
    actor.require(Permission.MANAGE, account_id)
    with vault.database.reading() as session:
        [row] = _rows(session, [_find(session, account_id, webhook_id)])
    return row


def address_of(vault: Vault, webhook: Webhook) -> str:
    """The whole address, for those who may change it."""
    return vault.secrets.decrypt(webhook.url)


def list_deliveries(
    vault: Vault, actor: Actor, account_id: str, webhook_id: str, token: str | None = None
) -> Page[WebhookDelivery]:
    """The log of one webhook, the newest first. Raises NotFound, Forbidden, and Invalid for a token of another list."""
    actor.require(Permission.MANAGE, account_id)
    wanted = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    with vault.database.reading() as session:
        _find(session, account_id, webhook_id)
        return fetch_page(session, wanted, _NEWEST_FIRST, _only, token, size=25)


def create(vault: Vault, actor: Actor, account_id: str, url: str, events: Iterable[str]) -> tuple[Webhook, str]:
    """A new webhook, and its secret, which nobody is shown again. Raises NotFound, Forbidden, Invalid."""
    actor.require(Permission.MANAGE, account_id)
    target, wanted = _checked(vault, url, events)
    secret = _new_secret()
    with vault.database.transaction() as session:
        held = session.scalar(select(func.count()).select_from(Webhook).where(Webhook.account_id == account_id))
        if (held or 0) >= MOST:
            raise Invalid(N_("A seller account has at most %(most)s webhooks. Remove one first."), most=str(MOST))
        webhook = Webhook(account_id=account_id, created_at=vault.clock(), created_by=actor.id, host=target.authority)
        webhook.url, webhook.secret = vault.secrets.encrypt(url), vault.secrets.encrypt(secret)
        webhook.events, webhook.responsible_id = wanted, actor.id
        session.add(webhook)
        session.flush()
        details: dict[str, JsonValue] = {"host": webhook.host, "events": list(wanted)}
        record(session, vault, [Note("webhook.opened", webhook.id, actor.id, account_id, details)])
    return webhook, secret


def change(vault: Vault, actor: Actor, account_id: str, webhook_id: str, url: str, events: Iterable[str]) -> None:
    """Another address or other events, for which `actor` answers; what is still to be sent goes to the new address.

    Raises NotFound, Forbidden, Invalid.
    """
    actor.require(Permission.MANAGE, account_id)
    target, wanted = _checked(vault, url, events)
    with vault.database.transaction() as session:
        webhook = _find(session, account_id, webhook_id, lock=True)
        if (vault.secrets.decrypt(webhook.url), webhook.events) == (url, wanted):
            return
        webhook.url, webhook.host, webhook.events = vault.secrets.encrypt(url), target.authority, wanted
        webhook.responsible_id = actor.id
        details: dict[str, JsonValue] = {"host": webhook.host, "events": list(wanted)}
        record(session, vault, [Note("webhook.changed", webhook.id, actor.id, account_id, details)])


def renew_secret(vault: Vault, actor: Actor, account_id: str, webhook_id: str, *, at_once: bool = False) -> str:
    """A new secret, shown once, with which everything is signed from now on; and with the old one too, for OVERLAP.

    `at_once`: the old one is known to somebody else, and signs nothing any more. Raises NotFound, Forbidden.
    """
    actor.require(Permission.MANAGE, account_id)
    secret = _new_secret()
    with vault.database.transaction() as session:
        webhook = _find(session, account_id, webhook_id, lock=True)
        webhook.former_secret = None if at_once else webhook.secret
        webhook.former_until = None if at_once else vault.clock() + OVERLAP
        webhook.secret = vault.secrets.encrypt(secret)
        details: dict[str, JsonValue] = {"at_once": at_once}
        record(session, vault, [Note("webhook.secret_renewed", webhook.id, actor.id, account_id, details)])
    return secret


def set_paused(vault: Vault, actor: Actor, account_id: str, webhook_id: str, is_paused: bool) -> None:
    """Stops sending, or goes on, for which `actor` answers. What happens during a pause is never sent.

    Raises NotFound, Forbidden.
    """
    actor.require(Permission.MANAGE, account_id)
    with vault.database.transaction() as session:
        webhook = _find(session, account_id, webhook_id, lock=True)
        is_stopped = webhook.paused_at is not None or not (is_paused or is_answered_for(session, webhook.id))
        if is_stopped == is_paused:
            return
        webhook.paused_at = vault.clock() if is_paused else None
        if not is_paused:
            webhook.responsible_id = actor.id
        action = "webhook.paused" if is_paused else "webhook.resumed"
        record(session, vault, [Note(action, webhook.id, actor.id, account_id)])


def remove(vault: Vault, actor: Actor, account_id: str, webhook_id: str) -> None:
    """Takes a webhook away with its log. Raises NotFound, Forbidden."""
    actor.require(Permission.MANAGE, account_id)
    with vault.database.transaction() as session:
        webhook = _find(session, account_id, webhook_id, lock=True)
        session.execute(delete(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id))
        session.delete(webhook)
        details: dict[str, JsonValue] = {"host": webhook.host}
        record(session, vault, [Note("webhook.removed", webhook.id, actor.id, account_id, details)])


def ping(vault: Vault, actor: Actor, account_id: str, webhook_id: str) -> None:
    """Sends an event that tells of nothing. Raises NotFound, Forbidden, and Invalid for a webhook that is stopped."""
    actor.require(Permission.MANAGE, account_id)
    with vault.database.transaction() as session:
        webhook = _running(session, account_id, webhook_id)
        outbox.put(session, vault, webhook, Event.PING, {})
        record(session, vault, [Note("webhook.pinged", webhook.id, actor.id, account_id)])


def redeliver(vault: Vault, actor: Actor, account_id: str, webhook_id: str, delivery_id: str) -> None:
    """Sends an event once more, whatever became of it. Raises NotFound, Forbidden, and Invalid for a webhook that is stopped."""
    actor.require(Permission.MANAGE, account_id)
    with vault.database.transaction() as session:
        webhook = _running(session, account_id, webhook_id)
        delivery = session.get(WebhookDelivery, delivery_id, with_for_update=True)
        if delivery is None or delivery.webhook_id != webhook.id:
            raise NotFound()
        delivery.state, delivery.attempts, delivery.next_try_at = DeliveryState.WAITING, 0, vault.clock()
        details: dict[str, JsonValue] = {"delivery": delivery.id}
        record(session, vault, [Note("webhook.redelivered", webhook.id, actor.id, account_id, details)])


def _checked(vault: Vault, url: str, events: Iterable[str]) -> tuple[Target, list[str]]:
    """The parts of the address and the events in their order. Raises Invalid with a problem for each field."""
    wanted = [event.value for event in SUBSCRIBABLE if event in set(events)]
    problems = {} if wanted else {"events": Message(N_("Choose at least one event."))}
    try:
        target = parse_target(url)
        if target.scheme == "http" or _is_number(target.host):
            checked_addresses(target, vault.way_out)  # names are looked up when something is sent
    except NotSent as error:
        problems["url"] = error.message
    if problems:
        raise Invalid(N_("Correct the marked fields."), problems)
    return target, wanted


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _find(session: Session, account_id: str, webhook_id: str, *, lock: bool = False) -> Webhook:
    webhook = session.get(Webhook, webhook_id, with_for_update=lock or None)
    if webhook is None or webhook.account_id != account_id:
        raise NotFound()
    return webhook


def _running(session: Session, account_id: str, webhook_id: str) -> Webhook:
    webhook = _find(session, account_id, webhook_id, lock=True)
    if webhook.paused_at is not None:
        raise Invalid(N_("This webhook is paused. Let it go on first."))
    if not is_answered_for(session, webhook.id):
        raise Invalid(
            N_("Who set this webhook up no longer manages this seller account. Let it go on in your name first.")
        )
    return webhook


def _rows(session: Session, found: Sequence[Webhook]) -> Sequence[WebhookRow]:
    names = names_of(session, {each.answering_id for each in found})
    unanswered = unanswered_of(session, [each.id for each in found])
    return [
        WebhookRow(
            each,
            waiting=_count(session, each.id, DeliveryState.WAITING),
            given_up=_count(session, each.id, DeliveryState.GIVEN_UP),
            responsible=names.get(each.answering_id, each.answering_id),
            is_answered_for=each.id not in unanswered,
        )
        for each in found
    ]


def _count(session: Session, webhook_id: str, state: DeliveryState) -> int:
    wanted = select(func.count()).where(WebhookDelivery.webhook_id == webhook_id, WebhookDelivery.state == state)
    return session.scalar(wanted) or 0


def _only(delivery: WebhookDelivery) -> WebhookDelivery:
    return delivery


def _new_secret() -> str:
    return "whsec_" + secrets.token_urlsafe(_SECRET_BYTES)
