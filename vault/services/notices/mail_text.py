"""Writing a mail: subject, a text that stands on its own, and the same as HTML, in the language of its reader."""

from collections.abc import Mapping
from datetime import date, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from babel.dates import format_date
from babel.support import NullTranslations, Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from vault.domain.message import DAYS
from vault.services.notices.mail_content import MailContent
from vault.services.notices.mail_queue import Claim
from vault.services.notices.mail_server import MailRefused, MailServer
from vault.services.notices.mail_stop import stop_token
from vault.services.notices.template_folder import template_folder
from vault.services.people.users import Person
from vault.services.vault import Vault

_LONGEST_SUBJECT = 150


def write_mail(vault: Vault, server: MailServer, claimed: Claim, content: MailContent) -> EmailMessage:
    """The whole message. Its Message-ID depends on the mail alone: a second copy is seen to be one. Raises MailRefused."""
    environment = _environment(content.person.language)
    stop = f"{vault.settings.address}/stop-mails/{stop_token(vault, content.person.id)}"
    values = {"content": content, "address": vault.settings.address, "stop": stop, "name": _line(content.person.name)}
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _line(environment.get_template("mail/subject.txt").render(values))[:_LONGEST_SUBJECT]
    message["From"] = Address("Seller Vault", addr_spec=server.sender)
    message["To"] = _reader(content.person)
    message["Date"] = format_datetime(vault.clock())
    message["Message-ID"] = f"<{claimed.mail_id}@{server.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["List-Unsubscribe"] = f"<{stop}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(environment.get_template("mail/body.txt").render(values))
    message.add_alternative(environment.get_template("mail/body.html").render(values), subtype="html")
    return message


def _reader(person: Person) -> Address:
    """Raises MailRefused for what passes as an e-mail address elsewhere and cannot stand in a mail."""
    try:
        return Address(_line(person.name), addr_spec=person.email)
    except (ValueError, MessageError):
        raise MailRefused(553, is_address=True) from None


def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(template_folder()),
        extensions=["jinja2.ext.i18n"],
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    spoken = Translations.load(str(template_folder().parent / "vault" / "translations"), [language])
    environment.install_gettext_translations(spoken, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["say"] = lambda message: _say(spoken, message, language)
    environment.filters["day"] = lambda value: _day(value, language)
    environment.filters["line"] = _line
    return environment


def _say(spoken: NullTranslations, message: Mapping[str, Any], language: str) -> str:
    """A stored message in the reader's language, on one line."""
    text, stored = spoken.ugettext(str(message.get("text", ""))), message.get("params") or {}
    params = {name: _stored_day(value, language) if name in DAYS else value for name, value in stored.items()}
    return _line(text % params if params else text)


def _stored_day(value: str, language: str) -> str:
    try:
        return _day(date.fromisoformat(value), language)
    except ValueError:
        return value


def _day(value: date | datetime, language: str) -> str:
    return str(format_date(value, "medium", locale=language))


def _line(text: str) -> str:
    """What a stranger may have written, on one line and without control characters: it stands in headers too."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())
