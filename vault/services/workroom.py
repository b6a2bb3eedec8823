"""Room for what is made before it is kept: below the vault's own home, with what killed attempts left swept away."""

import errno
import fcntl
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from vault.domain.errors import OutOfSpace
from vault.domain.ids import new_id
from vault.domain.message import N_

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_LOCK = ".lock"


@contextmanager
def workroom(home: Path, needed: int) -> Iterator[Path]:
    """An empty folder below `home` that is gone afterwards, on a disk with `needed` free bytes.

    Raises OutOfSpace, before anything is made or when the disk is full meanwhile; also of what the block writes.
    """
    rooms = home / "work"
    rooms.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        with _held(home / "work.lock"):  # nobody sweeps while a room has no lock yet
            _sweep(rooms)
            require_free(rooms, needed)
            room = rooms / new_id()
            room.mkdir()
            stack.callback(shutil.rmtree, room, ignore_errors=True)
            stack.enter_context(_held(room / _LOCK))  # while this process lives, nobody takes the room for left over
        try:
            yield room
        except OSError as error:
            if error.errno in _FULL:
                raise _no_room(needed, shutil.disk_usage(rooms).free) from error
            raise


def require_free(folder: Path, needed: int) -> None:
    """Raises OutOfSpace where the disk below `folder` has less than `needed` free bytes."""
    if (free := shutil.disk_usage(folder).free) < needed:
        raise _no_room(needed, free)


@contextmanager
def _held(path: Path, operation: int = fcntl.LOCK_EX) -> Iterator[None]:
    """A lock that ends with the process at the latest. Raises OSError where it is not to be had without waiting."""
    with path.open("w") as lock:
        fcntl.flock(lock, operation)
        yield


def _sweep(rooms: Path) -> None:
    """Removes the rooms of processes that are no more."""
    for room in sorted(rooms.iterdir()):
        try:
            with _held(room / _LOCK, fcntl.LOCK_EX | fcntl.LOCK_NB):
                shutil.rmtree(room, ignore_errors=True)
        except (BlockingIOError, FileNotFoundError):  # somebody works in it, or has just left it
            continue


def _no_room(needed: int, free: int) -> OutOfSpace:
    return OutOfSpace(
        N_(
            "There is not enough room to make it: about %(needed)s MB are needed and %(free)s MB are free. Free some "
            "space on the vault's disk; it is tried again by itself."
        ),
        needed=str(-(-needed // 1_000_000)),
        free=str(free // 1_000_000),
    )
