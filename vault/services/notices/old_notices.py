"""Forgetting notifications and mails of long ago: what happened stands in the journal and in the tasks themselves."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from vault.db.entities.notices import Mail, MailState, Notification
from vault.services.vault import Vault

# Longer than any reminder could come back.
_KEPT = timedelta(days=400)
_AT_A_TIME = 10_000


def forget_old_notices(vault: Vault) -> int:
    """Removes what is older than a year and a month. Returns how many notifications; may run at any time."""
    before = vault.clock() - _KEPT
    ended = (MailState.SENT, MailState.FAILED, MailState.DROPPED)
    with vault.database.transaction() as session:
        old = select(Notification.id).where(Notification.created_at < before).limit(_AT_A_TIME)
        notices = session.scalars(old).all()
        session.execute(delete(Notification).where(Notification.id.in_(notices)))
        mails = session.scalars(
            select(Mail.id).where(Mail.created_at < before, Mail.state.in_(ended)).limit(_AT_A_TIME)
        ).all()
        session.execute(update(Notification).where(Notification.mail_id.in_(mails)).values(mail_id=None))
        session.execute(delete(Mail).where(Mail.id.in_(mails)))
    return len(notices)
