"""Documents that the vault itself makes: bundles and reports. Kept like every other, and read by nobody."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Blob, Document, DocumentState
from vault.domain.ids import new_id
from vault.domain.papers import PaperKind
from vault.journal.entry import JsonValue
from vault.services.documents.retention import hold
from vault.services.journal.notes import Note
from vault.services.vault import Vault
from vault.store.protocol import Stored

# No bundle that anybody sends is larger.
_LARGEST = 100 << 30


def store_made(vault: Vault, path: Path, kind: PaperKind) -> Stored:
    """Puts a file into the store, under the retention of its kind. Raises OutOfSpace, Unavailable.

    Before the transaction that names it: when this returns, the bytes survive a power cut.
    """
    with path.open("rb") as stream:
        stored = vault.store.put(stream, limit=_LARGEST)
    hold(vault, stored.sha256, vault.clock(), kind)
    return stored


def add_made(
    session: Session,
    vault: Vault,
    account_id: str,
    stored: Stored,
    kind: PaperKind,
    filename: str,
    media_type: str,
    actor: str,
) -> tuple[Document, list[Note]]:
    """The document for what `store_made` kept, and the change for the journal. Equal bytes are one document."""
    sha256 = str(stored.sha256)
    same = select(Document).where(Document.account_id == account_id, Document.sha256 == sha256)
    if (first := session.scalar(same)) is not None:
        return first, []
    if session.get(Blob, sha256) is None:
        session.add(Blob(sha256=sha256, size=stored.size, stored_at=vault.clock()))
        session.flush()
    document = Document(
        id=new_id(),
        account_id=account_id,
        sha256=sha256,
        size=stored.size,
        media_type=media_type,
        filename=filename,
        uploaded_at=vault.clock(),
        uploaded_by=actor,
        state=DocumentState.KEPT,
        paper_kind=kind,
    )
    session.add(document)
    session.flush()
    details: dict[str, JsonValue] = {"sha256": sha256, "size": stored.size, "filename": filename, "kind": kind.value}
    return document, [Note("document.made", document.id, actor, account_id, details)]
