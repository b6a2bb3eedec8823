"""Values of the register as the database keeps them: encrypted, fingerprinted, masked; and how they are opened again."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.register import RegisterEntry
from vault.domain.errors import Invalid
from vault.domain.register import AttributeKind, family_of
from vault.domain.values import PostalAddress
from vault.linking.names import normal_name
from vault.linking.places import normal_parts
from vault.linking.plain import bare
from vault.linking.values import mask, normalise
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A value that somebody has entered, understood. `typed` is what a person gets to see who may see it in full."""

    kind: AttributeKind
    canonical: str
    typed: str
    masked: str
    fingerprint: str


def read_value(vault: Vault, kind: AttributeKind, text: str, country: str = "") -> ReadValue:
    """`text` as a value of `kind`; `country` is the account's. Raises Invalid, never repeating the value."""
    canonical = normalise(kind, text, country)
    typed = "\n".join(line.strip() for line in text.strip().splitlines() if line.strip())
    return _value(vault, kind, canonical, typed)


def seal(vault: Vault, value: ReadValue) -> str:
    """What `RegisterEntry.encrypted` holds: the canonical form, a line break, what was typed, under encryption."""
    return vault.secrets.encrypt(f"{value.canonical}\n{value.typed}")


def canonical_of(vault: Vault, encrypted: str) -> str:
    """Raises Damaged for a value that cannot be opened."""
    return vault.secrets.decrypt(encrypted).partition("\n")[0]


def typed_of(vault: Vault, entry: RegisterEntry) -> str:
    """The value in full. Raises Damaged for one that cannot be opened."""
    return vault.secrets.decrypt(entry.encrypted).partition("\n")[2]


def fingerprint_of(vault: Vault, kind: AttributeKind, canonical: str) -> str:
    """Equal for equal values of the kinds of one family (`vault.domain.register.family_of`)."""
    return vault.secrets.fingerprint(f"register:{family_of(kind)}", canonical)


def own_particulars(vault: Vault, account: SellerAccount) -> list[ReadValue]:
    """What stands on the seller account itself: its legal name, address and VAT number, as far as they are known."""
    found: tuple[tuple[AttributeKind, str, Callable[[], str]], ...] = (
        (AttributeKind.LEGAL_ENTITY, account.legal_name, lambda: normal_name(account.legal_name)),
        (AttributeKind.ADDRESS, "\n".join(_address(account).lines()), lambda: normal_parts(_address(account))),
        (AttributeKind.VAT_NUMBER, account.vat_number, lambda: _vat_number(account)),
    )
    values = []
    for kind, typed, canonical in found:
        with contextlib.suppress(Invalid):  # not entered yet
            values.append(_value(vault, kind, canonical(), typed))
    return values


def _address(account: SellerAccount) -> PostalAddress:
    return PostalAddress(account.street, account.postcode, account.city, account.region, account.country)


def _vat_number(account: SellerAccount) -> str:
    """One with a typing error still counts: two accounts that share the error share the number."""
    try:
        return normalise(AttributeKind.VAT_NUMBER, account.vat_number, account.country)
    except Invalid:
        if not bare(account.vat_number):
            raise
        return bare(account.vat_number)


def _value(vault: Vault, kind: AttributeKind, canonical: str, typed: str) -> ReadValue:
    masked = mask(kind, canonical, typed)[:200]
    return ReadValue(kind, canonical, typed, masked, fingerprint_of(vault, kind, canonical))
