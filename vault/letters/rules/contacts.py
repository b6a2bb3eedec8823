"""Are there phone numbers or e-mail addresses that do not belong? Source: guide (no personal data beyond need)."""

import re
from collections.abc import Iterator

import phonenumbers

from vault.domain.message import N_, Message
from vault.letters.draft import Draft, Remark
from vault.letters.named import e164, mails_in, phones_in
from vault.letters.phrases import phrases
from vault.rules.book import CheckRule

_AMAZON = re.compile(r"@amazon\.[a-z.]{2,6}$")
_BEFORE = 24
"""Characters before a number in which a word can say that it is a phone."""


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
    for found in phones_in(draft.without_names, country):
        is_meant = found.raw_string[0] == "+" or _is_called_phone(draft, found.start)
        if e164(found.number) not in known and is_meant:
            message = Message(N_("This phone number is not yours and not a supplier's."))
            yield Remark(found.start, found.end, message, advice)


def _is_called_phone(draft: Draft, place: int) -> bool:
    return next(phrases("contacts").find(draft, max(0, place - _BEFORE), place), None) is not None


def _number(text: str, country: str) -> str:
    try:
        return e164(phonenumbers.parse(text, country or None))
    except phonenumbers.NumberParseException:
        return ""
