"""Keeps the processes of the embedded service running, and stops them all, children and grandchildren included."""

import os
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import structlog

from vault.domain.errors import Unavailable
from vault.domain.message import N_

log = structlog.get_logger(__name__)

_READY_SECONDS = 60.0
_STOP_SECONDS = 25.0
_LOOK = 0.1
_LONGEST_PAUSE = 30.0
# A process that lived so long had started well: the next start is not put off.
_SETTLED_SECONDS = 60.0
_MOST_FAILED_STARTS = 5


@dataclass(frozen=True, slots=True)
class Program:
    """One process. `is_ready` is asked until it says yes, before anything of the next stage is started."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    is_ready: Callable[[], bool] = lambda: True


@dataclass(slots=True)
class _Running:
    """A program and its process, which leads a process group of its own."""

    program: Program
    process: subprocess.Popen[bytes]
    started_at: float
    failed_starts: int = 0
    start_again_at: float | None = None


class Supervisor:
    """Runs stages of programs: started in order, stopped in the opposite one. A process that ends is started again."""

    def __init__(self, stages: Sequence[Sequence[Program]]) -> None:
        self._stages = stages
        self._running: list[list[_Running]] = []
        self._stopping = False

    def run(self, when_ready: Callable[[], None]) -> None:
        """Returns after SIGTERM or SIGINT, when everything has stopped.

        Raises Unavailable when a program does not come up, or keeps ending.
        """
        with self._signals() as woken:
            try:
                for stage in self._stages:
                    self._running.append([_start(program) for program in stage])
                    self._wait_until_ready(stage, woken)
                if not self._stopping:
                    when_ready()
                while not self._stopping:
                    self._wait(woken, 1.0)
                    self._start_ended_again()
            finally:
                self._stop_all()

    @contextmanager
    def _signals(self) -> Iterator[socket.socket]:
        """Asks for SIGTERM and SIGINT, and gives a socket that becomes readable with every signal."""
        woken, wake = socket.socketpair()
        with woken, wake:
            woken.setblocking(False)
            wake.setblocking(False)
            before = {number: signal.signal(number, self._ask_to_stop) for number in (signal.SIGTERM, signal.SIGINT)}
            before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
            former = signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
            try:
                yield woken
            finally:
                signal.set_wakeup_fd(former)
                for number, handler in before.items():
                    signal.signal(number, handler)

    def _ask_to_stop(self, *_: object) -> None:
        self._stopping = True

    def _wait(self, woken: socket.socket, seconds: float) -> None:
        select.select([woken], [], [], seconds)
        with suppress(BlockingIOError):
            woken.recv(4096)

    def _wait_until_ready(self, stage: Sequence[Program], woken: socket.socket) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        for program in stage:
            while not self._stopping and not program.is_ready():
                if time.monotonic() > deadline:
                    raise _did_not_start(program)
                self._wait(woken, _LOOK)
                self._start_ended_again()

    def _start_ended_again(self) -> None:
        now = time.monotonic()
        for stage in self._running:
            for number, item in enumerate(stage):
                if item.process.poll() is None or self._stopping:
                    continue
                if item.start_again_at is None:
                    _plan_restart(item, now)
                elif item.start_again_at <= now:
                    stage[number] = _start(item.program, item.failed_starts)

    def _stop_all(self) -> None:
        for stage in reversed(self._running):
            for item in stage:
                _signal(item, signal.SIGTERM)
            deadline = time.monotonic() + _STOP_SECONDS
            for item in stage:
                with suppress(subprocess.TimeoutExpired):
                    item.process.wait(max(0.0, deadline - time.monotonic()))
                # Whatever a process leaves in its group, such as the reader of a document, ends with it.
                _signal(item, signal.SIGKILL)
                item.process.wait()


def _start(program: Program, failed_starts: int = 0) -> _Running:
    environment = {**os.environ, **program.environment}
    command = [*_dying_with_us(), *program.command]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)
    return _Running(program, process, time.monotonic(), failed_starts)


def _dying_with_us() -> tuple[str, ...]:
    """Even when this supervisor is killed, nothing is left over (where util-linux is there to arrange it)."""
    return ("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()


def _plan_restart(item: _Running, now: float) -> None:
    # Its children go first: what it started must not work beside what takes its place.
    _signal(item, signal.SIGKILL)
    settled = now - item.started_at > _SETTLED_SECONDS
    item.failed_starts = 1 if settled else item.failed_starts + 1
    if item.failed_starts > _MOST_FAILED_STARTS:
        raise _did_not_start(item.program)
    pause = min(_LONGEST_PAUSE, 0.5 * 2 ** (item.failed_starts - 1))
    item.start_again_at = now + pause
    log.warning("process ended", name=item.program.name, code=item.process.returncode, starts_again_in=pause)


def _signal(item: _Running, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(item.process.pid, number)


def _did_not_start(program: Program) -> Unavailable:
    return Unavailable(
        N_("The %(name)s process does not start. Correct what it said above, or in VAULT_HOME/run, and start again."),
        name=program.name,
    )
