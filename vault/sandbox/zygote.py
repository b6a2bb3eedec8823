"""The process inside the sandbox: imports everything once, then forks one process for each document.

Run as ``python -m vault.sandbox.zygote LIMITS TASKS``: the limits as JSON, the module with `warm_up` and `perform`.
Requests come on standard input, answers go to standard output, both as frames.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import time
import traceback
from typing import BinaryIO, NoReturn, Protocol

from vault.domain.errors import Unreadable
from vault.sandbox import confine, frames, rlimits
from vault.sandbox.limits import Limits

_LEFTOVER_SECONDS = 2.0


class Tasks(Protocol):
    """What a tasks module offers. `request` is JSON in words of its own, `data` the document."""

    def warm_up(self) -> None: ...

    def perform(self, request: bytes, data: bytes, limits: Limits, progress: object) -> bytes: ...


def main(arguments: list[str]) -> None:
    limits, module = Limits(**json.loads(arguments[0])), arguments[1]
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    _point_standard_streams_nowhere()
    tasks: Tasks = importlib.import_module(module)
    tasks.warm_up()
    rlimits.adopt_orphans()
    rlimits.shield_memory()
    if confine.is_inside():
        rlimits.confine_family(limits)
    gc.collect()
    gc.freeze()
    frames.send(sink, frames.READY)
    while (frame := frames.receive(source)) is not None:
        _serve(frame.payload, source, sink, tasks, limits)


def _point_standard_streams_nowhere() -> None:
    """Nothing that a library prints may end up between the frames."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)


def _serve(request: bytes, source: BinaryIO, sink: BinaryIO, tasks: Tasks, limits: Limits) -> None:
    frame = frames.receive(source)
    if frame is None:
        sys.exit()
    child = os.fork()
    if child == 0:
        _read_and_exit(request, frame.payload, sink, tasks, limits)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        frames.send(sink, frames.FAILED, str(code).encode())
    clean = _nobody_left(child)
    frames.send(sink, frames.DONE, b"" if clean else frames.LAST)
    if not clean:  # something escaped: the whole sandbox goes, and the parent starts another
        sys.exit()


def _nobody_left(group: int) -> bool:
    """Kill what the reader of one document left running; False when something is still there after that."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
    deadline = time.monotonic() + _LEFTOVER_SECONDS
    while time.monotonic() < deadline:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.005)
        except ChildProcessError:
            return True
    return False


def _read_and_exit(request: bytes, data: bytes, sink: BinaryIO, tasks: Tasks, limits: Limits) -> NoReturn:
    """The life of the process that reads one document."""
    code = 1
    try:
        os.setpgid(0, 0)
        rlimits.die_with_parent()
        rlimits.confine_process(limits)
        _answer(request, data, sink, tasks, limits)
        code = 0
    except BaseException:  # noqa: BLE001 - the outermost boundary of a forked process, which must not return
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _answer(request: bytes, data: bytes, sink: BinaryIO, tasks: Tasks, limits: Limits) -> None:
    def progress(done: int, total: int) -> None:
        frames.send(sink, frames.PROGRESS, json.dumps([done, total]).encode())

    try:
        answer = tasks.perform(request, data, limits, progress)
    except Unreadable as error:
        frames.send(sink, frames.REFUSAL, error.reason.encode())
    except MemoryError:
        frames.send(sink, frames.REFUSAL, b"out_of_memory")
    else:
        if len(answer) > limits.output:
            frames.send(sink, frames.REFUSAL, b"too_large")
        else:
            frames.send(sink, frames.ANSWER, answer)


if __name__ == "__main__":
    main(sys.argv[1:])
