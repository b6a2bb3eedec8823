"""Which contacts and numbers of a letter are the business's own: seen by the fingerprints of its register alone.

Nothing is decrypted, and of one letter only so many are looked up: whoever tries numbers learns no more than from asking.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.register import RegisterEntry
from vault.db.queries.among import among
from vault.domain.errors import Invalid
from vault.domain.register import AttributeKind
from vault.letters.draft import fold
from vault.letters.named import mails_in, numbers_in, phones_in
from vault.services.days import today
from vault.services.register.values import read_value
from vault.services.vault import Vault

_MOST = 20
_NUMBERS = (AttributeKind.VAT_NUMBER, AttributeKind.TAX_NUMBER, AttributeKind.COMPANY_NUMBER)


@dataclass(frozen=True, slots=True)
class Own:
    """As they stand in the letter."""

    contacts: frozenset[str]
    numbers: frozenset[str]


def own_in(session: Session, vault: Vault, account: SellerAccount, text: str, language: str) -> Own:
    """What of a letter stands in the register of the seller account and lasts, and its own VAT number."""
    plain = fold(text)
    contacts = dict(_fingerprints(vault, account, _contacts(text, plain, account.country, language)))
    written = [text[start:end] for start, end in islice(numbers_in(text, plain, language), _MOST)]
    numbers = dict(_fingerprints(vault, account, ((kind, each) for each in written for kind in _NUMBERS)))
    held = _held(session, vault, account, {*contacts, *numbers})
    return Own(
        contacts=frozenset(contacts[each] for each in held if each in contacts),
        numbers=frozenset(numbers[each] for each in held if each in numbers) | {account.vat_number},
    )


def _contacts(text: str, plain: str, country: str, language: str) -> Iterator[tuple[AttributeKind, str]]:
    for mail in islice(mails_in(text), _MOST):
        yield AttributeKind.EMAIL, mail.group()
    for phone in islice(phones_in(text, plain, country, language), _MOST):
        yield AttributeKind.PHONE, phone.raw_string


def _fingerprints(
    vault: Vault, account: SellerAccount, values: Iterator[tuple[AttributeKind, str]]
) -> Iterator[tuple[str, str]]:
    """Each with how it is written; what is no such value has none."""
    for kind, written in values:
        try:
            yield read_value(vault, kind, written, account.country).fingerprint, written
        except Invalid:
            continue


def _held(session: Session, vault: Vault, account: SellerAccount, fingerprints: set[str]) -> set[str]:
    wanted = select(RegisterEntry.fingerprint).where(
        RegisterEntry.holder_id == account.id,
        among(RegisterEntry.fingerprint, fingerprints),
        or_(RegisterEntry.until.is_(None), RegisterEntry.until >= today(vault)),
    )
    return set(session.scalars(wanted))
