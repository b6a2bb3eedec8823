"""Judging many documents again, because something changed that they all depend on. Goes on where it was stopped."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from vault.db.entities.documents import Document, DocumentState
from vault.db.entities.papers import Paper
from vault.domain.papers import PaperKind
from vault.domain.readings import Reading
from vault.services.account_judging import judge_account
from vault.services.coverage import judging as coverage_judging
from vault.services.days import today
from vault.services.documents.documents import make_findable
from vault.services.documents.judging import PROFILE, judge_document
from vault.services.documents.lines import picks_in, store_lines
from vault.services.documents.paper_kinds import hold_proof, name_proof, proofs_to_name
from vault.services.documents.readings import corrected, corrections_of, current_reading, machine_reading
from vault.services.jobs import jobs
from vault.services.jobs.heartbeat import kept_alive
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault

# Documents handled in one transaction: others wait that long for the database, and a kill loses that much.
_STEP = 10
# The rule book's name for how many days an invoice counts, and how long the service may have been switched off.
_WINDOW = "window_days"
_CATCH_UP = timedelta(days=366)


def rematch_account(vault: Vault, lease: jobs.Lease) -> None:
    """After an import: the products of every line (but those that a person picked), and what follows. Raises LeaseLost."""
    with kept_alive(vault, lease), vault.database.reading() as session:
        vault.matchers.warm(session, lease.subject_id)  # not while a transaction makes others wait
    _walk(vault, lease, Document.account_id == lease.subject_id, rematch=True)


def rejudge_account(vault: Vault, lease: jobs.Lease) -> None:
    """After midnight: invoices leave their window, papers expire, duties fall due.

    Invoices that left their window long ago, and papers that expired then, stay as they are. Raises LeaseLost.
    """
    for proof in proofs_to_name(vault, lease.subject_id):
        if hold_proof(vault, proof):
            with jobs.step(vault, lease, lease.progress) as session:
                record(session, vault, name_proof(session, vault, proof))
    rules = vault.rules.profiles[PROFILE].rules
    window = max((rule.number(_WINDOW) for rule in rules if _WINDOW in rule.settings), default=0)
    oldest = today(vault) - timedelta(days=window) - _CATCH_UP
    in_window = or_(Document.issue_date.is_(None), Document.issue_date >= oldest, _may_expire(today(vault)))
    _walk_documents(vault, lease, (Document.account_id == lease.subject_id) & in_window, rematch=False)
    with jobs.effect(vault, lease) as session:
        record(session, vault, judge_account(session, vault, lease.subject_id))


def _may_expire(day: date) -> ColumnElement[bool]:
    """Passes papers of which the last day is ahead, or not long ago."""
    since = select(Paper.document_id).where(Paper.valid_until >= day - _CATCH_UP)
    return (Document.paper_kind != PaperKind.SUPPLIER_INVOICE) & Document.id.in_(since)


def rejudge_buyer(vault: Vault, lease: jobs.Lease) -> None:
    """After a change of who the seller account's legal entity is, or where. Raises LeaseLost."""
    _walk(vault, lease, Document.account_id == lease.subject_id, rematch=False)


def rejudge_supplier(vault: Vault, lease: jobs.Lease) -> None:
    """After a change of the supplier's record. Raises LeaseLost."""
    of_supplier = (Document.account_id == lease.account_id) & (Document.supplier_id == lease.subject_id)
    _walk(vault, lease, of_supplier, rematch=False)


def _walk(vault: Vault, lease: jobs.Lease, wanted: ColumnElement[bool], *, rematch: bool) -> None:
    """As `_walk_documents`, and what follows for the products that these documents cover."""
    _walk_documents(vault, lease, wanted, rematch=rematch)
    with jobs.effect(vault, lease) as session:
        record(session, vault, coverage_judging.judge(session, vault, lease.account_id or lease.subject_id))


def _walk_documents(vault: Vault, lease: jobs.Lease, wanted: ColumnElement[bool], *, rematch: bool) -> None:
    after = str(lease.progress.get("after", ""))
    done = int(lease.progress.get("done", 0))
    while ids := _next(vault, wanted, after):
        after, done = ids[-1], done + len(ids)
        with jobs.step(vault, lease, {"after": after, "done": done}) as session:
            record(session, vault, _handle(session, vault, ids, rematch))


def _next(vault: Vault, wanted: ColumnElement[bool], after: str) -> Sequence[str]:
    with vault.database.reading() as session:
        ids = select(Document.id).where(wanted, Document.id > after).order_by(Document.id).limit(_STEP)
        return session.scalars(ids).all()


def _handle(session: Session, vault: Vault, ids: Sequence[str], rematch: bool) -> list[Note]:
    locked = select(Document).where(Document.id.in_(ids)).order_by(Document.id).with_for_update()
    notes: list[Note] = []
    for document in session.scalars(locked).all():
        reading: Reading | None = None
        if rematch and document.is_invoice and document.state == DocumentState.JUDGED:
            reading = _rematch(session, vault, document)
        if document.supplier is not None and document.supplier.name != document.supplier_name:
            reading = _rename(session, document, document.supplier.name)
        notes += judge_document(session, vault, document, reading)
    return notes


def _rename(session: Session, document: Document, supplier_name: str) -> Reading | None:
    document.supplier_name = supplier_name
    reading = current_reading(session, document.id)
    if reading is not None:
        make_findable(session, document, reading)
    return reading


def _rematch(session: Session, vault: Vault, document: Document) -> Reading | None:
    machine = machine_reading(session, document.id)
    if machine is None:
        return None
    corrections = corrections_of(session, document.id)
    reading = corrected(machine, corrections)
    matches = vault.matchers.match(session, document.account_id, reading.lines)
    store_lines(session, document, reading, matches, picks_in(corrections))
    return reading
