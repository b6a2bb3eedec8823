"""Are two values alike that are not equal? Names and addresses by their words, IP addresses by their networks."""

import re
from ipaddress import ip_network

from rapidfuzz import fuzz

from vault.domain.links import How
from vault.linking.keys import NAMES, NETWORKS, PLACES, Thing
from vault.linking.places import SEPARATOR

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
        return How.WITHIN if overlap(one, other) else None
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


def overlap(one: Thing, other: Thing) -> bool:
    """Whether one IP address or network lies in the other."""
    left, right = ip_network(one.text), ip_network(other.text)
    return left.version == right.version and left.overlaps(right)


def wider(one: Thing, other: Thing) -> Thing:
    """Of two overlapping networks the one in which the other lies."""
    return min(one, other, key=lambda thing: (ip_network(thing.text).prefixlen, thing.ref))
