"""Are two values alike that are not equal? Names and addresses by their words, IP addresses by their networks."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_network

from rapidfuzz import fuzz

from vault.domain.links import How
from vault.linking.keys import NAMES, NETWORKS, PLACES, Thing
from vault.linking.places import SEPARATOR

# Bits of the network that one household or one office has. Source: RFC 6177 for IPv6; for IPv4 the smallest block
# that is routed on its own.
_NEIGHBOURHOOD = {4: 24, 6: 64}
_NUMBER = re.compile(r"\d+")


def likeness(one: Thing, other: Thing, alike: int) -> How | None:
    """How the two are shared without being equal; None when they are not. `alike` in percent, see `Weights`."""
    if not one.text or not other.text or one.ref == other.ref:
        return None
    if one.kind in PLACES and other.kind in PLACES:
        return How.SIMILAR if same_place(one.text, other.text, alike) else None
    if one.kind in NAMES and other.kind in NAMES:
        return How.SIMILAR if fuzz.token_sort_ratio(one.text, other.text) >= alike else None
    if one.kind in NETWORKS and other.kind in NETWORKS:
        return same_network(one.text, other.text)
    return None


def same_place(one: str, other: str, alike: int) -> bool:
    """Whether two canonical addresses mean one house: postcode (or town) and house number are equal, the street is alike.

    What comes on top of the house number (floor, suite) does not count; without a number the whole street has to be
    almost the same.
    """
    street, postcode, town, country = one.split(SEPARATOR)
    other_street, other_postcode, other_town, other_country = other.split(SEPARATOR)
    if country and other_country and country != other_country:
        return False
    if (postcode != other_postcode) if postcode and other_postcode else town != other_town:
        return False
    numbers, other_numbers = set(_NUMBER.findall(street)), set(_NUMBER.findall(other_street))
    if bool(numbers) != bool(other_numbers) or not (numbers <= other_numbers or other_numbers <= numbers):
        return False
    return fuzz.token_set_ratio(_NUMBER.sub("", street), _NUMBER.sub("", other_street)) >= alike


def same_network(one: str, other: str) -> How | None:
    """`WITHIN`: one lies in the other. `NEIGHBOUR`: both lie in the same /24 (IPv4) or /64 (IPv6)."""
    left, right = ip_network(one), ip_network(other)
    if _overlap(left, right):
        return How.WITHIN
    return How.NEIGHBOUR if _overlap(_around(left), _around(right)) else None


def _around(network: IPv4Network | IPv6Network) -> IPv4Network | IPv6Network:
    bits = _NEIGHBOURHOOD[network.version]
    return network.supernet(new_prefix=bits) if network.prefixlen > bits else network


def _overlap(one: IPv4Network | IPv6Network, other: IPv4Network | IPv6Network) -> bool:
    return one.version == other.version and one.overlaps(other)
