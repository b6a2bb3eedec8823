"""Gathering notifications into mails: at once what cannot wait, once a day or a week the rest.

A notification is in one mail at most (`Notification.mail_id`), and there is one digest for each person and local date
(`Mail.key`): gathering again, late, twice at once or after a change of the clock makes no second one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from vault.db.entities.notices import Mail, MailBy, MailState, Notification
from vault.domain.findings import Severity
from vault.domain.ids import new_id
from vault.services.days import today
from vault.services.notices.choices import Choices, Digest, choices_of
from vault.services.notices.mail_hours import last_digest, quiet_until
from vault.services.notices.mail_server import mail_server
from vault.services.notices.reminders import lock_sweep
from vault.services.vault import Vault

NOTICES, DIGEST, TEST = "notices", "digest", "test"
_SWEEP = "mails"
# What has waited longer (no mail server was set up) is old news: the centre has it.
_TOO_OLD = timedelta(days=8)


def gather(vault: Vault) -> int:
    """Makes the mails that are due now. Returns how many; again: none. Does nothing without a mail server."""
    if mail_server(vault.settings) is None:
        return 0
    return _gather(vault, MailBy.AT_ONCE) + _gather(vault, MailBy.DIGEST)


def _gather(vault: Vault, mail_by: MailBy) -> int:
    with vault.database.reading() as session:
        waiting = session.scalars(select(Notification.user_id).where(*_unmailed(mail_by)).distinct()).all()
        choices = choices_of(session, vault, waiting)
    make = _mail_at_once if mail_by is MailBy.AT_ONCE else _mail_digest
    return sum(make(vault, user_id, choices[user_id]) for user_id in sorted(waiting))


def _mail_at_once(vault: Vault, user_id: str, choices: Choices) -> bool:
    """One mail with everything that waits; during quiet hours with what may break into them."""
    is_quiet = quiet_until(choices, vault.clock()) is not None
    if is_quiet and not choices.critical_breaks_quiet:
        return False
    with vault.database.transaction() as session:
        lock_sweep(session, _SWEEP, today(vault))
        found = _take(session, vault, user_id, MailBy.AT_ONCE, vault.clock(), choices, only_critical=is_quiet)
        if not found:
            return False
        is_critical = any(each.severity == Severity.CRITICAL for each in found)
        urgent = is_critical and choices.critical_breaks_quiet
        _add(session, vault, user_id, NOTICES, f"notices:{min(each.id for each in found)}", found, urgent)
    return True


def _mail_digest(vault: Vault, user_id: str, choices: Choices) -> bool:
    """The digest of the latest period, with everything that was there when it was due."""
    day, due = last_digest(choices, vault.clock())
    key = f"digest:{user_id}:{day.isoformat()}"
    with vault.database.transaction() as session:
        lock_sweep(session, _SWEEP, today(vault))
        if session.scalar(select(Mail.id).where(Mail.key == key)):
            return False
        found = _take(session, vault, user_id, MailBy.DIGEST, due, choices)
        if found:
            _add(session, vault, user_id, DIGEST, key, found)
    return bool(found)


def _unmailed(mail_by: MailBy) -> tuple[ColumnElement[bool], ...]:
    return (Notification.mail_by == mail_by, Notification.mail_id.is_(None))


def _take(
    session: Session,
    vault: Vault,
    user_id: str,
    mail_by: MailBy,
    until: datetime,
    choices: Choices,
    *,
    only_critical: bool = False,
) -> Sequence[Notification]:
    """What waits for this person; what is too old, or not wanted any more, stops waiting."""
    mine = (*_unmailed(mail_by), Notification.user_id == user_id)
    is_unwanted = choices.stopped_at is not None or (mail_by is MailBy.DIGEST and choices.digest is Digest.NEVER)
    old = () if is_unwanted else (Notification.created_at < vault.clock() - _TOO_OLD,)
    session.execute(update(Notification).where(*mine, *old).values(mail_by=MailBy.NEVER))
    wanted = select(Notification).where(*mine, Notification.created_at <= until)
    if only_critical:
        wanted = wanted.where(Notification.severity == Severity.CRITICAL)
    return session.scalars(wanted.order_by(Notification.created_at, Notification.id)).all()


def _add(
    session: Session,
    vault: Vault,
    user_id: str,
    kind: str,
    key: str,
    carried: Sequence[Notification],
    urgent: bool = False,
) -> None:
    mail = new_mail(vault, user_id, kind, key, urgent)
    session.add(mail)
    session.flush()
    for each in carried:
        each.mail_id = mail.id


def new_mail(vault: Vault, user_id: str, kind: str, key: str, urgent: bool = False) -> Mail:
    """A mail that waits to be sent from now on."""
    now = vault.clock()
    return Mail(
        id=new_id(),
        user_id=user_id,
        kind=kind,
        key=key,
        urgent=urgent,
        state=MailState.WAITING,
        run_after=now,
        created_at=now,
    )
