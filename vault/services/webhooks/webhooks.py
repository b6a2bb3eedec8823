"""Webhooks of a seller account: where its events are sent, which ones, and the secret that signs them."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault
from vault.services.webhooks import outbox
from vault.services.webhooks.targets import NotSent, Target, checked_addresses, parse_target

MOST = 10
_SECRET_BYTES = 32
_NEWEST_FIRST = Order(WebhookDelivery.created_at, WebhookDelivery.id, descending=True)


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """A webhook as the list shows it. `waiting`, `given_up`: how many of its deliveries are in that state."""

    webhook: Webhook
    waiting: int
    given_up: int


def list_webhooks(vault: Vault, actor: Actor, account_id: str) -> Sequence[WebhookRow]:
    """Raises NotFound, Forbidden: only who manages the account knows where its events go."""
    actor.require(Permission.MANAGE, account_id)
    with vault.database.reading() as session:
        found = session.scalars(select(Webhook).where(Webhook.account_id == account_id).order_by(Webhook.id)).all()
        return [
            WebhookRow(
                each, *(_count(session, each.id, state) for state in (DeliveryState.WAITING, DeliveryState.GIVEN_UP))
            )
            for each in found
        ]


def get_webhook(vault: Vault, actor: Actor, account_id: str, webhook_id: str) -> Webhook:
    """Raises NotFound, Forbidden."""
    actor.require(Permission.MANAGE, account_id)
    with vault.database.reading() as session:
        return _find(session, account_id, webhook_id)


def address_of(vault: Vault, webhook: Webhook) -> str:
    """The whole address, for those who may change it."""
    return vault.secrets.decrypt(webhook.url)


def list_deliveries(
    vault: Vault, actor: Actor, account_id: str, webhook_id: str, token: str | None = None
) -> Page[WebhookDelivery]:
    """The log of one webhook, the newest first. Raises NotFound, Forbidden, and Invalid for a token of another list."""
    webhook = get_webhook(vault, actor, account_id, webhook_id)
    wanted = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook.id)
    with vault.database.reading() as session:
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
        webhook.events = wanted
        session.add(webhook)
        session.flush()
        details: dict[str, JsonValue] = {"host": webhook.host, "events": list(wanted)}
        record(session, vault, [Note("webhook.opened", webhook.id, actor.id, account_id, details)])
    return webhook, secret


def change(vault: Vault, actor: Actor, account_id: str, webhook_id: str, url: str, events: Iterable[str]) -> None:
    """Another address or other events; what is still to be sent goes to the new address. Raises NotFound, Forbidden, Invalid."""
    actor.require(Permission.MANAGE, account_id)
    target, wanted = _checked(vault, url, events)
    with vault.database.transaction() as session:
        webhook = _find(session, account_id, webhook_id, lock=True)
        if (vault.secrets.decrypt(webhook.url), webhook.events) == (url, wanted):
            return
        webhook.url, webhook.host, webhook.events = vault.secrets.encrypt(url), target.authority, wanted
        details: dict[str, JsonValue] = {"host": webhook.host, "events": list(wanted)}
        record(session, vault, [Note("webhook.changed", webhook.id, actor.id, account_id, details)])


def renew_secret(vault: Vault, actor: Actor, account_id: str, webhook_id: str) -> str:
    """A new secret, shown once; from now on everything is signed with it. Raises NotFound, Forbidden."""
    actor.require(Permission.MANAGE, account_id)
    secret = _new_secret()
    with vault.database.transaction() as session:
        webhook = _find(session, account_id, webhook_id, lock=True)
        webhook.secret = vault.secrets.encrypt(secret)
        record(session, vault, [Note("webhook.secret_renewed", webhook.id, actor.id, account_id)])
    return secret


def set_paused(vault: Vault, actor: Actor, account_id: str, webhook_id: str, is_paused: bool) -> None:
    """Stops sending, or goes on. What happens during a pause is never sent. Raises NotFound, Forbidden."""
    actor.require(Permission.MANAGE, account_id)
    with vault.database.transaction() as session:
        webhook = _find(session, account_id, webhook_id, lock=True)
        if (webhook.paused_at is not None) == is_paused:
            return
        webhook.paused_at = vault.clock() if is_paused else None
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
    """Sends an event that tells of nothing. Raises NotFound, Forbidden, and Invalid for a paused webhook."""
    actor.require(Permission.MANAGE, account_id)
    with vault.database.transaction() as session:
        webhook = _running(session, account_id, webhook_id)
        outbox.put(session, vault, webhook, Event.PING, {})
        record(session, vault, [Note("webhook.pinged", webhook.id, actor.id, account_id)])


def redeliver(vault: Vault, actor: Actor, account_id: str, webhook_id: str, delivery_id: str) -> None:
    """Sends an event once more, whatever became of it. Raises NotFound, Forbidden, and Invalid for a paused webhook."""
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
    return webhook


def _count(session: Session, webhook_id: str, state: DeliveryState) -> int:
    wanted = select(func.count()).where(WebhookDelivery.webhook_id == webhook_id, WebhookDelivery.state == state)
    return session.scalar(wanted) or 0


def _only(delivery: WebhookDelivery) -> WebhookDelivery:
    return delivery


def _new_secret() -> str:
    return "whsec_" + secrets.token_urlsafe(_SECRET_BYTES)
