"""Pictures of a document's pages, drawn in the sandbox and kept in a cache that may be emptied at any time."""

import hashlib
import secrets
from contextlib import suppress
from pathlib import Path

from vault.db.entities.documents import Document
from vault.domain.errors import NotFound
from vault.domain.roles import Permission
from vault.domain.values import Sha256
from vault.sandbox.refusals import ReaderDied
from vault.services.access import Actor
from vault.services.documents.documents import require_document
from vault.services.vault import Vault

MEDIA_TYPE = "image/webp"
# Widths that are drawn, in pixels: strangers cannot fill the cache with a picture of every size.
WIDTHS = (320, 960, 1600)
_CHECK_BYTES = 32


def page_image(vault: Vault, actor: Actor, document_id: str, page: int, width: int = 960) -> bytes:
    """Page `page` (from 1) as WebP, at the smallest of `WIDTHS` that is not below `width`.

    Raises NotFound for what the actor may not see and for pages that are not there, Unreadable for a document that
    cannot be drawn, Damaged when the stored bytes are not what was kept.
    """
    with vault.database.reading() as session:
        document = require_document(session, actor, document_id, Permission.SEE)
    if not 1 <= page <= max(document.page_count, 1):
        raise NotFound()
    size = next((size for size in WIDTHS if size >= width), WIDTHS[-1])
    cached = vault.settings.home / "cache" / "pages" / document.sha256[:2] / f"{document.sha256}-{page}-{size}.webp"
    return _load(cached) or _draw(vault, document, page, size, cached)


def _draw(vault: Vault, document: Document, page: int, width: int, cached: Path) -> bytes:
    with vault.store.open(Sha256(document.sha256)) as stream:
        data = stream.read()
    try:
        picture = vault.reader.render(data, page, width)
    except ReaderDied:
        picture = vault.reader.render(data, page, width)  # an earlier document may have left the sandbox ailing
    _save(cached, picture)
    return picture


def _load(cached: Path) -> bytes | None:
    """What `_save` wrote; None when it is not there or not whole."""
    try:
        kept = cached.read_bytes()
    except OSError:
        return None
    check, picture = kept[:_CHECK_BYTES], kept[_CHECK_BYTES:]
    return picture if hashlib.sha256(picture).digest() == check else None


def _save(cached: Path, picture: bytes) -> None:
    """Best effort: without a cache every picture is drawn anew, and nothing is lost."""
    draft = cached.with_name(f"{cached.name}.{secrets.token_hex(4)}.new")
    with suppress(OSError):
        cached.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.write_bytes(hashlib.sha256(picture).digest() + picture)
        draft.replace(cached)
