"""The files of a bundle, in a folder or in a zip archive that a stranger may have made: read in place, never unpacked."""

import stat
import zipfile
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from vault.domain.errors import Invalid
from vault.domain.message import N_

# An archive that claims to hold more than this, and so much more than its own size, is made to exhaust its reader.
_LARGEST_UNQUESTIONED = 1 << 30
_MOST_TIMES_LARGER = 200
_UNIX = 3


class BundleFiles(ABC):
    """Files by their names relative to the bundle, separated by ``/``."""

    @property
    @abstractmethod
    def names(self) -> frozenset[str]:
        """Every file."""

    @property
    @abstractmethod
    def hostile(self) -> tuple[str, ...]:
        """Names that no honest bundle has: leading out of it, twice there, links, devices."""

    @abstractmethod
    def open(self, name: str) -> IO[bytes]:
        """One of `names`, for reading."""


class FolderFiles(BundleFiles):
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
        regular = {name for name, path in found.items() if stat.S_ISREG(path.lstat().st_mode)}
        folders = {name for name, path in found.items() if stat.S_ISDIR(path.lstat().st_mode)}
        self._names = frozenset(regular)
        self._hostile = tuple(sorted(found.keys() - regular - folders))

    @property
    def names(self) -> frozenset[str]:
        return self._names

    @property
    def hostile(self) -> tuple[str, ...]:
        return self._hostile

    def open(self, name: str) -> IO[bytes]:
        return (self._folder / name).open("rb")


class ZipFiles(BundleFiles):
    """The archive may hold the bundle itself or one folder with the bundle in it."""

    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        self._archive = archive
        # The library cuts a name at its first NUL; what the archive says is the name before that.
        members = [member for member in archive.infolist() if not member.orig_filename.endswith("/")]
        _require_bounded(members, size)
        twice = {name for name, count in Counter(member.filename for member in members).items() if count > 1}
        self._hostile = tuple(sorted(twice | {member.filename for member in members if not _is_harmless(member)}))
        self._prefix = _prefix_of([member.filename for member in members])
        self._names = frozenset(member.filename.removeprefix(self._prefix) for member in members)

    @property
    def names(self) -> frozenset[str]:
        return self._names

    @property
    def hostile(self) -> tuple[str, ...]:
        return self._hostile

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(self._prefix + name)


@contextmanager
def bundle_files(path: Path) -> Iterator[BundleFiles]:
    """The files of the bundle at `path`. Raises Invalid for an archive that cannot be opened or is a bomb."""
    if path.is_dir():
        yield FolderFiles(path)
        return
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise Invalid(N_("%(path)s cannot be opened as a zip archive. Get it again."), path=str(path)) from error
    with archive:
        yield ZipFiles(archive, path.stat().st_size)


def is_safe(name: str) -> bool:
    """Whether `name` stays inside the bundle on every system."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and not set(name) & set("\\:\0\r\n")


def _is_harmless(member: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(member.external_attr >> 16) if member.create_system == _UNIX else 0
    is_encrypted = member.flag_bits & 1
    return is_safe(member.orig_filename) and kind in (0, stat.S_IFREG) and not is_encrypted


def _require_bounded(members: list[zipfile.ZipInfo], size: int) -> None:
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    is_bomb = unpacked > _LARGEST_UNQUESTIONED and unpacked > _MOST_TIMES_LARGER * size
    if packed > size or is_bomb:
        raise Invalid(N_("This archive claims to hold far more than it can. It was not read: do not open it."))


def _prefix_of(names: list[str]) -> str:
    first = {name.partition("/")[0] for name in names}
    return f"{first.pop()}/" if len(first) == 1 and all("/" in name for name in names) else ""
