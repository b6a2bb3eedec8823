"""One value of a register: its canonical form, by which values are equal or not, and its mask, which pages show."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.domain.register import ADDRESS_KINDS, OPEN_KINDS, AttributeKind
from vault.linking.banking import normal_bank_account, normal_card
from vault.linking.contacts import normal_device, normal_email, normal_ip_address, normal_ip_network, normal_phone
from vault.linking.names import normal_name, normal_person
from vault.linking.numbers import normal_number, normal_vat_number
from vault.linking.places import SEPARATOR, normal_address

LONGEST = 500
_DOTS = "••••"

_FORMS: Mapping[AttributeKind, Callable[[str, str], str]] = MappingProxyType(
    {
        AttributeKind.LEGAL_ENTITY: lambda text, _: normal_name(text),
        AttributeKind.OWNER: lambda text, _: normal_person(text),
        AttributeKind.ADDRESS: normal_address,
        AttributeKind.RETURN_ADDRESS: normal_address,
        AttributeKind.WAREHOUSE: normal_address,
        AttributeKind.BANK_ACCOUNT: lambda text, _: normal_bank_account(text),
        AttributeKind.CARD: lambda text, _: normal_card(text),
        AttributeKind.VAT_NUMBER: normal_vat_number,
        AttributeKind.TAX_NUMBER: lambda text, _: normal_number(text),
        AttributeKind.COMPANY_NUMBER: lambda text, _: normal_number(text),
        AttributeKind.PHONE: normal_phone,
        AttributeKind.EMAIL: lambda text, _: normal_email(text),
        AttributeKind.DEVICE: lambda text, _: normal_device(text),
        AttributeKind.IP_ADDRESS: lambda text, _: normal_ip_address(text),
        AttributeKind.IP_NETWORK: lambda text, _: normal_ip_network(text),
    }
)


def normalise(kind: AttributeKind, text: str, country: str = "") -> str:
    """The canonical form: equal for two writings of one value. `country` (ISO 3166-1 alpha-2) is the account's.

    It never holds a line break. Raises Invalid with what to write instead; the complaint never repeats the value.
    """
    if not text.strip():
        raise Invalid(N_("Write the value."))
    if len(text) > LONGEST:
        raise Invalid(N_("Write at most %(longest)s characters."), longest=str(LONGEST))
    return _FORMS[kind](text, country)


def mask(kind: AttributeKind, canonical: str, typed: str = "") -> str:
    """What pages show of a value: enough to recognise it, too little to use it.

    Names and company numbers are public and shown as `typed`; of an address town and postcode.
    """
    if kind in OPEN_KINDS:
        return " ".join(typed.split()) or canonical
    if kind in ADDRESS_KINDS:
        _, postcode, city, country = canonical.split(SEPARATOR)
        return " ".join(part for part in (postcode.upper(), city.title(), country) if part)
    if kind is AttributeKind.EMAIL:
        return f"{canonical[0]}•••@{canonical.rpartition('@')[2]}"
    if kind in (AttributeKind.IP_ADDRESS, AttributeKind.IP_NETWORK):
        return _mask_network(canonical)
    if kind is AttributeKind.PHONE:
        return f"{canonical[:3]} {_DOTS} {canonical[-2:]}"
    if kind is AttributeKind.VAT_NUMBER:
        return f"{canonical[:2]}{_DOTS}{canonical[-2:]}"
    return _DOTS + canonical[-min(4, len(canonical) // 2) :]


def _mask_network(canonical: str) -> str:
    address, slash, length = canonical.partition("/")
    if ":" in address:
        return ":".join(address.split(":")[:2]) + f":•{slash}{length}"
    return ".".join(address.split(".")[:2]) + f".•.•{slash}{length}"
