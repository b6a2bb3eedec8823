"""Can Amazon reach the supplier: a phone number, and a website or an e-mail address? Source: policy."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.readings import Extracted


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    fields = facts.reading.fields
    online = fields.supplier_website or fields.supplier_email
    if fields.supplier_phone is None or online is None:
        lacking, path = _lacking(fields.supplier_phone, online)
        advice = N_("Enter it if it is printed, or ask the supplier for an invoice with it: Amazon verifies suppliers.")
        yield answer.missing(facts, lacking, Message(advice), path=path)
        return
    stated = {"phone": fields.supplier_phone.value, "online": online.value}
    doubtful = next((seen for seen in (fields.supplier_phone, online) if answer.is_doubtful(seen)), None)
    if doubtful is not None:
        is_phone = doubtful is fields.supplier_phone
        path = "supplier_phone" if is_phone else _path_of(fields.supplier_website)
        unsure = N_("The supplier's contact may be “%(contact)s”, but it could not be read with certainty.")
        advice = N_("Compare it with the page and confirm or correct it.")
        message = Message(unsure, {"contact": doubtful.value})
        yield answer.unknown(message, Message(advice), seen=doubtful, path=path, why=stated)
        return
    found = Message(N_("The supplier can be reached: %(phone)s, %(online)s"), stated)
    yield answer.passed(found, seen=fields.supplier_phone, path="supplier_phone", why=stated)


def _lacking(phone: Extracted[str] | None, online: Extracted[str] | None) -> tuple[Message, str]:
    if phone is None and online is None:
        nothing = N_("Neither a phone number nor a website or e-mail address of the supplier was found.")
        return Message(nothing), "supplier_phone"
    if phone is None:
        return Message(N_("No phone number of the supplier was found.")), "supplier_phone"
    return Message(N_("Neither a website nor an e-mail address of the supplier was found.")), "supplier_website"


def _path_of(website: Extracted[str] | None) -> str:
    return "supplier_website" if website is not None else "supplier_email"
