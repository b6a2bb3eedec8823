"""Phones, e-mail addresses, devices, IP addresses and networks, made comparable."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

import phonenumbers

from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.linking.plain import bare

_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_MAC = re.compile(r"(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}")
# Mailboxes that read a.b@ and ab@ as one.
_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
# Addresses that every home and office has: equal ones say nothing. RFC 1918, 6598, 3927, 4193, 4291.
_INSIDE = tuple(
    map(
        ip_network,
        (
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
            "0.0.0.0/8", "224.0.0.0/3", "::/127", "fc00::/7", "fe80::/10", "ff00::/8",
        ),
    )
)  # fmt: skip
_WIDEST = {4: 16, 6: 32}  # bits: a wider network holds half the customers of a provider


def normal_phone(text: str, country: str) -> str:
    """E.164, ``+33142685300``; a number without a country code is read as one of `country`. Raises Invalid."""
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Invalid(N_("This is no phone number. Write it with the country code, like +33 1 42 68 53 00."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normal_email(text: str) -> str:
    """The mailbox that the address ends in: lower case, without what follows a plus sign. Raises Invalid."""
    address = text.strip().lower()
    if not _EMAIL.fullmatch(address) or len(address) > 254:
        raise Invalid(N_("This is no e-mail address. It has one @ and ends in a domain, like name@company.com."))
    mailbox, _, domain = address.rpartition("@")
    mailbox = mailbox.partition("+")[0] or mailbox
    if domain in _DOTLESS:
        mailbox, domain = mailbox.replace(".", "") or mailbox, _DOTLESS[domain]
    return f"{mailbox}@{domain}"


def normal_device(text: str) -> str:
    """A serial number, IMEI or MAC address without its separators. Raises Invalid for a mere model."""
    if found := _MAC.search(text):
        return bare(found[0])
    compact = bare(text)
    if len(compact) < 5 or sum(char.isdigit() for char in compact) < 2:
        raise Invalid(
            N_("Write what tells this device from others of its model: the serial number, the IMEI or the MAC address.")
        )
    return compact


def normal_ip_address(text: str) -> str:
    """The address as the standard writes it. Raises Invalid, also for one that only counts inside a building."""
    try:
        address = ip_address(text.strip().strip("[]").partition("%")[0])
    except ValueError:
        raise Invalid(N_("This is no IP address. It looks like 203.0.113.7 or 2001:db8::7.")) from None
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    _refuse_inside(address)
    return str(address)


def normal_ip_network(text: str) -> str:
    """The network with its length, ``203.0.113.0/24``. Raises Invalid, also for one too wide to tell anybody apart."""
    try:
        network = ip_network(text.strip(), strict=False)
    except ValueError:
        raise Invalid(N_("This is no network. It looks like 203.0.113.0/24.")) from None
    _refuse_inside(network.network_address)
    if network.prefixlen < _WIDEST[network.version]:
        raise Invalid(N_("This network is as wide as a whole provider. Write the part that the account is used from."))
    return str(network)


def _refuse_inside(address: IPv4Address | IPv6Address) -> None:
    if any(address in inside for inside in _INSIDE if isinstance(inside, IPv6Network) == (address.version == 6)):
        raise Invalid(
            N_(
                "This address only counts inside a home or an office; thousands have the same. Write the public one: "
                "a search for “what is my IP” shows it."
            )
        )
