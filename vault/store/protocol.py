"""Where bytes live: content-addressed by SHA-256, written once, verified whenever they are read."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from vault.domain.values import Sha256


class ByteSource(Protocol):
    """Anything to read bytes from: a file, an upload's stream."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """What `ObjectStore.put` kept. `size` is in bytes.

    `is_new`: the store did not hold these bytes before. Two writers of the same bytes at the same moment may both
    be told so by a store that cannot create conditionally (S3): decide by the database, not by this.
    """

    sha256: Sha256
    size: int
    is_new: bool


class ObjectStore(Protocol):
    """One place that keeps bytes. Nothing here deletes or alters what it keeps: retention has the last word.

    Every method raises Unavailable when the store cannot be reached or fails, and OutOfSpace when it is full.
    """

    def put(self, source: ByteSource, *, limit: int) -> Stored:
        """Keeps what `source` gives; when this returns, the bytes survive a power cut.

        Bytes that are here already are kept once; a damaged copy of them is replaced by this good one.
        Raises Refused (``too_large``) beyond `limit` bytes; then, and on any other error, nothing is acknowledged.
        """
        ...

    def open(self, sha256: Sha256) -> AbstractContextManager[BinaryIO]:
        """The bytes as a seekable stream, all of them verified before the first one is handed out.

        Small objects are verified in memory, large ones in an unnamed spool file: memory stays bounded.
        Raises NotFound, and Damaged when the bytes are not those that were put.
        """
        ...

    def size(self, sha256: Sha256) -> int | None:
        """The size in bytes, None when the store does not hold them. Nothing is verified."""
        ...

    def ids(self, after: Sha256 | None = None) -> Iterator[Sha256]:
        """Everything that is kept, in ascending order, from behind `after`: a scrub can stop and go on."""
        ...

    def verify(self, sha256: Sha256) -> int:
        """Reads everything again, in constant memory; returns the size. Raises NotFound or Damaged."""
        ...

    def hold(self, sha256: Sha256, until: datetime) -> None:
        """Nobody can delete these bytes before `until` (aware), where this store locks what it keeps at all.

        A lock is only ever extended: one that lasts longer stays. Raises NotFound.
        """
        ...

    def probe(self) -> None:
        """Called once at start-up: can this store keep what it promises to keep? Raises Misconfigured if not."""
        ...
