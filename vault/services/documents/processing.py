"""From kept bytes to a judged document. Runs in a worker, may run twice, and takes effect once."""

import time
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document, DocumentState, StoredReading
from vault.db.entities.work import Job, JobState
from vault.db.queries.seen_invoices import products_on
from vault.db.search import index_text
from vault.domain.errors import Conflict, Damaged, NotFound, Unreadable
from vault.domain.message import N_
from vault.domain.products import LineMatch
from vault.domain.readings import Reading
from vault.domain.roles import Permission
from vault.domain.values import Sha256
from vault.services.access import Actor
from vault.services.catalogue.catalogue import catalogue_version
from vault.services.coverage.judging import judge_documents
from vault.services.documents.documents import describe, require_document
from vault.services.documents.judging import judge_document, judge_others, twin_ids
from vault.services.documents.lines import picks_in, store_lines
from vault.services.documents.readings import corrected, corrections_of, pack
from vault.services.jobs import jobs
from vault.services.jobs.heartbeat import Heart, kept_alive
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class _Basis:
    """What the matches rest on besides the reading. It may change while a document is being read."""

    corrections: dict[str, str]
    catalogue: str


@dataclass(frozen=True, slots=True)
class _Read:
    """What the reader came to: a reading, or the reason why there is none."""

    reading: Reading | None
    reason: str = ""
    took_ms: int = 0


def read_document(vault: Vault, lease: jobs.Lease) -> None:
    """Reads, matches and judges one document; everything that follows is kept in one transaction.

    Raises LeaseLost when another worker was faster, ReaderDied when the document killed its reader (worth another
    attempt), Unavailable when a part does not answer.
    """
    with kept_alive(vault, lease) as heart:
        read = _read(vault, lease.subject_id, heart)
        basis, matches = _match(vault, lease.subject_id, read.reading)
    with jobs.effect(vault, lease) as session:
        document = session.get_one(Document, lease.subject_id, with_for_update=True)
        if read.reading is None and document.state == DocumentState.JUDGED:
            notes = [
                _note("document.not_read_again", document, reason=read.reason)
            ]  # what was read before still counts
        elif read.reading is None:
            notes = _set_aside(session, vault, document, DocumentState.UNREADABLE, read.reason)
        else:
            now = _basis(session, document)
            if now != basis:
                matches = vault.matchers.match(
                    session, document.account_id, corrected(read.reading, now.corrections).lines
                )
            notes = _keep(session, vault, document, read, matches, now.corrections)
        record(session, vault, notes)


def give_up(session: Session, vault: Vault, job: Job) -> list[Note]:
    """Sets a document aside whose reading used up all its attempts. Returns the changes for the journal."""
    document = session.get(Document, job.subject_id, with_for_update=True)
    if document is None or document.state != DocumentState.KEPT:
        return []
    return _set_aside(session, vault, document, DocumentState.QUARANTINED, "reader_died")


def read_again(vault: Vault, actor: Actor, document_id: str) -> None:
    """Queues another reading of a document, for example after an update of the reader.

    Raises NotFound, Forbidden, and Conflict while it is being read.
    """
    with vault.database.transaction() as session:
        document = require_document(session, actor, document_id, Permission.CORRECT)
        unfinished = (JobState.WAITING, JobState.RUNNING)
        pending = select(Job.id).where(
            Job.kind == jobs.JobKind.READ_DOCUMENT, Job.subject_id == document_id, Job.state.in_(unfinished)
        )
        if session.scalar(pending.limit(1)):
            raise Conflict(N_("This document is being read at this moment."))
        job = jobs.add(session, vault, jobs.JobKind.READ_DOCUMENT, document.id, document.account_id)
        record(session, vault, [Note("document.read_again", document.id, actor.id, document.account_id)])
    jobs.send(vault, job)


def _read(vault: Vault, document_id: str, heart: Heart) -> _Read:
    with vault.database.reading() as session:
        sha256 = Sha256(session.get_one(Document, document_id).sha256)
    began = time.monotonic()
    try:
        with vault.store.open(sha256) as stream:
            reading = vault.reader.read(stream.read(), progress=heart)
    except Unreadable as error:
        return _Read(None, error.reason)
    except (Damaged, NotFound):
        return _Read(None, "damaged")
    return _Read(reading, took_ms=int((time.monotonic() - began) * 1000))


def _match(vault: Vault, document_id: str, reading: Reading | None) -> tuple[_Basis, tuple[LineMatch, ...]]:
    """Matches outside the transaction that keeps the result: nobody has to wait for it."""
    with vault.database.reading() as session:
        document = session.get_one(Document, document_id)
        basis = _basis(session, document)
        lines = corrected(reading, basis.corrections).lines if reading else ()
        return basis, vault.matchers.match(session, document.account_id, lines)


def _basis(session: Session, document: Document) -> _Basis:
    return _Basis(corrections_of(session, document.id), catalogue_version(session, document.account_id))


def _keep(
    session: Session,
    vault: Vault,
    document: Document,
    read: _Read,
    matches: tuple[LineMatch, ...],
    corrections: dict[str, str],
) -> list[Note]:
    assert read.reading is not None
    others, products = twin_ids(session, document), products_on(session, [document.id])
    attempt = session.scalar(
        select(func.coalesce(func.max(StoredReading.attempt), 0)).where(StoredReading.document_id == document.id)
    )
    session.add(
        StoredReading(
            document_id=document.id,
            attempt=(attempt or 0) + 1,
            reader=read.reading.reader[:60],
            payload=pack(read.reading),
            read_at=vault.clock(),
            took_ms=read.took_ms,
        )
    )
    document.state, document.state_reason = DocumentState.JUDGED, ""
    document.version += 1
    reading = corrected(read.reading, corrections)
    notes = [_note("document.read", document, reader=read.reading.reader, pages=len(reading.pages))]
    notes += describe(session, vault, document, reading)
    store_lines(session, document, reading, matches, picks_in(corrections))
    notes += judge_document(session, vault, document, reading)
    others |= twin_ids(session, document)
    notes += judge_others(session, vault, others)
    concerned = {document.id, *others}
    return notes + judge_documents(session, vault, document.account_id, concerned, before=products)


def _set_aside(session: Session, vault: Vault, document: Document, state: DocumentState, reason: str) -> list[Note]:
    document.state, document.state_reason = state, reason
    document.version += 1
    index_text(session, document, document.filename)
    return [_note(f"document.{state}", document, reason=reason), *judge_document(session, vault, document)]


def _note(action: str, document: Document, **details: str | int) -> Note:
    return Note(action, document.id, MACHINE, document.account_id, details)
