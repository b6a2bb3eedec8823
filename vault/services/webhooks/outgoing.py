"""Sending something to an address that a person has entered.

The connection goes to an address that `targets` has checked, under the name that was entered. Redirects are not
followed, no proxy is asked, and neither a slow nor a talkative receiver holds anybody up.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer

from vault.domain.message import N_
from vault.services.webhooks.targets import NotSent, Target, Way, checked_addresses, parse_target

ANSWER_BYTES = 500
_CONNECT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the HTTP status, and no more than ANSWER_BYTES of the body, decoded as well as it goes."""

    status: int
    beginning: str


def post(url: str, body: bytes, headers: Mapping[str, str], way: Way) -> Answer:
    """Sends `body` to `url` and gives what comes back, whatever its status. Raises NotSent."""
    target, end = parse_target(url), time.monotonic() + way.seconds
    addresses = checked_addresses(target, way)
    try:
        with _connected(target, addresses, way, end) as (connection, deadline):
            response = _exchange(connection, target, body, headers)
            deadline.require_time()
            return Answer(response.status, _beginning(response).decode(errors="replace"))
    except ssl.SSLCertVerificationError:
        raise NotSent(
            "bad_certificate", N_("The certificate does not belong to the address, or is not valid.")
        ) from None
    except TimeoutError:
        raise NotSent("too_slow", N_("The answer took too long.")) from None
    except OSError:
        raise NotSent(
            "no_connection", N_("Nobody takes connections at the address, or the connection broke.")
        ) from None
    except http.client.HTTPException:
        raise NotSent("broken_answer", N_("What came back is not the answer of a web server.")) from None


class _Deadline:
    """Cuts a connection after `seconds`, whatever it is at: a peer that sends a byte now and then gains nothing."""

    def __init__(self, raw: socket.socket, seconds: float) -> None:
        self._handle = raw.dup()  # TLS takes the original apart
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True
        self.is_over = False

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()
        self._handle.close()

    def require_time(self) -> None:
        """Raises TimeoutError when it is over: an end of the headers that was no end, but the cut, is not believed."""
        if self.is_over:
            raise TimeoutError

    def _cut(self) -> None:
        self.is_over = True
        with suppress(OSError):
            self._handle.shutdown(socket.SHUT_RDWR)


Dated = tuple[http.client.HTTPConnection, _Deadline]


@contextmanager
def _connected(target: Target, addresses: Sequence[str], way: Way, end: float) -> Iterator[Dated]:
    """A connection that lives no longer than until `end`. Raises TimeoutError when it was cut in the middle."""
    raw = _dial(addresses, target.port, end)
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.auto_open = 0  # it must never look the name up by itself
    with _Deadline(raw, max(0.0, end - time.monotonic())) as deadline:
        try:
            connection.sock = raw
            if target.scheme == "https":
                context = way.trust or ssl.create_default_context()
                connection.sock = context.wrap_socket(raw, server_hostname=target.host)
            yield connection, deadline
        except (OSError, http.client.HTTPException):
            deadline.require_time()
            raise
        finally:
            connection.close()
            raw.close()


def _dial(addresses: Sequence[str], port: int, end: float) -> socket.socket:
    """The first of the addresses that takes a connection. Raises OSError."""
    for address in addresses[:-1]:
        with suppress(OSError):
            return _open(address, port, end)
    return _open(addresses[-1], port, end)


def _open(address: str, port: int, end: float) -> socket.socket:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    raw = socket.create_connection((address, port), timeout=min(left, _CONNECT_SECONDS))
    raw.settimeout(left)
    return raw


def _exchange(
    connection: http.client.HTTPConnection, target: Target, body: bytes, headers: Mapping[str, str]
) -> http.client.HTTPResponse:
    connection.putrequest("POST", target.path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", target.authority)
    connection.putheader("Content-Length", str(len(body)))
    connection.putheader("Connection", "close")
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders(body)
    return connection.getresponse()


def _beginning(response: http.client.HTTPResponse) -> bytes:
    """The first bytes of the body. The status counts, even if the body breaks off or never ends."""
    found = b""
    with suppress(OSError, http.client.HTTPException):
        while len(found) < ANSWER_BYTES and (piece := response.read1(ANSWER_BYTES - len(found))):
            found += piece
    return found
