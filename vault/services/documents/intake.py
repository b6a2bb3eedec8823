"""Taking documents in: the bytes are on the disk and the rows are committed before anybody is told "kept"."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vault.db.entities.documents import Blob, Document, DocumentState, UploadBatch, UploadItem, UploadItemState
from vault.db.entities.work import Job
from vault.domain.errors import Conflict, Invalid, Refused
from vault.domain.ids import new_id
from vault.domain.message import N_
from vault.domain.papers import PaperKind
from vault.domain.roles import Permission
from vault.journal.entry import JsonValue
from vault.sandbox.sniff import HEAD_BYTES, MAIL, is_outlook, sniff
from vault.services.access import Actor
from vault.services.documents.batches import require_batch
from vault.services.documents.filenames import clean_filename
from vault.services.documents.retention import hold
from vault.services.findings import dump_message
from vault.services.jobs import jobs
from vault.services.journal.notes import Note, record
from vault.services.tasks import tasks
from vault.services.vault import Vault
from vault.store.protocol import ByteSource, Stored

# Two uploads of the same bytes at the same moment: one wins, the others see it on their next try.
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of one file. `state` is KEPT or DUPLICATE; a duplicate's `document_id` is the first document's.

    `kept_as`: what the first document is, where a person says now that it is something else. It stays what it is.
    """

    document_id: str
    state: UploadItemState
    filename: str
    duplicate_of: str | None = None  # the first document's file name
    kept_as: PaperKind | None = None


@dataclass(frozen=True, slots=True)
class _Upload:
    """One file on its way in. Without a batch nothing but the document remembers it."""

    account_id: str
    filename: str
    batch_id: str | None
    client_key: str
    kind: PaperKind | None = None  # as a person says


def open_batch(
    vault: Vault, actor: Actor, account_id: str, expected: int = 0, kind: PaperKind | None = None
) -> UploadBatch:
    """A new drop of `expected` files. `kind`: what they all are, where a person says so.

    Raises NotFound, Forbidden, Invalid.
    """
    actor.require(Permission.UPLOAD, account_id)
    if not 0 <= expected <= 100_000:
        raise Invalid(N_("A drop holds at most 100,000 files. Upload them in several drops."))
    with vault.database.transaction() as session:
        batch = UploadBatch(account_id=account_id, created_by=actor.id, created_at=vault.clock(), expected=expected)
        batch.paper_kind = kind
        session.add(batch)
        session.flush()
        record(session, vault, [Note("batch.opened", batch.id, actor.id, account_id, {"expected": expected})])
    return batch


def keep(
    vault: Vault,
    actor: Actor,
    account_id: str,
    stream: ByteSource,
    filename: str,
    batch_id: str | None = None,
    client_key: str = "",
    kind: PaperKind | None = None,
) -> Kept:
    """Keeps one file byte for byte and queues its reading. When this returns, it survives a power cut.

    `kind`: what a person says it is; of the files of a batch, the batch says it.
    `client_key` is the sender's name for the file within the batch: sending it again gives the same answer. Without
    one, every call is another file.
    Raises Refused (``unsupported_type``, ``empty``, ``too_large``), which the batch remembers; NotFound, Forbidden;
    OutOfSpace and Unavailable, after which the same call may be made again.
    """
    actor.require(Permission.UPLOAD, account_id)
    upload = _Upload(account_id, clean_filename(filename), batch_id, client_key[:80] or new_id(), kind)
    upload, earlier = _in_batch(vault, actor, upload)
    if earlier is not None:
        return earlier
    try:
        source = _Sniffed(stream)
        stored = vault.store.put(source, limit=vault.settings.max_upload)
    except Refused as refusal:
        _remember_refusal(vault, actor, upload, refusal)
        raise
    upload = _as_kept(upload, source.media_type)
    hold(vault, stored.sha256, vault.clock(), upload.kind or PaperKind.SUPPLIER_INVOICE)
    return _commit(vault, actor, upload, stored, source.media_type)


def _as_kept(upload: _Upload, media_type: str) -> _Upload:
    """A mail is no invoice, whatever it is about: where nobody says more of it, it is correspondence."""
    if media_type == MAIL and upload.kind in (None, PaperKind.SUPPLIER_INVOICE):
        return replace(upload, kind=PaperKind.CORRESPONDENCE)
    return upload


class _Sniffed:
    """A stream whose head was looked at first: what the vault cannot read is refused before it is stored."""

    def __init__(self, stream: ByteSource) -> None:
        self._stream = stream
        self._head = b""
        while len(self._head) < HEAD_BYTES and (chunk := stream.read(HEAD_BYTES - len(self._head))):
            self._head += chunk
        if not self._head:
            raise Refused("empty", N_("The file is empty. Save or scan the document again and upload that file."))
        media_type = sniff(self._head)
        if is_outlook(self._head):
            raise Refused(
                "unsupported_type",
                N_(
                    "This is Outlook's own format. Open the mail, print it as PDF or save it as .eml, and upload that: "
                    "Outlook on the web has “Save as” in its menu, and every other mail program opens and saves .eml."
                ),
            )
        if media_type is None:
            raise Refused(
                "unsupported_type",
                N_(
                    "This is neither a PDF nor a picture. Upload the invoice as PDF, JPEG, PNG, GIF, TIFF, WebP or HEIC, "
                    "and a mail as .eml."
                ),
            )
        self.media_type = media_type

    def read(self, size: int = -1, /) -> bytes:
        if self._head:
            head = self._head if size < 0 else self._head[:size]
            self._head = self._head[len(head) :]
            return head + self._stream.read() if size < 0 else head
        return self._stream.read(size)


def _in_batch(vault: Vault, actor: Actor, upload: _Upload) -> tuple[_Upload, Kept | None]:
    """The upload as its batch has it, and what was answered before."""
    if upload.batch_id is None:
        return upload, None
    with vault.database.reading() as session:
        batch = require_batch(session, actor, upload.batch_id, upload.account_id)
        kind = PaperKind(batch.paper_kind) if batch.paper_kind else None
        item = _item(session, upload)
        return replace(upload, kind=kind), _kept(session, item, kind) if item is not None else None


def _commit(vault: Vault, actor: Actor, upload: _Upload, stored: Stored, media_type: str) -> Kept:
    for _ in range(_TRIES):
        try:
            with vault.database.transaction() as session:
                kept, job = _record(session, vault, actor, upload, stored, media_type)
        except IntegrityError:
            continue  # somebody else kept the same bytes, or the same item, in this moment
        if job is not None:
            jobs.send(vault, job)
        return kept
    raise Conflict(N_("The same file is being uploaded several times at this moment. Try again."))


def _record(
    session: Session, vault: Vault, actor: Actor, upload: _Upload, stored: Stored, media_type: str
) -> tuple[Kept, Job | None]:
    item = _item(session, upload) if upload.batch_id else None
    if item is not None and (kept := _kept(session, item, upload.kind)):
        return kept, None
    sha256 = str(stored.sha256)
    first = session.scalar(select(Document).where(Document.account_id == upload.account_id, Document.sha256 == sha256))
    if first is not None:
        _remember(session, vault, upload, item, UploadItemState.DUPLICATE, document_id=first.id)
        # What the store holds is good now, whatever the last scrub found.
        subject = tasks.Subject("document", first.id, first.account_id)
        record(session, vault, tasks.reconcile(session, vault, subject, [], actor.id, of_store=True))
        return _duplicate(first, upload.filename, upload.kind), None
    if session.get(Blob, sha256) is None:
        session.add(Blob(sha256=sha256, size=stored.size, stored_at=vault.clock()))
        session.flush()
    document = Document(
        account_id=upload.account_id,
        sha256=sha256,
        size=stored.size,
        media_type=media_type,
        filename=upload.filename,
        uploaded_at=vault.clock(),
        uploaded_by=actor.id,
        state=DocumentState.KEPT,
        paper_kind=upload.kind,
    )
    session.add(document)
    session.flush()
    job = jobs.add(session, vault, jobs.JobKind.READ_DOCUMENT, document.id, upload.account_id)
    _remember(session, vault, upload, item, UploadItemState.KEPT, document_id=document.id)
    details: dict[str, JsonValue] = {
        "sha256": sha256,
        "size": stored.size,
        "media_type": media_type,
        "filename": upload.filename,
        **({"kind": upload.kind.value} if upload.kind else {}),
    }
    record(session, vault, [Note("document.kept", document.id, actor.id, upload.account_id, details)])
    return Kept(document.id, UploadItemState.KEPT, upload.filename), job


def _remember_refusal(vault: Vault, actor: Actor, upload: _Upload, refusal: Refused) -> None:
    if upload.batch_id is None:
        return
    message = dump_message(refusal.message)
    with vault.database.transaction() as session:
        item = _item(session, upload)
        if item is not None and item.state != UploadItemState.REFUSED:
            return
        _remember(session, vault, upload, item, UploadItemState.REFUSED, reason=refusal.reason, message=message)
        details = {"filename": upload.filename, "reason": refusal.reason}
        record(session, vault, [Note("upload.refused", upload.batch_id, actor.id, upload.account_id, details)])


def _remember(
    session: Session,
    vault: Vault,
    upload: _Upload,
    item: UploadItem | None,
    state: UploadItemState,
    *,
    document_id: str | None = None,
    reason: str = "",
    message: dict[str, Any] | None = None,
) -> None:
    if upload.batch_id is None:
        return
    if item is None:
        item = UploadItem(batch_id=upload.batch_id, client_key=upload.client_key, filename=upload.filename)
        session.add(item)
    item.state, item.document_id = state, document_id
    item.reason, item.message = reason, message or {}
    item.received_at = vault.clock()
    session.flush()


def _item(session: Session, upload: _Upload) -> UploadItem | None:
    return session.scalar(
        select(UploadItem).where(UploadItem.batch_id == upload.batch_id, UploadItem.client_key == upload.client_key)
    )


def _kept(session: Session, item: UploadItem, kind: PaperKind | None) -> Kept | None:
    """What was answered before; None for a refusal, which may be tried again."""
    if item.document_id is None:
        return None
    first = session.get_one(Document, item.document_id)
    if UploadItemState(item.state) is UploadItemState.DUPLICATE:
        return _duplicate(first, item.filename, kind)
    return Kept(first.id, UploadItemState.KEPT, item.filename)


def _duplicate(first: Document, filename: str, kind: PaperKind | None) -> Kept:
    kept_as = first.paper if kind is not None and first.paper is not kind else None
    return Kept(first.id, UploadItemState.DUPLICATE, filename, first.filename, kept_as)
