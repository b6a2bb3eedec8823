"""The parent's side: a warm sandboxed process that is asked about one document after another.

The parent believes nothing that comes out: every frame is bounded and time is kept here; what an answer means is
checked by whoever asked.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from vault.domain.errors import Misconfigured, VaultError
from vault.domain.message import N_
from vault.sandbox import confine, frames
from vault.sandbox.limits import Limits
from vault.sandbox.pipe import Closed, Pipe, TooLate, TooMuch
from vault.sandbox.refusals import REASONS, reader_died, unreadable

_START_SECONDS = 60.0
_PROGRESS_BYTES = 64
_SIGXCPU = b"-24"

log = structlog.get_logger(__name__)


def no_progress(done: int, total: int) -> None:
    pass


class Sandbox:
    """A sandbox that is started once, with the first document, and started again when it breaks.

    One document at a time: threads that share it wait for each other. `tasks` names the module that does the work
    inside (`zygote.Tasks`); `extra` are folders that it may read besides.
    """

    def __init__(
        self, tasks: str, limits: Limits | None = None, *, allow_unsandboxed: bool = False, extra: Sequence[Path] = ()
    ) -> None:
        self.limits = limits or Limits()
        self._allow_unsandboxed = allow_unsandboxed
        self._tasks = tasks
        self._extra = tuple(extra)
        self._pipe: Pipe | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the sandbox and everything in it."""
        with self._lock:
            self._stop()

    def start(self) -> None:
        """Start the sandbox now rather than with the first document. Raises Misconfigured when it cannot start."""
        with self._lock:
            self._started()

    def ask(self, request: bytes, document: bytes | Path, progress: Callable[[int, int], None] = no_progress) -> bytes:
        """What the tasks answer to `request`, at most `limits.output` bytes. `progress` gets (done, in all).

        Raises Unreadable for a document that cannot be read, ReaderDied when the process ended without an answer,
        Misconfigured when the sandbox cannot start, OSError when `document` is a path that cannot be opened.
        """
        data = self._bytes_of(document)
        with self._lock:
            pipe = self._started()
            deadline = time.monotonic() + self.limits.seconds
            try:
                return self._exchange(pipe, request, data, progress, deadline)
            except TooLate:
                self._stop()
                raise unreadable("timeout", self.limits) from None
            except (Closed, TooMuch) as error:
                log.warning("reader died", how=type(error).__name__, said=pipe.last_words())
                self._stop()
                raise reader_died() from error
            except VaultError:
                raise
            except BaseException:  # the caller's progress failed: the rest of this answer must not reach the next one
                self._stop()
                raise

    def _bytes_of(self, document: bytes | Path) -> bytes:
        size = document.stat().st_size if isinstance(document, Path) else len(document)
        if size > self.limits.size:
            raise unreadable("too_large", self.limits)
        return document.read_bytes() if isinstance(document, Path) else document

    def _exchange(
        self, pipe: Pipe, request: bytes, data: bytes, progress: Callable[[int, int], None], deadline: float
    ) -> bytes:
        pipe.send([(frames.REQUEST, request), (frames.DOCUMENT, data)], deadline)
        answer: frames.Frame | None = None
        while (frame := pipe.receive(deadline, self.limits.output)).kind != frames.DONE:
            if frame.kind == frames.PROGRESS:
                progress(*_two_numbers(frame.payload))
            elif answer is None or frame.kind == frames.FAILED:
                answer = frame
        if frame.payload == frames.LAST:
            self._stop()
        return self._settled(answer)

    def _settled(self, answer: frames.Frame | None) -> bytes:
        if answer is not None and answer.kind == frames.ANSWER:
            return answer.payload
        reason = answer.payload.decode("ascii", "replace") if answer else ""
        if answer is not None and answer.kind == frames.REFUSAL and reason in REASONS:
            raise unreadable(reason, self.limits)
        if answer is not None and answer.kind == frames.FAILED and answer.payload == _SIGXCPU:
            raise unreadable("timeout", self.limits)
        log.warning("reader died", how=reason[:40])
        self._stop()
        raise reader_died()

    def _started(self) -> Pipe:
        if self._pipe is not None and self._pipe.is_open():
            return self._pipe
        self._stop()
        command = [sys.executable, "-s", "-B", "-P", "-m", "vault.sandbox.zygote"]
        command += [json.dumps(asdict(self.limits)), self._tasks]
        try:
            command = confine.sandboxed(command, self._extra)
        except Misconfigured:
            if not self._allow_unsandboxed:
                raise
            log.warning("reading without a sandbox, as the settings allow")
        pipe = Pipe(command, {**confine.environment(self._extra), "TMPDIR": os.environ.get("TMPDIR", "/tmp")})
        self._await_ready(pipe)
        self._pipe = pipe
        return pipe

    def _await_ready(self, pipe: Pipe) -> None:
        try:
            frame = pipe.receive(time.monotonic() + _START_SECONDS, 0)
        except (Closed, TooLate, TooMuch):
            frame = None
        if frame is None or frame.kind != frames.READY:
            said = pipe.last_words()
            pipe.kill()
            raise Misconfigured(
                N_("The sandbox for reading documents does not start: %(said)s. Try “bwrap --version”."), said=said
            )

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.kill()
            self._pipe = None


def _two_numbers(payload: bytes) -> tuple[int, int]:
    try:
        done, total = json.loads(payload) if len(payload) <= _PROGRESS_BYTES else (0, 0)
        return int(done), int(total)
    except (ValueError, TypeError):
        raise Closed from None
