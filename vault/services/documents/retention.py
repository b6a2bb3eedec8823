"""How long originals are kept: each kind of paper has its term in the rule book, and the store's lock follows it."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document
from vault.domain.papers import PaperKind, kept_until
from vault.domain.values import Sha256
from vault.services.vault import Vault


def hold(vault: Vault, sha256: Sha256, uploaded_at: datetime, kind: PaperKind) -> None:
    """Has the store keep an original until the end of the retention of its kind. Raises NotFound, Unavailable."""
    vault.store.hold(sha256, retention_of(vault, uploaded_at, kind))


def retention_of(vault: Vault, uploaded_at: datetime, kind: PaperKind) -> datetime:
    """The moment before which a document of this kind is not to go."""
    return kept_until(uploaded_at, vault.rules.papers[kind].keep_years)


def retention_ends(session: Session, vault: Vault, hashes: Collection[str]) -> Mapping[str, datetime]:
    """The moment before which none of these bytes are to go: that of the document that is kept longest."""
    ends: dict[str, datetime] = {}
    for document in session.scalars(select(Document).where(Document.sha256.in_(hashes))):
        end = retention_of(vault, document.uploaded_at, document.paper)
        ends[document.sha256] = max(end, ends.get(document.sha256, end))
    return ends
