"""A report file as it was sent: its fingerprint, and what is in it where it is packed."""

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast

from vault.domain.errors import Unreadable
from vault.domain.message import N_

_CHUNK = 1024 * 1024
# Text that people download packs to a tenth or so. What unpacks to so many times its size is made to fill a machine.
_MOST_TIMES = 100
_NEVER_TOO_MUCH = 8 * 1024 * 1024


def sha256_of(stream: BinaryIO) -> str:
    """In hexadecimal. The stream stands at its beginning again."""
    sha256 = hashlib.sha256()
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        sha256.update(chunk)
    stream.seek(0)
    return sha256.hexdigest()


@contextmanager
def plain_of(stream: BinaryIO) -> Iterator[BinaryIO]:
    """The report, unpacked where it is gzip or the one file of a zip. Raises Unreadable where the packing is broken."""
    start = stream.read(4)
    stream.seek(0)
    try:
        if start.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=stream, mode="rb") as packed:
                yield cast(BinaryIO, _Bounded(packed, _size_of(stream)))
        elif start == b"PK\x03\x04":
            with zipfile.ZipFile(stream) as archive, archive.open(_only_file(archive)) as member:
                yield cast(BinaryIO, _Bounded(member, _size_of(stream)))
        else:
            yield stream
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise Unreadable("damaged", N_("The packed file is damaged. Pack it again.")) from error


class _Bounded:
    """What is unpacked of a file of so many bytes, as far as that can be a report. Raises Unreadable beyond."""

    def __init__(self, unpacked: BinaryIO | gzip.GzipFile | IO[bytes], packed_size: int) -> None:
        self._unpacked = unpacked
        self._most = max(_NEVER_TOO_MUCH, _MOST_TIMES * packed_size)
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        chunk = self._unpacked.read(size)
        self._read += len(chunk)
        if self._read > self._most:
            raise Unreadable("too_large", N_("This file unpacks to far more than a report. Send the report unpacked."))
        return chunk

    def seek(self, offset: int) -> int:
        self._read = offset
        return self._unpacked.seek(offset)


def _size_of(stream: BinaryIO) -> int:
    here = stream.tell()
    size = stream.seek(0, 2)
    stream.seek(here)
    return size


def _only_file(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    files = [each for each in archive.infolist() if not each.is_dir()]
    if len(files) != 1:
        raise Unreadable("several", N_("This zip holds several files. Import the reports one by one."))
    return files[0]
