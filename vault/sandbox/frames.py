"""What parent and sandbox say to each other: frames of one letter, a length and so many bytes."""

import struct
from dataclasses import dataclass
from typing import BinaryIO

_HEAD = struct.Struct(">cI")
HEAD_SIZE = _HEAD.size

READY = b"R"  # sandbox: imports are done
REQUEST = b"Q"  # parent: what to do, as JSON; the document follows in a frame of its own
DOCUMENT = b"D"
PROGRESS = b"P"  # sandbox: two numbers, as JSON
ANSWER = b"A"  # sandbox: the reading as JSON, or a picture
REFUSAL = b"U"  # sandbox: the reason, one of `refusals.REASONS`
FAILED = b"X"  # sandbox: the reader ended without an answer; how, for the log
DONE = b"E"  # sandbox: the process that read is gone, the next request may come
LAST = b"last"  # as payload of DONE: the sandbox takes no other request


@dataclass(frozen=True, slots=True)
class Frame:
    kind: bytes
    payload: bytes


def head(kind: bytes, length: int) -> bytes:
    return _HEAD.pack(kind, length)


def parse_head(data: bytes) -> tuple[bytes, int]:
    """(kind, length of the payload)"""
    kind, length = _HEAD.unpack(data)
    return kind, length


def send(stream: BinaryIO, kind: bytes, payload: bytes = b"") -> None:
    stream.write(head(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def receive(stream: BinaryIO) -> Frame | None:
    """The next frame; None when the other side has closed. Raises EOFError when it closes in the middle of one."""
    first = stream.read(HEAD_SIZE)
    if not first:
        return None
    if len(first) < HEAD_SIZE:
        raise EOFError
    kind, length = parse_head(first)
    payload = stream.read(length)
    if len(payload) < length:
        raise EOFError
    return Frame(kind, payload)
