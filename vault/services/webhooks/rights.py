"""Whether somebody still answers for a webhook: who has lost the right to say where events go gets none any more.

Asked whenever an event is put down and whenever one is sent, so nobody has to think of webhooks when people leave.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from vault.db.entities.people import Membership, User
from vault.db.entities.webhooks import Webhook
from vault.domain.roles import PERMISSIONS, Permission
from vault.services.access import TERMINAL

# Why nothing is sent, as a delivery's tries say it.
NOBODY_ANSWERS = "nobody_answers"
_MANAGING = tuple(role for role, permissions in PERMISSIONS.items() if Permission.MANAGE in permissions)


def answered_for() -> ColumnElement[bool]:
    """Of `Webhook`: that who is responsible may sign in and manages its seller account now, or has the machine."""
    answering = func.coalesce(Webhook.responsible_id, Webhook.created_by)
    manages = (
        select(Membership.id)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.user_id == answering,
            Membership.account_id == Webhook.account_id,
            Membership.role.in_(_MANAGING),
            User.disabled_at.is_(None),
        )
    )
    return or_(answering == TERMINAL, exists(manages.correlate(Webhook)))


def is_answered_for(session: Session, webhook_id: str) -> bool:
    return bool(session.scalar(select(exists().where(Webhook.id == webhook_id, answered_for()))))


def unanswered_of(session: Session, webhook_ids: Collection[str]) -> frozenset[str]:
    """Those of these webhooks for which nobody answers any more."""
    return frozenset(session.scalars(select(Webhook.id).where(Webhook.id.in_(webhook_ids), ~answered_for())))
