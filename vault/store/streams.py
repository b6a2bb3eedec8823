"""Moving bytes while hashing them, a chunk at a time."""

import errno
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from vault.domain.errors import Damaged, NotFound, OutOfSpace, Refused, Unavailable
from vault.domain.message import N_
from vault.domain.values import Sha256
from vault.store.protocol import ByteSource

CHUNK = 1024 * 1024
# Up to this many bytes are verified in memory before they are handed out, more than that in a spool file.
IN_MEMORY = 8 * 1024 * 1024

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def disk_troubles_named() -> Iterator[None]:
    """Turns an OSError of the block into OutOfSpace or Unavailable."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise OutOfSpace(
                N_("The vault's disk is full. Nothing was kept; free some space, then send the file again.")
            ) from error
        raise Unavailable(
            N_("The vault's disk does not work as it should (%(reason)s). Nothing was kept; try again later."),
            reason=error.strerror or type(error).__name__,
        ) from error


def chunks_of(source: ByteSource) -> Iterator[bytes]:
    """What `source` has left, in pieces of at most `CHUNK` bytes."""
    while chunk := source.read(CHUNK):
        yield chunk


def copy_hashed(source: ByteSource, write: Callable[[bytes], object], limit: int) -> tuple[Sha256, int]:
    """Writes everything from `source` with `write`; returns its SHA-256 and size.

    Raises Refused (``too_large``) as soon as there are more than `limit` bytes. Errors of `source` pass through
    untouched; those of `write` become OutOfSpace or Unavailable.
    """
    digest, size = hashlib.sha256(), 0
    for chunk in chunks_of(source):
        size += len(chunk)
        if size > limit:
            raise Refused(
                "too_large",
                N_("This file is larger than the %(limit)s bytes allowed. Split it, or scan it at a lower resolution."),
                limit=str(limit),
            )
        digest.update(chunk)
        with disk_troubles_named():
            write(chunk)
    return Sha256(digest.hexdigest()), size


def new_spool(folder: Path) -> BinaryIO:
    """An empty stream for reading and writing: in memory while it is small, then a nameless file in `folder`."""
    with disk_troubles_named():
        folder.mkdir(parents=True, exist_ok=True)
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, dir=str(folder)))


def verified(chunks: Iterable[bytes], expected: Sha256, spool_folder: Path) -> BinaryIO:
    """All of `chunks` as a seekable stream at its beginning. Raises Damaged unless they hash to `expected`."""
    digest = hashlib.sha256()
    spool = new_spool(spool_folder)
    try:
        for chunk in chunks:
            digest.update(chunk)
            with disk_troubles_named():
                spool.write(chunk)
        require_same(expected, digest.hexdigest())
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return spool


def verified_size(chunks: Iterable[bytes], expected: Sha256) -> int:
    """The number of bytes in `chunks`. Raises Damaged unless they hash to `expected`."""
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        digest.update(chunk)
        size += len(chunk)
    require_same(expected, digest.hexdigest())
    return size


def require_same(expected: Sha256, found: str) -> None:
    """Raises Damaged unless `found` is the SHA-256 that was `expected`."""
    if found != expected.value:
        raise Damaged(
            N_("The stored object %(sha256)s is damaged. Restore it from a backup, or upload the original again."),
            sha256=expected.value,
        )


def not_here(sha256: Sha256) -> NotFound:
    """The error for bytes that the store does not hold."""
    return NotFound(
        N_("The store does not hold %(sha256)s. Restore it from a backup, or upload the original again."),
        sha256=sha256.value,
    )
