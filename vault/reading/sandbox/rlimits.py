"""Bounds that the kernel holds a reading process to, whatever its code does."""

import ctypes
import os
import resource
import signal

from vault.reading.limits import Limits

_FILE_BYTES = 512 << 20
_PROCESSES = 64
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 1, 4, 36


def confine_process(limits: Limits) -> None:
    """Bound this process and those that it starts: memory, processor time, files, processes; no core dumps."""
    _limit(resource.RLIMIT_DATA, limits.memory)
    _limit(resource.RLIMIT_CPU, int(limits.seconds * limits.threads) + 1)
    _limit(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 256)


def confine_family() -> None:
    """Bound how many processes there may be in the sandbox. The kernel counts them by user namespace."""
    _limit(resource.RLIMIT_NPROC, _PROCESSES)


def die_with_parent() -> None:
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Make this process the parent of whatever its children leave behind."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def shield_memory() -> None:
    """Keep other processes of the same user from reading or changing this one's memory."""
    _prctl(_PR_SET_DUMPABLE, 0)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (bound, bound))


def _prctl(option: int, value: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
