"""Folders of evidence to hand out: BagIt (RFC 8493) in a zip archive, streamed, verifiable without this software.

Equal contents give equal bytes: no clock, no chance, nothing of this machine. Memory stays constant, since an archive
is written while it is sent.
"""

import hashlib
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_NO_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip archive can hold
_READABLE = 0o100644 << 16
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,10}$")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class BagFile:
    """One file: its name below ``data/`` (ASCII), its checksum, its size in bytes, and how to get at its bytes."""

    name: str
    sha256: str
    size: int
    chunks: Callable[[], Iterator[bytes]]


def bag_file(name: str, content: bytes) -> BagFile:
    """A small file that is at hand."""
    return BagFile(name, hashlib.sha256(content).hexdigest(), len(content), lambda: iter((content,)))


def plain_name(filename: str) -> str:
    """What a stranger called a file, as an ASCII name for every system: at most 80 characters, its ending kept."""
    plain = unicodedata.normalize("NFKD", filename).encode("ascii", "ignore").decode().strip()
    ending = _ENDING.search(plain)
    last = ending.group() if ending else ""
    stem = _NOT_PLAIN.sub("_", plain.removesuffix(last)).strip("._-") or "document"
    return stem[: _LONGEST - len(last)].rstrip("._-") + last


def zip_bag(folder: str, files: Sequence[BagFile], info: Mapping[str, str]) -> Iterator[bytes]:
    """The archive with one folder in it, chunk by chunk. `info` goes into ``bag-info.txt``; names have to be unique.

    Beside BagIt's own manifests it holds ``SHA256SUMS`` over everything else, for `sha256sum -c` in that folder.
    """
    payload = [BagFile(f"data/{file.name}", file.sha256, file.size, file.chunks) for file in files]
    octets = sum(file.size for file in payload)
    stated = {**info, "Payload-Oxum": f"{octets}.{len(payload)}"}
    tags = [
        bag_file("bagit.txt", _DECLARATION),
        bag_file("bag-info.txt", "".join(f"{name}: {value}\n" for name, value in stated.items()).encode()),
        bag_file("manifest-sha256.txt", _manifest(payload)),
    ]
    tags.append(bag_file("SHA256SUMS", _manifest([*tags, *payload])))
    tags.append(bag_file("tagmanifest-sha256.txt", _manifest(tags)))
    return _zipped(folder, [*tags, *payload])


def _manifest(files: Sequence[BagFile]) -> bytes:
    return "".join(f"{file.sha256}  {file.name}\n" for file in files).encode("ascii")


def _zipped(folder: str, files: Sequence[BagFile]) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for file in files:
            member = zipfile.ZipInfo(f"{folder}/{file.name}", _NO_DATE)
            member.external_attr, member.create_system = _READABLE, 3
            member.file_size = file.size  # tells the library in time where 32 bits do not suffice
            with archive.open(member, "w") as target:
                for chunk in file.chunks():
                    target.write(chunk)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()


class _Sink:
    """What `zipfile` writes to: cannot go back, and forgets what was taken."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self._waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def close(self) -> None:
        """Nothing to give back."""

    def taken(self) -> bytes:
        taken = b"".join(self._waiting)
        self._waiting.clear()
        return taken
