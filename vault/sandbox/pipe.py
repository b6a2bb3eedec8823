"""A child process with frames going in and out, each side bounded in time and size."""

import contextlib
import os
import selectors
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import IO

from vault.sandbox import frames

_CHUNK = 1 << 18
_LAST_WORDS = 2_000


class Closed(Exception):
    """The child has gone, or talks nonsense."""


class TooLate(Exception):
    """The deadline has passed."""


class TooMuch(Exception):
    """The child wants to say more than it may."""


class Pipe:
    """A running child, killed with its whole process group at the end."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        self._process = _start(command, environment, self._errors)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._into, self._out = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._into, False)
        os.set_blocking(self._out, False)
        self._received = bytearray()

    def is_open(self) -> bool:
        return self._process.poll() is None

    def send(self, parts: Sequence[tuple[bytes, bytes]], deadline: float) -> None:
        """Frames of (kind, payload). What the child says meanwhile is kept. Raises Closed, TooLate."""
        for kind, payload in parts:
            for piece in (frames.head(kind, len(payload)), payload):
                view = memoryview(piece)
                while view:
                    view = view[self._write_some(view, deadline) :]

    def receive(self, deadline: float, most: int) -> frames.Frame:
        """The next frame, its payload at most `most` bytes. Raises Closed, TooLate, TooMuch."""
        while len(self._received) < frames.HEAD_SIZE:
            self._read_some(deadline)
        kind, length = frames.parse_head(bytes(self._received[: frames.HEAD_SIZE]))
        if length > most:
            raise TooMuch
        end = frames.HEAD_SIZE + length
        while len(self._received) < end:
            self._read_some(deadline)
        payload = bytes(self._received[frames.HEAD_SIZE : end])
        del self._received[:end]
        return frames.Frame(kind, payload)

    def last_words(self) -> str:
        """The end of what the child wrote to standard error, for the log."""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - _LAST_WORDS))
        return self._errors.read().decode("utf-8", "replace").strip()

    def kill(self) -> None:
        """End the child and everything that it started. Its PID namespace goes with it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                stream.close()

    def _write_some(self, view: memoryview, deadline: float) -> int:
        self._wait(self._into, selectors.EVENT_WRITE, deadline)
        try:
            return os.write(self._into, view[:_CHUNK])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise Closed from error

    def _read_some(self, deadline: float) -> None:
        self._wait(self._out, selectors.EVENT_READ, deadline)
        try:
            piece = os.read(self._out, _CHUNK)
        except BlockingIOError:
            return
        if not piece:
            raise Closed
        self._received += piece

    @staticmethod
    def _wait(descriptor: int, event: int, deadline: float) -> None:
        left = deadline - time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, event)
            if left <= 0 or not selector.select(left):
                raise TooLate


def _start(command: Sequence[str], environment: Mapping[str, str], errors: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the child from a thread that lives as long as it does.

    A child that dies with its parent dies with the *thread* that started it, which may be a short-lived one of a
    web server.
    """
    started: Future[subprocess.Popen[bytes]] = Future()

    def keep() -> None:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=dict(environment),
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            started.set_exception(error)
        else:
            started.set_result(process)
            process.wait()

    threading.Thread(target=keep, daemon=True, name="sandbox keeper").start()
    return started.result()
