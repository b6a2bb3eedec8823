"""Addresses that a person has entered, and which of them may be sent to: none that leads inside this network.

The name is resolved once and every address that it has is checked; who connects goes to one of these and asks the name
server no second time, so an answer that changes a moment later changes nothing.
"""

import socket
import ssl
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Thread
from typing import ClassVar
from urllib.parse import urlsplit

from vault.domain.errors import Misconfigured, VaultError
from vault.domain.message import N_

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]

# For everything: asking for the name, connecting, the handshake, sending, and whatever of the answer is read.
WHOLE_SECONDS = 10.0
LONGEST_URL = 2000
_PORTS = {"https": 443, "http": 80}

_PUBLIC_V6 = IPv6Network("2000::/3")
# Public by number and yet not for us: addresses that carry another one inside, relays of such, what serves
# a network or a cloud from within.
_NEVER: tuple[Network, ...] = tuple(
    ip_network(text) for text in ("2001::/32", "2002::/16", "192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")
)


class NotSent(VaultError):
    """Nothing was sent, or nothing came back that could be understood.

    `reason` is stable: ``refused_address``, ``no_such_host``, ``no_connection``, ``bad_certificate``, ``too_slow`` or
    ``broken_answer``.
    """

    code: ClassVar[str] = "not_sent"

    def __init__(self, reason: str, text: str, /, **params: str) -> None:
        super().__init__(text, **params)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. `host` is in lower case, without brackets; `path` has its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the Host header says."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _PORTS[self.scheme] else f"{name}:{self.port}"


def look_up(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, as this machine resolves it. Raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Way:
    """How to get out. `allowed`: networks that may be reached although they are not public, and without TLS.

    `resolve` gives the addresses of a name; `trust` decides which certificates count (None: the system's authorities);
    `seconds` is for everything.
    """

    allowed: tuple[Network, ...] = ()
    resolve: Resolve = look_up
    trust: ssl.SSLContext | None = None
    seconds: float = WHOLE_SECONDS


def allowed_networks(setting: str) -> tuple[Network, ...]:
    """The networks of VAULT_WEBHOOK_ALLOW, separated by commas. Raises Misconfigured for what is none."""
    try:
        return tuple(ip_network(part.strip()) for part in setting.split(",") if part.strip())
    except ValueError as error:
        raise Misconfigured(
            N_("VAULT_WEBHOOK_ALLOW is not a list of networks like 10.0.0.0/8: %(problem)s."), problem=str(error)
        ) from None


def parse_target(url: str) -> Target:
    """Takes an http or https address apart. Raises NotSent (``refused_address``) for anything else."""
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise _refused(N_("The address has characters that no address can have, or is too long."))
    try:
        parts = urlsplit(url)
        port = (parts.port or _PORTS[parts.scheme]) if parts.scheme in _PORTS else 0
    except ValueError:
        port = 0
    if not port or not parts.hostname:
        raise _refused(N_("This is no address of the web. Write it like https://example.com/hook."))
    if "@" in parts.netloc or parts.fragment:
        raise _refused(N_("Leave out what stands before @ or behind # in the address: neither is sent."))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, parts.hostname.rstrip("."), port, path)


def checked_addresses(target: Target, way: Way) -> Sequence[str]:
    """Where to connect to, in the order to try. Raises NotSent unless all that the name resolves to may be reached."""
    try:
        found = [ip_address(text.partition("%")[0]) for text in _resolved(target, way)]
    except TimeoutError:
        raise NotSent("too_slow", N_("The name in the address could not be looked up in time.")) from None
    except (OSError, ValueError):
        found = []
    if not found:
        raise NotSent("no_such_host", N_("The name in the address is not known. Check its spelling."))
    is_own = [_is_in(address, way.allowed) for address in found]
    if not all(own or is_public(address) for own, address in zip(is_own, found, strict=True)):
        raise _refused(N_("The address leads into a private network. Only public addresses are sent to."))
    if target.scheme == "http" and not all(is_own):
        raise _refused(N_("The address must begin with https: on the way nobody may read or change what is sent."))
    return [str(address) for address in found]


def is_public(address: Address) -> bool:
    """Whether an address belongs to the internet at large: not to this machine, its networks or its cloud."""
    if isinstance(address, IPv6Address) and address not in _PUBLIC_V6:
        return False
    return address.is_global and not address.is_multicast and not _is_in(address, _NEVER)


def _resolved(target: Target, way: Way) -> Sequence[str]:
    """The addresses of the name. Raises TimeoutError when `way` has no time left for the answer, OSError, ValueError.

    No system call asks for a name with a deadline, so a thread does, and is left to itself where it takes too long. It
    ends when the system's resolver gives up; nobody piles them up, because who asks waits for its own answer meanwhile.
    """
    answer: Future[Sequence[str]] = Future()

    def ask() -> None:
        try:
            answer.set_result(way.resolve(target.host, target.port))
        except (OSError, ValueError) as error:
            answer.set_exception(error)

    Thread(target=ask, name="look-up", daemon=True).start()
    return answer.result(timeout=way.seconds)


def _is_in(address: Address, networks: Sequence[Network]) -> bool:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return any((mapped or address) in network for network in networks)


def _refused(text: str) -> NotSent:
    return NotSent("refused_address", text)
