"""Objects of another PDF taken over with all that they refer to, except what acts, hides or reaches outside.

Only to be used in the sandbox.
"""

import math
from collections import deque

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from vault.composing.pdf_objects import ObjectWriter
from vault.sandbox.refusals import unreadable

_MOST_OBJECTS = 300_000
_RESOURCES = frozenset({"/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet"})
_FORM = frozenset(
    {"/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group", "/Filter", "/DecodeParms"}
)
_IMAGE = frozenset(
    {
        *(
            "/Type",
            "/Subtype",
            "/Width",
            "/Height",
            "/ColorSpace",
            "/BitsPerComponent",
            "/Intent",
            "/ImageMask",
            "/Mask",
        ),
        *("/Decode", "/SMask", "/SMaskInData", "/Matte", "/Filter", "/DecodeParms"),
    }
)
# Of any other stream: its content is in the file itself, and what describes it is nobody's business.
_NEVER = frozenset(
    {"/F", "/FFilter", "/FDecodeParms", "/Metadata", "/PieceInfo", "/AF", "/Length", "/OC", "/OPI", "/Ref"}
)


_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.+")
_LETTERS = tuple(bytes([byte]) if byte in _PLAIN else b"#%02x" % byte for byte in range(256))


# Lists of what is in an embedded font: not needed (ISO 19005-2, 6.2.11.4.2), and often wrong.
_LISTS = frozenset({"/CIDSet", "/CharSet"})


class Transplant:
    """Takes objects of one source over into `writer`; each only once, however often it is referred to."""

    def __init__(self, writer: ObjectWriter) -> None:
        self._writer = writer
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: deque[tuple[int, IndirectObject]] = deque()

    def value(self, item: object) -> bytes:
        """`item` as it is written inside another object. Raises Unreadable(``damaged``)."""
        try:
            return self._written(item)
        except RecursionError as error:
            raise unreadable("damaged") from error

    def resources(self, item: object) -> bytes:
        """A resource dictionary, without lists of properties: those can hold anything."""
        return self._dictionary(resolved(item), _RESOURCES)

    def finish(self) -> None:
        """Take over what was referred to, and what that refers to. Raises Unreadable(``damaged``)."""
        while self._waiting:
            number, reference = self._waiting.popleft()
            self._writer.put(self.value(reference.get_object()), number)

    def _written(self, item: object) -> bytes:
        match item:
            case IndirectObject():
                return b"%d 0 R" % self._number(item)
            case StreamObject():
                return self._stream(item)
            case DictionaryObject():
                return self._dictionary(item)
            case ArrayObject():
                return b"[" + b" ".join(self._written(raw) for raw in item) + b"]"
            case TextStringObject() | ByteStringObject():
                return b"<" + item.original_bytes.hex().encode() + b">"
            case NameObject():
                return _name(item)
            case BooleanObject():
                return b"true" if item.value else b"false"
            case NumberObject():
                return str(int(item)).encode()
            case FloatObject():
                return _real(item)
            case _:
                return b"null"

    def _dictionary(self, item: object, wanted: frozenset[str] | None = None) -> bytes:
        if not isinstance(item, DictionaryObject):
            return b"<<>>"
        parts = []
        unwanted = _LISTS if resolved(item.get("/Type")) == "/FontDescriptor" else ()
        for key, raw in dict.items(item):
            if key in unwanted or (wanted is not None and key not in wanted):
                continue
            value = self.resources(raw) if key == "/Resources" else self._written(raw)
            parts.append(_name(key) + b" " + value)
        return b"<<" + b"".join(parts) + b">>"

    def _stream(self, item: StreamObject) -> bytes:
        kind = resolved(item.get("/Subtype"))
        if kind == "/PS":  # a program for a printer
            return b"null"
        allowed = {"/Form": _FORM, "/Image": _IMAGE}.get(str(kind), frozenset(dict.keys(item)) - _NEVER)
        entries = self._dictionary(item, frozenset(key for key in dict.keys(item) if key in allowed))
        data = item._data if isinstance(item._data, bytes) else item._data.encode("latin-1")
        return entries[:-2] + b"/Length %d>>\nstream\n" % len(data) + data + b"\nendstream"

    def _number(self, reference: IndirectObject) -> int:
        key = (reference.idnum, reference.generation)
        if key not in self._numbers:
            if len(self._numbers) >= _MOST_OBJECTS:
                raise unreadable("damaged")
            self._numbers[key] = self._writer.reserve()
            self._waiting.append((self._numbers[key], reference))
        return self._numbers[key]


def resolved(item: object) -> object:
    """What a reference refers to; anything else as it is."""
    return item.get_object() if isinstance(item, IndirectObject) else item


def _name(name: str) -> bytes:
    """Anything but plain letters and digits in hexadecimal (ISO 32000-1, 7.3.5)."""
    return b"/" + b"".join(_LETTERS[byte] for byte in name.removeprefix("/").encode("latin-1", "replace"))


def _real(value: FloatObject) -> bytes:
    return value.myrepr().encode() if math.isfinite(value) else b"0"
