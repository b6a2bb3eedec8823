"""The mail server: one conversation carries one mail, and says how it ended.

An answer that will stay the same (5xx) is told apart, by type, from one that may change.
"""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from vault.config import Settings
from vault.domain.errors import Misconfigured, Unavailable, VaultError
from vault.domain.message import N_

# Of each step of the conversation; all of them together stay below the lease of a mail.
_SECONDS = 20
_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


class MailRefused(VaultError):
    """The server will not take this mail, now or later. `is_address`: because of whom it is for."""

    code = "mail_refused"

    def __init__(self, answer: int, *, is_address: bool) -> None:
        super().__init__(N_("The mail server refused the mail (answer %(answer)s)."), answer=str(answer))
        self.is_address = is_address


class MailPostponed(Unavailable):
    """The server does not take the mail now. `reason` is stable: ``busy``, ``away``, ``lost``, ``tls``, ``sign_in``."""

    code = "mail_postponed"

    def __init__(self, reason: str, text: str, /, **params: str) -> None:
        super().__init__(text, **params)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in. `scheme`: ``smtp`` (STARTTLS is demanded), ``smtps``, or ``smtp+plain``, unencrypted."""

    scheme: str
    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)

    def send(self, message: EmailMessage) -> None:
        """Hands in one mail. Raises MailRefused, MailPostponed.

        When the connection is lost after the text was sent and before the answer, nobody knows whether it was taken:
        that counts as postponed, and the same Message-ID lets the receiver see that two copies are one mail.
        """
        try:
            connection = self._connected()
            try:
                connection.send_message(message)
            except smtplib.SMTPNotSupportedError:  # an address in letters that this server cannot write
                connection.close()
                raise MailRefused(553, is_address=True) from None
            except OSError:
                connection.close()
                raise
            with suppress(OSError):  # what is said at parting changes nothing any more
                connection.quit()
        except smtplib.SMTPRecipientsRefused as error:
            answer = max(code for code, _ in error.recipients.values())
            raise _ended(answer, is_address=True) from None
        except smtplib.SMTPAuthenticationError:
            raise MailPostponed("sign_in", N_("The mail server does not accept the user and password.")) from None
        except smtplib.SMTPResponseException as error:
            raise _ended(error.smtp_code, is_address=False) from None
        except smtplib.SMTPNotSupportedError:
            raise MailPostponed("tls", N_("The mail server offers no STARTTLS or no sign-in.")) from None
        except ssl.SSLError:
            raise MailPostponed("tls", N_("The mail server cannot prove who it is.")) from None
        except smtplib.SMTPServerDisconnected:
            raise MailPostponed("lost", N_("The connection to the mail server was lost.")) from None
        except OSError:
            raise MailPostponed("away", N_("The mail server cannot be reached.")) from None

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        own_name = self.sender.rpartition("@")[2]
        connection: smtplib.SMTP
        if self.scheme == "smtps":
            connection = smtplib.SMTP_SSL(self.host, self.port, own_name, timeout=_SECONDS, context=context)
        else:
            connection = smtplib.SMTP(self.host, self.port, own_name, timeout=_SECONDS)
        try:
            if self.scheme == "smtp":
                connection.starttls(context=context)
            if self.user:
                connection.login(self.user, self.password)
        except (OSError, smtplib.SMTPException):
            connection.close()
            raise
        return connection


def mail_server(settings: Settings) -> MailServer | None:
    """The server that the settings name; None where they name none. Raises Misconfigured, without the password."""
    if not settings.smtp_url:
        return None
    try:
        parts = urlsplit(settings.smtp_url)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise _unusable() from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if settings.smtp_password_file:
        password = _read(settings)
    is_whole = parts.hostname and parts.path in ("", "/") and not parts.query and bool(user) == bool(password)
    if not is_whole or (password and parts.scheme == "smtp+plain"):
        raise _unusable()
    if "@" not in settings.mail_from or any(ord(character) < 0x21 for character in settings.mail_from):
        raise Misconfigured(N_("Set VAULT_MAIL_FROM to the e-mail address that mails come from."))
    return MailServer(parts.scheme, parts.hostname or "", port, settings.mail_from, user, password)


def _read(settings: Settings) -> str:
    assert settings.smtp_password_file
    try:
        return settings.smtp_password_file.read_text().strip()
    except (OSError, UnicodeDecodeError):
        raise Misconfigured(
            N_("%(path)s cannot be read. Check VAULT_SMTP_PASSWORD_FILE."), path=str(settings.smtp_password_file)
        ) from None


def _unusable() -> Misconfigured:
    return Misconfigured(
        N_(
            "VAULT_SMTP_URL must look like smtp://user@host:587 or smtps://user@host. A password is only sent encrypted."
        )
    )


def _ended(answer: int, *, is_address: bool) -> VaultError:
    if 500 <= answer < 600:
        return MailRefused(answer, is_address=is_address)
    return MailPostponed("busy", N_("The mail server said: later (answer %(answer)s)."), answer=str(answer))
