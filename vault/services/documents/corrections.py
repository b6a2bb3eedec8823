"""Corrections: what a person says stands on the page, or which product a line means. The machine's word stays beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct
from vault.db.entities.documents import Correction, Document, DocumentState
from vault.db.queries.seen_invoices import products_on
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.message import N_
from vault.domain.products import LineMatch
from vault.domain.readings import Fields, Reading
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.coverage.judging import judge_documents
from vault.services.documents.documents import describe, require_document
from vault.services.documents.judging import judge_document, judge_others, twin_ids
from vault.services.documents.lines import picks_in, store_lines, stored_matches
from vault.services.documents.readings import LINE_PATH, MOST_LINES, corrected, corrections_of, machine_reading
from vault.services.documents.values import dump_value, parse_value
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class _Case:
    """A document that is being corrected, with what the machine read and what counted until now."""

    document: Document
    machine: Reading
    before: Reading


def correct(vault: Vault, actor: Actor, document_id: str, path: str, text: str) -> Document:
    """Says what stands on the page; verdict and tasks follow before this returns.

    `path`: a field (``issue_date``), ``kind``, or a line's value (``lines.0.quantity``; the number behind the last
    line adds one). `text` as people write it: dates as year-month-day, amounts with one decimal sign.
    Raises NotFound, Forbidden, Invalid with what to type instead, and Conflict for a document without a reading.
    """
    with _correcting(vault, actor, document_id) as (session, case, notes):
        value = dump_value(parse_value(_known_path(path, case.before), text))
        notes.append(_put(session, vault, actor, case.document, path, value))
        notes += _follow(session, vault, actor, case)
    return case.document


def pick_product(vault: Vault, actor: Actor, document_id: str, line: int, product_id: str | None) -> Document:
    """Says which product line `line` (from 0) means; None: none of the catalogue, the line is not for sale.

    Machines do not overrule that. Raises as `correct` does, NotFound also for a product of another seller account.
    """
    with _correcting(vault, actor, document_id) as (session, case, notes):
        if not 0 <= line < len(case.before.lines):
            raise Invalid(N_("This document has no such line."))
        if product_id:
            product = session.get(CatalogueProduct, product_id)
            if product is None or product.account_id != case.document.account_id:
                raise NotFound()
        notes.append(_put(session, vault, actor, case.document, f"lines.{line}.product", product_id or ""))
        notes += _follow(session, vault, actor, case)
    return case.document


def withdraw(vault: Vault, actor: Actor, document_id: str, path: str) -> Document:
    """Takes a correction back: what the machine read counts again. Raises NotFound, Forbidden, Conflict."""
    with _correcting(vault, actor, document_id) as (session, case, notes):
        correction = _in_force(session, document_id, path)
        if correction is None:
            raise NotFound(N_("There is no correction to take back."))
        correction.withdrawn_at = vault.clock()
        session.flush()
        notes.append(_note("correction.withdrawn", case.document, actor, path, correction.value))
        notes += _follow(session, vault, actor, case)
    return case.document


@contextmanager
def _correcting(vault: Vault, actor: Actor, document_id: str) -> Iterator[tuple[Session, _Case, list[Note]]]:
    notes: list[Note] = []
    with vault.database.transaction() as session:
        document = require_document(session, actor, document_id, Permission.CORRECT, lock=True)
        machine = machine_reading(session, document_id)
        if not document.is_invoice:
            raise Conflict(N_("Only supplier invoices are corrected. Say first that this document is one."))
        if machine is None or document.state != DocumentState.JUDGED:
            raise Conflict(N_("This document has no reading yet that could be corrected. Wait, or have it read again."))
        case = _Case(document, machine, corrected(machine, corrections_of(session, document_id)))
        yield session, case, notes
        record(session, vault, notes)


def _known_path(path: str, reading: Reading) -> str:
    if path == "kind" or path in Fields.names():
        return path
    match = LINE_PATH.fullmatch(path)
    if match and match[2] != "product" and int(match[1]) <= min(len(reading.lines), MOST_LINES - 1):
        return path
    raise Invalid(N_("“%(path)s” is nothing that could be corrected."), path=path[:60])


def _put(session: Session, vault: Vault, actor: Actor, document: Document, path: str, value: str) -> Note:
    """Replaces what was said before about the same place."""
    earlier = _in_force(session, document.id, path)
    if earlier is not None:
        earlier.withdrawn_at = vault.clock()
    session.add(Correction(document_id=document.id, path=path, value=value, made_by=actor.id, made_at=vault.clock()))
    session.flush()
    return _note("document.corrected", document, actor, path, value)


def _follow(session: Session, vault: Vault, actor: Actor, case: _Case) -> list[Note]:
    """What a correction changes: columns, supplier, lines, verdict, tasks, the judgement of its twins, what it covers."""
    document = case.document
    others, products = twin_ids(session, document), products_on(session, [document.id])
    document.version += 1
    corrections = corrections_of(session, document.id)
    reading = corrected(case.machine, corrections)
    notes = describe(session, vault, document, reading, case.before)
    store_lines(session, document, reading, _matches(session, vault, case, reading), picks_in(corrections))
    notes += judge_document(session, vault, document, reading, actor.id)
    others |= twin_ids(session, document)
    notes += judge_others(session, vault, others, actor.id)
    concerned = {document.id, *others}
    return notes + judge_documents(session, vault, document.account_id, concerned, actor.id, before=products)


def _matches(session: Session, vault: Vault, case: _Case, reading: Reading) -> tuple[LineMatch, ...]:
    """The machine's matches; only where a line is another one than before, or a pick was undone, they are made anew."""
    stored = stored_matches(session, case.document.id)
    is_as_before = case.before.lines == reading.lines and len(stored) == len(reading.lines)
    picked = set(picks_in(corrections_of(session, case.document.id)))
    was_picked = {position for position, match in enumerate(stored) if match.by_person}
    if is_as_before and was_picked <= picked:
        return stored
    return vault.matchers.match(session, case.document.account_id, reading.lines)


def _in_force(session: Session, document_id: str, path: str) -> Correction | None:
    return session.scalar(
        select(Correction).where(
            Correction.document_id == document_id, Correction.path == path, Correction.withdrawn_at.is_(None)
        )
    )


def _note(action: str, document: Document, actor: Actor, path: str, value: str) -> Note:
    return Note(action, document.id, actor.id, document.account_id, {"path": path, "value": value})
