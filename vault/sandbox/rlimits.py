"""Bounds that the kernel holds a reading process to, whatever its code does."""

import ctypes
import os
import resource
import signal

from vault.sandbox.limits import Limits

_FILE_BYTES = 512 << 20
_PROCESSES, _PROCESSES_A_THREAD = 32, 8
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_CHILD_SUBREAPER = 1, 4, 36


def confine_process(limits: Limits) -> None:
    """Bound this process and each that it starts: memory, processor time, files; no core dumps.

    Every process has these bounds for itself. What they may cost together is bounded by how many there are: the
    reader, at most `limits.threads` Tesseracts that it starts, and never more than `confine_family` allows.
    """
    _limit(resource.RLIMIT_DATA, limits.memory)
    _limit(resource.RLIMIT_CPU, int(limits.seconds * limits.threads) + 1)
    _limit(resource.RLIMIT_FSIZE, _FILE_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 256)


def confine_family(limits: Limits) -> None:
    """Bound how many processes and threads there may be in the sandbox, which must be a user namespace of its own.

    The kernel counts them by user namespace. It counts nothing for root, so a worker should not run as root.
    """
    _limit(resource.RLIMIT_NPROC, _PROCESSES + _PROCESSES_A_THREAD * limits.threads)


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
