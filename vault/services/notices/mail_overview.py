"""Mails as their administrator sees them: whether there is a way out, and what has not found it."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from vault.db.entities.notices import Mail, MailBy, MailState, Notification
from vault.db.entities.people import User
from vault.domain.errors import Conflict, NotFound
from vault.domain.message import N_
from vault.services.access import Actor
from vault.services.journal.notes import Note, record
from vault.services.notices import mail_queue
from vault.services.notices.mail_server import mail_server
from vault.services.vault import Vault

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class MailOverview:
    """`server`: ``host:port`` of the mail server, None where none is set up. `stuck`: (mail, whom it is for)."""

    server: str | None
    sender: str
    stuck: tuple[tuple[Mail, User], ...]


def read_mail_overview(vault: Vault, actor: Actor) -> MailOverview:
    """The newest mails that were given up or have failed and wait. Raises Forbidden for all but administrators."""
    actor.require_administrator()
    waits = (Mail.state != MailState.SENT) & (Mail.state != MailState.DROPPED) & (Mail.failures > 0)
    wanted = (
        select(Mail, User)
        .join(User, User.id == Mail.user_id)
        .where(or_(Mail.state == MailState.FAILED, waits))
        .order_by(Mail.created_at.desc(), Mail.id.desc())
        .limit(_SHOWN)
    )
    with vault.database.reading() as session:
        stuck = tuple((row[0], row[1]) for row in session.execute(wanted))
    server = mail_server(vault.settings)
    return MailOverview(f"{server.host}:{server.port}" if server else None, vault.settings.mail_from, stuck)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What would go out now. `mails`: those that are due, the oldest first, with whom they are for.

    `notices`: people with notifications that stand in no mail yet, how these are to be mailed, and how many they are.
    """

    mails: tuple[tuple[Mail, User], ...]
    notices: tuple[tuple[User, str, int], ...]


def read_outgoing(vault: Vault, actor: Actor) -> Outgoing:
    """Changes nothing. Raises Forbidden for all but administrators."""
    actor.require_administrator()
    due = select(Mail, User).join(User, User.id == Mail.user_id).where(mail_queue.is_due(vault.clock()))
    waiting = (
        select(User, Notification.mail_by, func.count())
        .join(Notification, Notification.user_id == User.id)
        .where(Notification.mail_by != MailBy.NEVER, Notification.mail_id.is_(None))
        .group_by(User.id, Notification.mail_by)
        .order_by(User.email, Notification.mail_by)
    )
    with vault.database.reading() as session:
        mails = tuple((mail, user) for mail, user in session.execute(due.order_by(Mail.run_after, Mail.id)))
        return Outgoing(mails, tuple((user, mail_by, count) for user, mail_by, count in session.execute(waiting)))


def send_again(vault: Vault, actor: Actor, mail_id: str) -> None:
    """Has a mail that was given up sent after all. Raises Forbidden, NotFound, Conflict for any other mail."""
    actor.require_administrator()
    with vault.database.transaction() as session:
        mail = session.get(Mail, mail_id, with_for_update=True)
        if mail is None:
            raise NotFound()
        if mail.state != MailState.FAILED:
            raise Conflict(N_("This mail has not been given up."))
        mail.state, mail.failures, mail.run_after = MailState.WAITING, 0, vault.clock()
        mail.ended_at, mail.error = None, ""
        record(session, vault, [Note("mail.sent_again", mail.id, actor.id)])
