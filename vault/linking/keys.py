"""Keys by which holders meet that have something in common, so that no two of them need be compared for nothing."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from ipaddress import ip_network

from vault.domain.links import LinkKind
from vault.linking.places import SEPARATOR

# Bits of the networks in which IP addresses are worth comparing; no wider one is ever entered.
_BLOCKS = {4: 16, 6: 32}
# Bits of the network that one household or one office has. Source: RFC 6177 for IPv6; for IPv4 the smallest block
# that is routed on its own.
_NEIGHBOURHOOD = {4: 24, 6: 64}
# Names are worth comparing when a word of one begins like a word of the other.
_BEGINNING = 3


class Way(StrEnum):
    """What it says that two holders meet in a key: the value is the same, the mail domain is, the small network around
    two IP addresses is, or a look is worth it."""

    SAME = "same"
    DOMAIN = "domain"
    AROUND = "around"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of a holder that can be shared: a value of its register, or somebody with access.

    `ref` is its fingerprint; `text` its canonical form where likeness counts, the domain of an e-mail address, else
    empty.
    """

    holder_id: str
    kind: LinkKind
    ref: str
    masked: str
    text: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a thing."""

    thing: Thing
    way: Way
    key: str


class KeyMaker:
    """Makes keys. `keyed(purpose, text)` is a keyed fingerprint; mail domains in `free_mail` get no key."""

    def __init__(self, keyed: Callable[[str, str], str], free_mail: Collection[str]) -> None:
        self._keyed, self._free_mail = keyed, free_mail

    def keys(self, thing: Thing) -> Iterator[Key]:
        """Every key of the thing, each once."""
        yield Key(thing, Way.SAME, thing.ref)
        if thing.kind is LinkKind.EMAIL:
            if thing.text and thing.text not in self._free_mail:
                yield Key(thing, Way.DOMAIN, self._keyed("link:domain", thing.text))
            return
        for block in sorted(set(blocks(thing.kind, thing.text))) if thing.text else ():
            yield Key(thing, Way.NEAR, self._keyed("link:near", block))
        if thing.kind in NETWORKS and (around := neighbourhood(thing.text)):
            yield Key(thing, Way.AROUND, self._keyed("link:around", around))


def blocks(kind: LinkKind, text: str) -> Iterator[str]:
    """What two texts of this kind have in common, at least, if they are alike."""
    if kind in PLACES:
        _, postcode, town, _country = text.split(SEPARATOR)
        yield f"place {postcode or town}"
    elif kind in NAMES:
        yield from (f"name {word[:_BEGINNING]}" for word in text.split() if len(word) >= _BEGINNING)
    elif kind in NETWORKS:
        network = ip_network(text)
        bits = min(_BLOCKS[network.version], network.prefixlen)
        yield f"net {network.supernet(new_prefix=bits)}"


def neighbourhood(text: str) -> str:
    """The small network around an IP address or a smaller network; empty for one that is as wide itself."""
    network = ip_network(text)
    bits = _NEIGHBOURHOOD[network.version]
    return str(network.supernet(new_prefix=bits)) if network.prefixlen > bits else ""


PLACES = frozenset({LinkKind.ADDRESS, LinkKind.RETURN_ADDRESS, LinkKind.WAREHOUSE})
NAMES = frozenset({LinkKind.LEGAL_ENTITY, LinkKind.OWNER})
NETWORKS = frozenset({LinkKind.IP_ADDRESS, LinkKind.IP_NETWORK})
