"""Bytes as read-only files: ``blobs/ab/cd/abcd…`` below one folder.

A file is spooled beside the blobs, flushed to the disk, and only then given its name, so a name never stands for half
a file; the folders above it are flushed before anything is acknowledged. A crash leaves at most a spool file behind.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from vault.domain.errors import Misconfigured, VaultError
from vault.domain.message import N_
from vault.domain.values import Sha256
from vault.store.layout import BLOBS, is_folder, name_of, sha256_of
from vault.store.protocol import ByteSource, Stored
from vault.store.streams import chunks_of, copy_hashed, disk_troubles_named, not_here, verified, verified_size

_SPOOL = "spool"
_READ_ONLY = 0o440
_PRIVATE = 0o700


class FilesystemStore:
    """Keeps objects below `folder`, which has to be on one local filesystem."""

    def __init__(self, folder: Path) -> None:
        self._blobs = folder / BLOBS
        self._spool = folder / _SPOOL

    def put(self, source: ByteSource, *, limit: int) -> Stored:
        with self._spooling() as (path, descriptor):
            sha256, size = copy_hashed(source, lambda chunk: _write_all(descriptor, chunk), limit)
            with disk_troubles_named():
                os.fchmod(descriptor, _READ_ONLY)
                os.fsync(descriptor)
                is_new = self._name(path, self._path(sha256))
        return Stored(sha256, size, is_new)

    @contextmanager
    def open(self, sha256: Sha256) -> Iterator[BinaryIO]:
        with self._raw(sha256) as raw:
            stream = verified(_disk_chunks(raw), sha256, self._spool)
        with stream:
            yield stream

    def size(self, sha256: Sha256) -> int | None:
        with disk_troubles_named():
            try:
                return self._path(sha256).stat().st_size
            except FileNotFoundError:
                return None

    def ids(self, after: Sha256 | None = None) -> Iterator[Sha256]:
        last = name_of(after) if after else ""
        for first in _listed(self._blobs):
            for second in _listed(self._blobs / first):
                if f"{first}/{second}/~" < last:
                    continue
                names = (f"{first}/{second}/{name}" for name in _listed(self._blobs / first / second))
                yield from (sha256 for name in names if name > last and (sha256 := sha256_of(name)))

    def strays(self) -> Iterator[str]:
        """Files among the objects that are none, by their names below the folder of the objects."""
        for path in sorted(self._blobs.rglob("*")):
            name = path.relative_to(self._blobs).as_posix()
            if not (sha256_of(name) or (path.is_dir() and not path.is_symlink() and is_folder(name))):
                yield name

    def verify(self, sha256: Sha256) -> int:
        with self._raw(sha256) as raw:
            return verified_size(_disk_chunks(raw), sha256)

    def hold(self, sha256: Sha256, until: datetime) -> None:
        """Only sees that they are there: a folder cannot keep its owner from deleting, and promises no lock."""
        if self.size(sha256) is None:
            raise not_here(sha256)

    def probe(self) -> None:
        """Makes the folders, removes what crashed writers left, and writes once to see that it can."""
        try:
            with disk_troubles_named():
                self._blobs.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
                self._spool.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
                for folder in (self._blobs, self._blobs.parent, self._blobs.parent.parent):
                    _flush_folder(folder)
                self._reap()
            with self._spooling() as (_, descriptor), disk_troubles_named():
                os.write(descriptor, b"probe")
                os.fsync(descriptor)
        except VaultError as error:
            raise Misconfigured(
                N_(
                    "Nothing can be stored in %(folder)s: %(reason)s Correct VAULT_HOME or its permissions, then start again."
                ),
                folder=str(self._blobs.parent),
                reason=str(error),
            ) from error

    def _path(self, sha256: Sha256) -> Path:
        return self._blobs / name_of(sha256)

    @contextmanager
    def _raw(self, sha256: Sha256) -> Iterator[BinaryIO]:
        with disk_troubles_named():
            try:
                raw = open(self._path(sha256), "rb", buffering=0, opener=_no_links)  # noqa: SIM115
            except FileNotFoundError:
                raise not_here(sha256) from None
        with raw:
            yield raw

    def _name(self, spooled: Path, path: Path) -> bool:
        """Gives the spooled file its name; returns whether the name is new. Everything is on the disk afterwards."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
        try:
            os.link(spooled, path)
            is_new = True
        except FileExistsError:
            # The same bytes again: putting the good copy in their place costs nothing, and it heals a damaged one.
            spooled.replace(path)
            is_new = False
        # Another writer may have made these folders and not have flushed them yet: flushed by whoever acknowledges.
        for folder in (path.parent, path.parent.parent, self._blobs, self._blobs.parent):
            _flush_folder(folder)
        return is_new

    @contextmanager
    def _spooling(self) -> Iterator[tuple[Path, int]]:
        """A new spool file, locked as long as its writer lives, and gone afterwards."""
        with disk_troubles_named():
            path, descriptor = self._new_spool_file()
        try:
            yield path, descriptor
        finally:
            os.close(descriptor)
            with suppress(OSError):
                path.unlink()

    def _new_spool_file(self) -> tuple[Path, int]:
        self._spool.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
        while True:
            path = self._spool / secrets.token_hex(16)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if os.fstat(descriptor).st_nlink:
                return path, descriptor
            os.close(descriptor)  # reaped between its making and its locking: once more

    def _reap(self) -> None:
        """Removes the spool files of writers that are gone: nobody holds their lock."""
        for name in _listed(self._spool):
            with suppress(FileNotFoundError, BlockingIOError), (self._spool / name).open("rb") as left:
                fcntl.flock(left, fcntl.LOCK_EX | fcntl.LOCK_NB)
                (self._spool / name).unlink()


def _write_all(descriptor: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _disk_chunks(raw: BinaryIO) -> Iterator[bytes]:
    with disk_troubles_named():
        yield from chunks_of(raw)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _listed(folder: Path) -> list[str]:
    with disk_troubles_named():
        try:
            return sorted(path.name for path in folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []


def _no_links(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC)
