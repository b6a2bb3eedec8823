"""Sending mails: each is claimed, written, handed in and marked; what the mail server will not take becomes visible."""

import time

import structlog
from sqlalchemy import update

from vault.db.entities.notices import MailState, NoticeChoice
from vault.domain.errors import Invalid, VaultError
from vault.domain.findings import Severity
from vault.domain.ids import new_id
from vault.domain.message import N_
from vault.services.access import Actor
from vault.services.days import today
from vault.services.jobs import jobs
from vault.services.jobs.heartbeat import kept_alive
from vault.services.jobs.jobs import JobKind
from vault.services.notices import mail_queue
from vault.services.notices.choices import NoticeKind, choice_row, choices_of
from vault.services.notices.digests import TEST, new_mail
from vault.services.notices.mail_content import MailContent, content_of
from vault.services.notices.mail_hours import quiet_until
from vault.services.notices.mail_queue import Claim
from vault.services.notices.mail_server import MailPostponed, MailRefused, MailServer, mail_server
from vault.services.notices.mail_text import write_mail
from vault.services.notices.notices import News, tell
from vault.services.notices.people import administrators
from vault.services.vault import Vault

log = structlog.get_logger(__name__)

# One job sends no longer: the next one goes on.
_SECONDS = 45.0
# A mail server that is away for a moment is nobody's business.
_WORTH_TELLING = 3


def queue_sending(vault: Vault) -> bool:
    """Has a worker send mails, where any are due: a mail server may take its time, and the schedule has none."""
    if mail_server(vault.settings) is None or not mail_queue.is_any_due(vault):
        return False
    with vault.database.transaction() as session:
        job = jobs.add_once(session, vault, JobKind.SEND_MAILS, "mails")
    return jobs.send(vault, job)


def send_mails(vault: Vault, lease: jobs.Lease) -> None:
    """The job: sends what is due. May run twice and at the same time: each mail has one owner at a time."""
    with kept_alive(vault, lease):
        send_due(vault)
    with jobs.effect(vault, lease):
        pass


def send_due(vault: Vault) -> int:
    """Sends the mails that are due, until the mail server shows that it takes none now.

    Returns how many it took. Several may do this at once.
    """
    server = mail_server(vault.settings)
    if server is None:
        return 0
    sent, deadline = 0, time.monotonic() + _SECONDS
    while time.monotonic() < deadline and mail_queue.is_any_due(vault):
        claimed = mail_queue.claim(vault)
        if claimed is None:
            break
        try:
            sent += _send(vault, server, claimed)
        except MailPostponed as error:
            _put_back(vault, claimed, error)
            if error.reason != "busy":
                break
    return sent


def ask_for_test_mail(vault: Vault, actor: Actor) -> None:
    """Has a mail sent to the administrator who asks. Raises Forbidden, and Invalid without a mail server."""
    actor.require_administrator()
    if mail_server(vault.settings) is None:
        raise Invalid(N_("No mail server is set up. Set VAULT_SMTP_URL and VAULT_MAIL_FROM, and start again."))
    with vault.database.transaction() as session:
        session.add(new_mail(vault, actor.id, TEST, f"test:{new_id()}", urgent=True))


def _send(vault: Vault, server: MailServer, claimed: Claim) -> bool:
    """Whether the mail was sent, and marked so by this call. Raises MailPostponed."""
    content = _content(vault, claimed)
    if content is None:
        return False
    try:
        server.send(write_mail(vault, server, claimed, content))
    except MailRefused as error:
        _give_up(vault, claimed, error)
        return False
    with vault.database.transaction() as session:
        is_ours = mail_queue.end(session, vault, claimed, MailState.SENT)
        session.execute(update(NoticeChoice).where(NoticeChoice.user_id == claimed.user_id).values(refused_at=None))
    return is_ours


def _content(vault: Vault, claimed: Claim) -> MailContent | None:
    """What to send now; None where it is not the time, or there is nothing left to tell: the row says which."""
    with vault.database.transaction() as session:
        choices = choices_of(session, vault, [claimed.user_id])[claimed.user_id]
        quiet = None if claimed.urgent else quiet_until(choices, vault.clock())
        if quiet:
            mail_queue.postpone(session, claimed, quiet)
            return None
        content = content_of(session, claimed)
        if content is None or (choices.stopped_at and claimed.kind != TEST):
            mail_queue.end(session, vault, claimed, MailState.DROPPED)
            return None
    return content


def _give_up(vault: Vault, claimed: Claim, error: MailRefused) -> None:
    log.warning("mail refused", mail=claimed.mail_id, error=str(error))
    with vault.database.transaction() as session:
        mail_queue.end(session, vault, claimed, MailState.FAILED, str(error))
        if error.is_address:
            choice_row(session, vault, claimed.user_id).refused_at = vault.clock()
        news = _trouble(vault, f"mail:refused:{claimed.user_id}", N_("A mail was refused by the mail server"), error)
        tell(session, vault, [(news, sorted(administrators(session)))])


def _put_back(vault: Vault, claimed: Claim, error: MailPostponed) -> None:
    log.warning("mail postponed", mail=claimed.mail_id, reason=error.reason, attempt=claimed.attempt)
    with vault.database.transaction() as session:
        is_over = mail_queue.put_back(session, vault, claimed, str(error))
        if is_over or claimed.failures + 1 >= _WORTH_TELLING:
            title = N_("A mail was given up") if is_over else N_("Mails cannot be sent")
            news = _trouble(vault, f"mail:{error.reason}:{is_over}", title, error)
            tell(session, vault, [(news, sorted(administrators(session)))])


def _trouble(vault: Vault, what: str, title: str, error: VaultError) -> News:
    """Told once a day at most, and only in the centre: mails are what does not work."""
    said = error.message
    return News(
        kind=NoticeKind.TROUBLE,
        key=f"{what}:{today(vault).isoformat()}",
        title={"text": title, "params": {}},
        body={"text": said.text, "params": dict(said.params)},
        href={"endpoint": "notices.mails", "values": {}},
        severity=Severity.HIGH,
    )
