"""One entry of the journal and the exact bytes that are hashed.

The hash of an entry is the SHA-256 of its canonical form: one JSON object on one line, keys sorted, no spaces, ASCII
only (everything else as ``\\uXXXX``), whole numbers only. It holds the hash of the entry before it, so that the last
hash stands for everything before it. In an export the hash follows as the last key of the same object::

    {"account_id":null,"action":"…",…,"subject":"…","hash":"…"}

Removing that key gives the hashed bytes again, with `sed` as well as with ``jq -caS 'del(.hash)'``.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeAlias

JsonValue: TypeAlias = "bool | int | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"

# What stands for "the entry before it" in the first entry.
NO_HASH = "0" * 64
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"
_LARGEST = 2**53  # beyond it other tools' numbers lose digits
_TAIL = re.compile(r',"hash":"([0-9a-f]{64})"\}')
_TAIL_LENGTH = 75
_KEYS = frozenset({"account_id", "action", "actor", "at", "details", "previous", "seq", "subject"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: who (`actor`) did what (`action`) to what (`subject`), when (`at`, see `moment`).

    `seq` counts from 1 without gaps; `account_id` is None for what belongs to no seller account. `previous` is the
    hash of the entry before it. `details` holds no floating-point numbers.
    """

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    previous: str
    account_id: str | None = None
    details: Mapping[str, JsonValue] = field(default_factory=dict)

    def canonical(self) -> bytes:
        """The bytes that are hashed. Raises ValueError for values that have no canonical form."""
        return canonical_json(
            {
                "account_id": self.account_id,
                "action": self.action,
                "actor": self.actor,
                "at": self.at,
                "details": self.details,
                "previous": self.previous,
                "seq": self.seq,
                "subject": self.subject,
            }
        )

    def hash(self) -> str:
        """The SHA-256 of `canonical`, in hexadecimal digits."""
        return hashlib.sha256(self.canonical()).hexdigest()


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as it was found, with the hash that was found beside it."""

    entry: Entry
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry's number and hash: they stand for all of the journal up to there. (0, zeros) while it is empty."""

    seq: int
    hash: str


def moment(at: datetime) -> str:
    """An aware datetime as an entry holds it: UTC, always with microseconds, ``2026-01-31T09:30:00.000000Z``."""
    if at.tzinfo is None:
        raise ValueError("a datetime without a time zone cannot be recorded")
    return at.astimezone(UTC).strftime(_MOMENT)


def read_moment(text: str) -> datetime:
    """The aware datetime of `moment`. Raises ValueError for anything else."""
    return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)


def canonical_json(value: JsonValue) -> bytes:
    """`value` as canonical JSON. Raises ValueError for a number that is not whole, or too large for other tools."""
    _require_canonical(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def to_line(recorded: Recorded) -> bytes:
    """The entry as one line of an export, without the line feed."""
    return recorded.entry.canonical()[:-1] + f',"hash":"{recorded.hash}"}}'.encode("ascii")


def from_line(line: bytes) -> Recorded:
    """The entry of one line of an export. Raises ValueError unless `line` is exactly what `to_line` writes."""
    text = line.decode("ascii")
    tail = _TAIL.fullmatch(text, max(0, len(text) - _TAIL_LENGTH))
    if not tail:
        raise ValueError("no hash at its end")
    body = json.loads(text[: tail.start()] + "}")
    if not isinstance(body, dict) or body.keys() != _KEYS:
        raise ValueError("not the keys of a journal entry")
    recorded = Recorded(Entry(**body), tail[1])
    if to_line(recorded) != line:
        raise ValueError("not in its canonical form")
    return recorded


def _require_canonical(value: JsonValue) -> None:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise ValueError(f"a key has to be text: {key!r}")
            _require_canonical(key)
            _require_canonical(inner)
    elif isinstance(value, str):
        value.encode("utf-8")  # a lone surrogate is a UnicodeEncodeError, which is a ValueError
    elif isinstance(value, Sequence):
        for inner in value:
            _require_canonical(inner)
    elif value is not None and not (isinstance(value, int) and abs(value) <= _LARGEST):
        raise ValueError(f"this cannot be recorded exactly: {value!r}")
