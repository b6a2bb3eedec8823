"""Writing PDF objects (ISO 32000-1, 7.3) and a whole file out of them, front to back.

Nothing here reads a PDF: what comes from a stranger is only passed on, as bytes that nobody looks into.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_FREE = b"0000000000 65535 f \n"


def text_string(text: str) -> str:
    """A text string in hexadecimal UTF-16: nothing in it can end the string."""
    return f"<feff{text.encode('utf-16-be', 'replace').hex()}>"


def number(value: float) -> str:
    """As PDF writes reals: no exponent, no more digits than anyone can see."""
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"


def numbers(*values: float) -> str:
    return " ".join(number(value) for value in values)


@dataclass(frozen=True, slots=True)
class Fragment:
    """Objects that follow each other in `body`, numbered from `first`; where each begins. `pages` are numbers of them.

    `flaws`: what keeps its pages from conforming to PDF/A, as codes. `drawn`: how many pages were made pictures.
    """

    first: int
    offsets: tuple[int, ...]
    body: bytes
    pages: tuple[int, ...]
    flaws: tuple[str, ...] = ()
    drawn: int = 0

    def dump(self) -> bytes:
        head = {
            "first": self.first,
            "offsets": self.offsets,
            "pages": self.pages,
            "flaws": self.flaws,
            "drawn": self.drawn,
        }
        return json.dumps(head).encode() + b"\n" + self.body

    @classmethod
    def load(cls, data: bytes, first: int) -> "Fragment":
        """Raises ValueError for anything that was not written for `first`, or that points outside of itself."""
        line, _, body = data.partition(b"\n")
        head = json.loads(line)
        if not isinstance(head, dict):
            raise ValueError("no fragment")
        offsets, pages = _whole_numbers(head, "offsets"), _whole_numbers(head, "pages")
        flaws = tuple(str(flaw)[:60] for flaw in _list(head, "flaws"))
        (drawn,) = _whole_numbers({"drawn": [head.get("drawn")]}, "drawn")
        ascending = all(before < after for before, after in pairwise(offsets))
        inside = not offsets or (offsets[0] == 0 and offsets[-1] < len(body))
        if head.get("first") != first or not ascending or not inside:
            raise ValueError("objects that are not where they should be")
        if not pages or not all(first <= page < first + len(offsets) for page in pages):
            raise ValueError("pages that are not there")
        return cls(first, offsets, body, pages, flaws, drawn)


class ObjectWriter:
    """Objects for a `Fragment`."""

    def __init__(self, first: int = 1) -> None:
        self._first = first
        self._bodies: list[bytes | None] = []

    def __len__(self) -> int:
        return len(self._bodies)

    def reserve(self) -> int:
        self._bodies.append(None)
        return self._first + len(self._bodies) - 1

    def put(self, body: str | bytes, number: int | None = None) -> int:
        """The number of the object, a new one unless it was reserved."""
        where = self.reserve() if number is None else number
        self._bodies[where - self._first] = body.encode("latin-1") if isinstance(body, str) else body
        return where

    def forget(self, kept: int) -> None:
        """Every object but the first `kept`; nothing that stays may refer to them."""
        del self._bodies[kept:]

    def stream(self, entries: str, data: bytes, number: int | None = None) -> int:
        """A stream with `entries` in its dictionary, compressed here."""
        packed = zlib.compress(data, 6)
        return self.raw_stream(f"{entries}/Filter/FlateDecode", packed, number)

    def raw_stream(self, entries: str, data: bytes, number: int | None = None) -> int:
        """A stream whose `data` is encoded already, as its entries say."""
        head = f"<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1")
        return self.put(head + data + b"\nendstream", number)

    def fragment(self, pages: Iterable[int], flaws: Iterable[str] = (), drawn: int = 0) -> Fragment:
        parts: list[bytes] = []
        offsets, size = [], 0
        for position, content in enumerate(self._bodies):
            offsets.append(size)
            written = (b"%d 0 obj\n" % (self._first + position), content or b"null", b"\nendobj\n")
            size += sum(map(len, written))
            parts += written
        body = b"".join(parts)
        return Fragment(self._first, tuple(offsets), body, tuple(pages), tuple(sorted(set(flaws))), drawn)


class PdfFile:
    """A file that grows by objects and fragments; only where they begin is kept in memory."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._offsets: dict[int, int] = {}
        self._size = 0
        self.next = 1
        self._write(HEADER)

    def reserve(self) -> int:
        self.next += 1
        return self.next - 1

    def put(self, number: int, body: str | bytes) -> None:
        self._offsets[number] = self._size
        self._write(b"%d 0 obj\n" % number)
        self._write(body.encode("latin-1") if isinstance(body, str) else body)
        self._write(b"\nendobj\n")

    def stream(self, number: int, entries: str, data: bytes) -> None:
        self.put(number, f"<<{entries}/Length {len(data)}>>\nstream\n".encode("latin-1") + data + b"\nendstream")

    def append(self, fragment: Fragment) -> None:
        """Objects made for `next`. Raises ValueError for any other ones: two objects would have one number."""
        if fragment.first != self.next:
            raise ValueError("a fragment for another place")
        for position, offset in enumerate(fragment.offsets):
            self._offsets[fragment.first + position] = self._size + offset
        self.next += len(fragment.offsets)
        self._write(fragment.body)

    def close(self, entries: Mapping[str, int]) -> int:
        """Write the table and the trailer; the size of the file in bytes. The identifier comes from the content."""
        identifier = self._digest.hexdigest()[:32]
        begin = self._size
        self._write(b"xref\n0 %d\n" % self.next)
        self._write(_FREE)
        for position in range(1, self.next):
            offset = self._offsets.get(position)
            self._write(_FREE if offset is None else b"%010d 00000 n \n" % offset)
        named = "".join(f"/{name} {number} 0 R" for name, number in entries.items())
        self._write(f"trailer\n<</Size {self.next}{named}/ID[<{identifier}><{identifier}>]>>\n".encode())
        self._write(b"startxref\n%d\n%%%%EOF\n" % begin)
        return self._size

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._digest.update(data)
        self._size += len(data)


def _list(head: Mapping[str, object], name: str) -> list[object]:
    found = head.get(name)
    if not isinstance(found, list):
        raise ValueError(f"no {name}")
    return found


def _whole_numbers(head: Mapping[str, object], name: str) -> tuple[int, ...]:
    found = _list(head, name)
    if not all(type(item) is int and item >= 0 for item in found):
        raise ValueError(f"{name} that are no numbers")
    return tuple(item for item in found if isinstance(item, int))
