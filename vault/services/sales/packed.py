"""A report file as it was sent: its fingerprint, and what is in it where it is packed."""

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from vault.domain.errors import Unreadable
from vault.domain.message import N_

_CHUNK = 1024 * 1024


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
                yield cast(BinaryIO, packed)
        elif start == b"PK\x03\x04":
            with zipfile.ZipFile(stream) as archive, archive.open(_only_file(archive)) as member:
                yield cast(BinaryIO, member)
        else:
            yield stream
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise Unreadable("damaged", N_("The packed file is damaged. Pack it again.")) from error


def _only_file(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    files = [each for each in archive.infolist() if not each.is_dir()]
    if len(files) != 1:
        raise Unreadable("several", N_("This zip holds several files. Import the reports one by one."))
    return files[0]
