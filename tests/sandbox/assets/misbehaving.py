"""A reader that behaves as badly as the first word of its document says."""

import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from vault.domain.errors import Unreadable
from vault.domain.message import N_
from vault.sandbox import frames
from vault.sandbox.limits import Limits


def warm_up() -> None:
    pass


def perform(request: bytes, data: bytes, limits: Limits, progress: Callable[[int, int], None]) -> bytes:
    word, _, rest = data.partition(b" ")
    progress(1, 2)
    return _DEEDS[word.decode()](rest.decode())


def _hang(rest: str) -> bytes:
    while True:
        time.sleep(1)


def _spin(rest: str) -> bytes:
    while True:
        pass


def _crash(rest: str) -> bytes:
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def _raise(rest: str) -> bytes:
    raise ZeroDivisionError("a fault of the reader")


def _eat(rest: str) -> bytes:
    return b"".join(bytes([number % 256]) * (64 << 20) for number in range(1000))


def _say_much(rest: str) -> bytes:
    return b"x" * (int(rest) << 20)


def _flood(rest: str) -> bytes:
    """Announce more than may be said, past the process that would refuse it."""
    for descriptor in range(3, 10):
        with contextlib.suppress(OSError):
            os.write(descriptor, frames.head(frames.ANSWER, 200 << 20))
    return b""


def _lie(rest: str) -> bytes:
    return b'{"format": 1, "kind": "all is well"}'


def _refuse(rest: str) -> bytes:
    raise Unreadable(rest, N_("<b>Words of a stranger</b>"))


def _leave_child_behind(rest: str) -> bytes:
    subprocess.Popen(["sleep", "600"], start_new_session=True)
    return b"left"


def _pid(rest: str) -> bytes:
    return str(os.getppid()).encode()


def _connect(rest: str) -> bytes:
    host, port = rest.split(":")
    try:
        socket.create_connection((host, int(port)), timeout=2).close()
    except OSError as error:
        return f"no: {type(error).__name__}".encode()
    return b"connected"


def _look_at(rest: str) -> bytes:
    return b"there" if Path(rest).exists() else b"not there"


def _write_to(rest: str) -> bytes:
    try:
        Path(rest).write_text("x", encoding="utf-8")
    except OSError as error:
        return f"no: {type(error).__name__}".encode()
    return b"written"


def _environment(rest: str) -> bytes:
    return os.environ.get(rest, "unset").encode()


def _multiply(rest: str) -> bytes:
    """Start sleeping processes until the kernel has had enough, or `rest` of them are there."""
    for number in range(int(rest)):
        try:
            child = os.fork()
        except OSError:
            return str(number).encode()
        if child == 0:
            time.sleep(600)
    return rest.encode()


def _most_processes(rest: str) -> bytes:
    return str(resource.getrlimit(resource.RLIMIT_NPROC)[0]).encode()


def _print(rest: str) -> bytes:
    sys.stdout.write("noise between the frames")
    sys.stdout.flush()
    os.write(1, b"and some more")
    return b"quiet"


_DEEDS: dict[str, Callable[[str], bytes]] = {
    "hang": _hang,
    "spin": _spin,
    "crash": _crash,
    "raise": _raise,
    "eat": _eat,
    "flood": _flood,
    "much": _say_much,
    "lie": _lie,
    "refuse": _refuse,
    "leave": _leave_child_behind,
    "pid": _pid,
    "connect": _connect,
    "look": _look_at,
    "write": _write_to,
    "environment": _environment,
    "print": _print,
    "multiply": _multiply,
    "most_processes": _most_processes,
}
