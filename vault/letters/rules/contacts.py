"""Are there phone numbers or e-mail addresses that do not belong? Source: guide (no personal data beyond need)."""

import re
from collections.abc import Iterator

import phonenumbers

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.letters.named import e164, mails_in, phones_in
from vault.rules.book import CheckRule

_AMAZON = re.compile(r"@amazon\.[a-z.]{2,6}$")


def check(draft: Draft, rule: CheckRule) -> Iterator[Remark]:
    advice = Message(
        N_("Only the contacts of your business and of the suppliers in the bundle belong here. Take it out.")
    )
    known = {contact.strip().casefold() for contact in draft.around.contacts}
    for match in mails_in(draft.text):
        address = match.group().casefold()
        if address not in known and not _AMAZON.search(address):
            yield Remark(*match.span(), Message(N_("This e-mail address is not yours and not a supplier's.")), advice)
    yield from _phones(draft, advice)


def _phones(draft: Draft, advice: Message) -> Iterator[Remark]:
    country = draft.around.country
    known = {_number(contact, country) for contact in draft.around.contacts}
    for found in phones_in(draft.without_names, draft.plain, country, draft.language):
        if e164(found.number) not in known:
            message = Message(N_("This phone number is not yours and not a supplier's."))
            yield Remark(found.start, found.end, message, advice)


def _number(text: str, country: str) -> str:
    try:
        return e164(phonenumbers.parse(text, country or None))
    except phonenumbers.NumberParseException:
        return ""
