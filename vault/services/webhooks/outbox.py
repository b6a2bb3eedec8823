"""What happened, put down for the webhooks that want to know: in the transaction of the change itself.

So an event is sent exactly if its change was kept. Sending is somebody else's work (`vault.services.webhooks.deliveries`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.security import Emergency
from vault.db.entities.webhooks import DeliveryState, Webhook, WebhookDelivery
from vault.db.entities.work import Task
from vault.domain.events import Event
from vault.domain.ids import new_id
from vault.domain.message import Message
from vault.services.vault import Vault
from vault.services.webhooks.rights import answered_for

# What the journal calls it, and what receivers do.
_EVENTS: Mapping[str, Event] = MappingProxyType(
    {
        "task.opened": Event.TASK_OPENED,
        "task.reopened": Event.TASK_REOPENED,
        "task.done": Event.TASK_DONE,
        "task.waived": Event.TASK_WAIVED,
        "emergency.opened": Event.EMERGENCY_OPENED,
        "emergency.closed": Event.EMERGENCY_ENDED,
        "emergency.called_off": Event.EMERGENCY_ENDED,
    }
)
_LINK = "link"

# (action, subject, account id) of a change, as the journal will keep it.
Change = tuple[str, str, str | None]


def announce(session: Session, vault: Vault, changes: Iterable[Change]) -> None:
    """Puts down every change that a webhook of its account wants to know. Costs nothing where nothing is of interest."""
    told = [(_EVENTS[action], subject, account_id) for action, subject, account_id in changes if action in _EVENTS]
    if not told:
        return
    webhooks = _webhooks_of(session, {account_id for _, _, account_id in told if account_id})
    for event, subject, account_id in told if webhooks else ():
        for webhook in webhooks.get(account_id or "", ()):
            _tell(session, vault, webhook, event, subject)


def put(
    session: Session, vault: Vault, webhook: Webhook, event: Event, facts: Mapping[str, Any], once: str = ""
) -> WebhookDelivery:
    """One event for one webhook, to be sent at once. `once` names what must not be sent twice."""
    now, id_ = vault.clock(), new_id()
    account = session.get_one(SellerAccount, webhook.account_id)
    body = {
        "id": id_,
        "event": event.value,
        "at": now.isoformat(timespec="seconds"),
        "account": {"id": account.id, "name": account.name},
        **facts,
    }
    delivery = WebhookDelivery(
        id=id_,
        account_id=webhook.account_id,
        webhook_id=webhook.id,
        event=event,
        once=once or id_,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        state=DeliveryState.WAITING,
        attempts=0,
        next_try_at=now,
        tries=[],
        answer="",
        created_at=now,
    )
    session.add(delivery)
    return delivery


def task_facts(vault: Vault, task: Task) -> Mapping[str, Any]:
    """What is told of a task: the sentence that its page shows, in English, and where to find it."""
    title = Message(str(task.title.get("text", "")), task.title.get("params") or {})
    return {
        "task": {
            "id": task.id,
            "title": str(title),
            "check": task.check_id,
            "about": {"type": task.subject_type, "id": task.subject_id},
            "severity": task.severity,
            "state": task.state,
            "due_on": task.due_on.isoformat(),
            "address": f"{vault.settings.address}/a/{task.account_id}/tasks/{task.id}",
        }
    }


def _tell(session: Session, vault: Vault, webhook: Webhook, event: Event, subject: str) -> None:
    if event in (Event.EMERGENCY_OPENED, Event.EMERGENCY_ENDED):
        if event in webhook.events:
            ended_as = session.get_one(Emergency, subject).ended_as
            put(session, vault, webhook, event, {"emergency": {"id": subject, "ended_as": ended_as}})
        return
    task = session.get(Task, subject)
    # Whoever receives this may see one account; what tells of a second one is for those who see both.
    if task is None or task.other_account_id is not None:
        return
    if event in webhook.events:
        put(session, vault, webhook, event, task_facts(vault, task))
    is_raised = event in (Event.TASK_OPENED, Event.TASK_REOPENED) and task.subject_type == _LINK
    if is_raised and Event.LINK_RAISED in webhook.events:
        put(session, vault, webhook, Event.LINK_RAISED, task_facts(vault, task))


def _webhooks_of(session: Session, account_ids: Iterable[str]) -> Mapping[str, Sequence[Webhook]]:
    wanted = select(Webhook).where(
        Webhook.account_id.in_(sorted(account_ids)), Webhook.paused_at.is_(None), answered_for()
    )
    found: dict[str, list[Webhook]] = {}
    for webhook in session.scalars(wanted.order_by(Webhook.id)):
        found.setdefault(webhook.account_id, []).append(webhook)
    return found
