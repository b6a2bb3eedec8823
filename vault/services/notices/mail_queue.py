"""Mails on their way: who sends a mail owns it for a while, and only its owner says how that ended.

The row is marked before the conversation with the mail server (`SENDING`, an attempt number, a lease) and after it
(`SENT`). Two senders never have the same mail at once; one that dies leaves it to the next when the lease has run out.
Only between the server's answer and the second mark can a death send a mail twice: then both copies have one Message-ID.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from vault.db.entities.notices import Mail, MailState
from vault.services.vault import Vault

# Longer than any conversation with a mail server, each step of which is bounded.
LEASE = timedelta(minutes=5)
# A mail that is not taken waits a minute, then twice as long each time, up to four hours: given up after about 32 hours.
ATTEMPTS = 16
_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one mail."""

    mail_id: str
    user_id: str
    kind: str
    attempt: int
    failures: int
    urgent: bool
    created_at: datetime


def claim(vault: Vault) -> Claim | None:
    """The next mail that is due, now owned by the caller; None where there is none."""
    with vault.database.transaction() as session:
        due = select(Mail).where(is_due(vault.clock())).order_by(Mail.run_after, Mail.id).limit(1)
        mail = session.scalar(due.with_for_update(skip_locked=True))
        if mail is None:
            return None
        mail.failures += mail.state == MailState.SENDING  # whoever had it died
        if mail.failures >= ATTEMPTS:
            mail.state, mail.ended_at, mail.error = MailState.FAILED, vault.clock(), "whoever sent it died each time"
            return None
        mail.attempt += 1
        mail.state, mail.lease_until = MailState.SENDING, vault.clock() + LEASE
        return Claim(mail.id, mail.user_id, mail.kind, mail.attempt, mail.failures, mail.urgent, mail.created_at)


def is_any_due(vault: Vault) -> bool:
    """Whether `claim` would find one; takes no lock."""
    with vault.database.reading() as session:
        return session.scalar(select(Mail.id).where(is_due(vault.clock())).limit(1)) is not None


def end(session: Session, vault: Vault, claimed: Claim, state: MailState, error: str = "") -> bool:
    """The mail is sent, dropped or given up. False: somebody else owns it by now, and nothing was changed."""
    return _change(session, claimed, {"state": state, "ended_at": vault.clock(), "error": error[:300]})


def postpone(session: Session, claimed: Claim, until: datetime) -> bool:
    """It is not the time: the mail waits until then, and nothing has failed."""
    return _change(session, claimed, {"state": MailState.WAITING, "run_after": until})


def put_back(session: Session, vault: Vault, claimed: Claim, error: str) -> bool:
    """The mail was not taken: it waits longer each time, and is given up in the end. Returns whether it was given up."""
    failures = claimed.failures + 1
    if failures >= ATTEMPTS:
        values = {"state": MailState.FAILED, "ended_at": vault.clock()}
    else:
        pause = min(_PAUSE * 2 ** (failures - 1), _LONGEST_PAUSE)
        values = {"state": MailState.WAITING, "run_after": vault.clock() + pause}
    is_ours = _change(session, claimed, {**values, "failures": failures, "error": error[:300]})
    return is_ours and failures >= ATTEMPTS


def is_due(now: datetime) -> ColumnElement[bool]:
    """Of `Mail`: that its time has come and nobody sends it."""
    waiting = and_(Mail.state == MailState.WAITING, Mail.run_after <= now)
    abandoned = and_(Mail.state == MailState.SENDING, Mail.lease_until < now)
    return or_(waiting, abandoned)


def _change(session: Session, claimed: Claim, values: dict[str, Any]) -> bool:
    same = (Mail.id == claimed.mail_id, Mail.attempt == claimed.attempt, Mail.state == MailState.SENDING)
    result = session.execute(update(Mail).where(*same).values(lease_until=None, **values))
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
