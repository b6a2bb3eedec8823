"""Originals: the bytes as they were uploaded, verified before the first of them is handed out."""

from collections.abc import Iterator
from dataclasses import dataclass

from vault.domain.roles import Permission
from vault.domain.values import Sha256
from vault.services.access import Actor
from vault.services.documents.documents import require_document
from vault.services.vault import Vault

_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Original:
    """`filename` is the stranger's; `chunks` gives the bytes once."""

    filename: str
    media_type: str
    size: int
    sha256: str
    chunks: Iterator[bytes]


def open_original(vault: Vault, actor: Actor, document_id: str) -> Original:
    """Raises NotFound, Damaged when the stored bytes are not those that were kept, Unavailable."""
    with vault.database.reading() as session:
        document = require_document(session, actor, document_id, Permission.SEE)
    chunks = stored_chunks(vault, Sha256(document.sha256))
    next(chunks)  # opens and verifies now, while an error can still be answered
    return Original(document.filename, document.media_type, document.size, document.sha256, chunks)


def stored_chunks(vault: Vault, sha256: Sha256) -> Iterator[bytes]:
    """The bytes in the store, all of them verified before the first, empty, chunk. Raises NotFound, Damaged, Unavailable."""
    with vault.store.open(sha256) as stream:
        yield b""
        while chunk := stream.read(_CHUNK):
            yield chunk
