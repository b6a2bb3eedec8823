"""Writing a mail: subject, a text that stands on its own, and the same as HTML, in the language of its reader."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from jinja2 import Environment

from vault.services.notices.mail_content import MailContent
from vault.services.notices.mail_queue import Claim
from vault.services.notices.mail_server import MailRefused, MailServer
from vault.services.notices.mail_stop import stop_token
from vault.services.people.users import Person
from vault.services.vault import Vault
from vault.wording.environment import environment, line, translations
from vault.wording.saying import say

_LONGEST_SUBJECT = 150


def write_mail(vault: Vault, server: MailServer, claimed: Claim, content: MailContent) -> EmailMessage:
    """The whole message. Its Message-ID depends on the mail alone: a second copy is seen to be one. Raises MailRefused."""
    environment = _environment(content.person.language)
    stop = f"{vault.settings.address}/stop-mails/{stop_token(vault, content.person.id)}"
    values = {"content": content, "address": vault.settings.address, "stop": stop, "name": line(content.person.name)}
    message = EmailMessage(policy=SMTP)
    message["Subject"] = line(environment.get_template("mail/subject.txt").render(values))[:_LONGEST_SUBJECT]
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
        return Address(line(person.name), addr_spec=person.email)
    except (ValueError, MessageError):
        raise MailRefused(553, is_address=True) from None


def _environment(language: str) -> Environment:
    made, spoken = environment(language), translations(language)
    made.filters["say"] = lambda message: line(say(message, spoken, language))
    return made
