"""Sending to a real server: pinned to the checked address, verified by name, and never for longer than allowed."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest

from tests.servers.receiver import make_certificate, receiving, talking
from vault.services.webhooks.outgoing import ANSWER_BYTES, post
from vault.services.webhooks.targets import NotSent, Way, allowed_networks

LOOPBACK = allowed_networks("127.0.0.0/8")
NAME = "hooks.example"


def to_loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def way(**options: object) -> Way:
    return Way(LOOPBACK, to_loopback, **options)  # type: ignore[arg-type]


def reason_of(url: str, wanted: Way) -> str:
    with pytest.raises(NotSent) as refused:
        post(url, b"{}", {}, wanted)
    return refused.value.reason


@contextmanager
def drops(piece: bytes, first: bytes = b"") -> Iterator[int]:
    """A server that says `first`, then `piece` again and again, slowly and without an end."""

    def speak(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(first)
        while True:
            connection.sendall(piece)
            time.sleep(0.02)

    with talking(speak) as port:
        yield port


def test_the_body_and_the_headers_arrive_as_they_were_given() -> None:
    with receiving() as receiver:
        answer = post(receiver.url + "?a=1", b'{"x":1}', {"Vault-Event": "ping"}, way())
    [got] = receiver.received
    assert (answer.status, answer.beginning) == (200, "thank you")
    assert (got.path, got.body) == ("/hook?a=1", b'{"x":1}')
    assert got.headers["Vault-Event"] == "ping"
    assert got.headers["Host"] == f"127.0.0.1:{receiver.port}"


def test_the_name_is_asked_for_once_and_a_second_answer_counts_for_nothing() -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.99"]

    with receiving() as receiver:
        url = f"http://{NAME}:{receiver.port}/hook"
        assert post(url, b"{}", {}, Way(LOOPBACK, rebinding)).status == 200
    assert asked == [NAME]
    assert receiver.received[0].headers["Host"] == f"{NAME}:{receiver.port}"


def test_a_name_server_that_does_not_answer_holds_nobody_up() -> None:
    silence = Event()

    def silent(host: str, port: int) -> list[str]:
        silence.wait()
        return ["127.0.0.1"]

    try:
        assert reason_of(f"https://{NAME}/", Way(LOOPBACK, silent, seconds=0.1)) == "too_slow"
    finally:
        silence.set()


def test_what_the_name_server_took_is_not_given_again() -> None:
    """One deadline for both: the name comes late, and the receiver is cut off when its own answer would be in time."""
    asked = Event()

    def late(host: str, port: int) -> list[str]:
        asked.wait(0.3)
        return ["127.0.0.1"]

    def quiet(connection: socket.socket) -> None:
        connection.recv(65536)
        asked.wait(0.3)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    with talking(quiet) as port:
        assert reason_of(f"http://{NAME}:{port}/", Way(LOOPBACK, late, seconds=0.5)) == "too_slow"


def test_a_private_address_is_not_even_connected_to() -> None:
    with receiving() as receiver:
        assert reason_of(receiver.url, Way()) == "refused_address"
        assert reason_of(f"https://{NAME}:{receiver.port}/", Way(resolve=to_loopback)) == "refused_address"
    assert receiver.received == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_and_not_a_way(status: int) -> None:
    with receiving() as elsewhere, receiving() as receiver:
        receiver.answers, receiver.headers = [status], {"Location": elsewhere.url}
        assert post(receiver.url, b"{}", {}, way()).status == status
    assert elsewhere.received == []


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiving() as proxy, receiving() as receiver:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert post(receiver.url, b"{}", {}, way()).status == 200
    assert proxy.received == []


def test_https_is_verified_by_the_name_that_was_entered(tmp_path: Path) -> None:
    certificate, trust = make_certificate(tmp_path, NAME)
    with receiving(certificate) as receiver:
        assert post(f"https://{NAME}:{receiver.port}/", b"{}", {}, way(trust=trust)).status == 200


def test_a_certificate_of_another_name_is_refused(tmp_path: Path) -> None:
    certificate, trust = make_certificate(tmp_path, "other.example")
    with receiving(certificate) as receiver:
        assert reason_of(f"https://{NAME}:{receiver.port}/", way(trust=trust)) == "bad_certificate"
        assert reason_of(receiver.url, way(trust=trust)) == "bad_certificate"
    assert receiver.received == []


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    certificate, _ = make_certificate(tmp_path, NAME)
    with receiving(certificate) as receiver:
        assert reason_of(f"https://{NAME}:{receiver.port}/", way()) == "bad_certificate"
    assert receiver.received == []


def test_of_a_huge_answer_only_the_beginning_is_read() -> None:
    with receiving() as receiver:
        receiver.body = b"x" * 50_000_000
        answer = post(receiver.url, b"{}", {}, way())
    assert answer.beginning == "x" * ANSWER_BYTES


def test_a_body_without_an_end_does_not_hold_anybody_up() -> None:
    with drops(b"z", b"HTTP/1.1 200 OK\r\n\r\n") as port:
        answer = post(f"http://127.0.0.1:{port}/", b"{}", {}, way(seconds=0.5))
    assert answer.status == 200
    assert set(answer.beginning) == {"z"}


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"])
def test_headers_that_drip_are_cut_off(first: bytes) -> None:
    with drops(b"x", first) as port:
        assert reason_of(f"http://127.0.0.1:{port}/", way(seconds=0.5)) == "too_slow"


def test_a_handshake_that_drips_is_cut_off() -> None:
    with drops(b"\x00", b"\x16\x03\x03\x40\x00") as port:
        assert reason_of(f"https://127.0.0.1:{port}/", way(seconds=0.5)) == "too_slow"


def test_silence_is_too_slow() -> None:
    with talking(lambda connection: time.sleep(2)) as port:
        assert reason_of(f"http://127.0.0.1:{port}/", way(seconds=0.3)) == "too_slow"


@pytest.mark.parametrize("said", [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 many OK\r\n\r\n", b"\x00\xff\n"])
def test_what_is_no_web_server_is_called_so(said: bytes) -> None:
    def speak(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(said)

    with talking(speak) as port:
        assert reason_of(f"http://127.0.0.1:{port}/", way()) == "broken_answer"


def test_a_closed_port_and_a_closed_connection_are_no_connection() -> None:
    with talking(lambda connection: None) as port:
        assert reason_of(f"http://127.0.0.1:{port}/", way()) in ("no_connection", "broken_answer")
    assert reason_of(f"http://127.0.0.1:{port}/", way()) == "no_connection"


def test_the_next_address_of_a_name_is_tried() -> None:
    with receiving() as receiver:
        both = Way(LOOPBACK, lambda *_: ["127.0.0.77", "127.0.0.1"])
        assert post(f"http://{NAME}:{receiver.port}/", b"{}", {}, both).status == 200
