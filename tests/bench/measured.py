"""How long something takes, and the most memory that it holds meanwhile: here, and in the sandboxes below."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

_PAUSE = 0.1


@dataclass(slots=True)
class Measured:
    """`busy`: seconds of processor time, with that of the processes below. Memory in bytes; `before`: own, at the start."""

    seconds: float = 0.0
    busy: float = 0.0
    before: int = 0
    own: int = 0
    below: int = 0

    def __str__(self) -> str:
        own, grown, below = (round(size / 2**20) for size in (self.own, self.own - self.before, self.below))
        memory = f"peak memory {own:,} MB here ({grown:+,} MB), {below:,} MB in the sandbox"
        return f"{self.seconds:.1f} s ({self.busy:.1f} s of processor time), {memory}"


@contextmanager
def measured() -> Iterator[Measured]:
    """What it yields is filled in when the block ends."""
    found, done = Measured(before=psutil.Process().memory_info().rss), threading.Event()
    watch = threading.Thread(target=_watch, args=(done, found), daemon=True)
    watch.start()
    began = time.perf_counter()
    try:
        yield found
    finally:
        found.seconds = time.perf_counter() - began
        done.set()
        watch.join()


def _busy() -> float:
    """Of this process and those below, with what has ended in them."""
    myself = psutil.Process()
    return sum(map(_used, (myself, *myself.children(recursive=True))))


def _used(process: psutil.Process) -> float:
    try:
        return float(sum(process.cpu_times()[:4]))
    except psutil.Error:
        return 0.0


def _watch(done: threading.Event, found: Measured) -> None:
    """What a sandbox has used is not known any more when it has ended, so that is looked at all the time."""
    myself, before = psutil.Process(), _busy()
    while not done.wait(_PAUSE):
        found.busy = max(found.busy, _busy() - before)
        found.own = max(found.own, myself.memory_info().rss)
        found.below = max(found.below, sum(map(_held, myself.children(recursive=True))))


def _held(process: psutil.Process) -> int:
    """Pages that processes share are counted once."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0
