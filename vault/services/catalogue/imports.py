"""Importing Seller Central reports. Importing the same thing twice changes nothing."""

import hashlib
import io
from collections.abc import Sequence
from typing import BinaryIO

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vault.checks.coverage.facts import Days
from vault.db.entities.accounts import ReportImport
from vault.db.entities.documents import Blob
from vault.db.entities.work import Job
from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.journal.entry import JsonValue
from vault.reading.amazon.catalogue import unpacked
from vault.reading.amazon.kinds import ReportKind, recognise
from vault.services.access import Actor
from vault.services.catalogue.reports import Imported, dump_problems, imported_before
from vault.services.catalogue.taking import READERS, Report
from vault.services.documents.filenames import clean_filename
from vault.services.jobs import jobs
from vault.services.journal.notes import Note, record
from vault.services.sales.imports import import_orders, is_orders
from vault.services.vault import Vault
from vault.store.protocol import Stored

# Bytes of a report, packed or not: it is read in memory, beside the pages that this process serves.
_MOST_BYTES = 128 * 1024 * 1024


def import_file(
    vault: Vault,
    actor: Actor,
    account_id: str,
    stream: BinaryIO,
    filename: str,
    kind: ReportKind | None = None,
    covers: Days | None = None,
    *,
    waits: bool = False,
) -> Imported:
    """Imports a report from a file, whatever its kind. `covers`, `waits`: of orders, see `import_orders`.

    Raises NotFound, Forbidden, Unreadable, Invalid.
    """
    actor.require(Permission.IMPORT, account_id)
    if kind is ReportKind.ORDERS or (kind is None and is_orders(stream)):
        return import_orders(vault, actor, account_id, stream, filename, covers, waits=waits)
    return import_report(vault, actor, account_id, stream.read(_MOST_BYTES + 1), filename, kind)


def import_report(
    vault: Vault, actor: Actor, account_id: str, data: bytes, filename: str, kind: ReportKind | None = None
) -> Imported:
    """Brings the seller account to what a report says, whose kind its header tells where `kind` does not.

    What the report no longer names stays: invoices still refer to it. Workers judge again what a change touches, the
    links to other seller accounts included.
    Raises NotFound, Forbidden, Unreadable for a file of another kind, Invalid for one that is too large.
    """
    actor.require(Permission.IMPORT, account_id)
    if len(data) > _MOST_BYTES:
        raise Invalid(N_("This report is larger than any Seller Central makes. Export it again and choose that file."))
    plain = unpacked(data, limit=_MOST_BYTES)
    kind = kind or recognise(plain)
    if earlier := imported_before(vault, account_id, kind, hashlib.sha256(data).hexdigest()):
        return Imported(earlier, is_new=False)
    report = READERS[kind](plain)
    stored = vault.store.put(io.BytesIO(data), limit=_MOST_BYTES)
    row = ReportImport(account_id=account_id, kind=kind, sha256=str(stored.sha256), filename=clean_filename(filename))
    try:
        with vault.database.transaction() as session:
            queued = _take(session, vault, actor, report, row, stored)
    except IntegrityError:  # the same file, by somebody else, in this moment
        if earlier := imported_before(vault, account_id, kind, str(stored.sha256)):
            return Imported(earlier, is_new=False)
        raise
    for job in queued:
        jobs.send(vault, job)
    return Imported(row, is_new=True)


def _take(
    session: Session, vault: Vault, actor: Actor, report: Report, row: ReportImport, stored: Stored
) -> Sequence[Job]:
    """Takes the report over and keeps `row` with what it came to. Returns the jobs to send."""
    taken = report.take(session, vault, row.account_id)
    if session.get(Blob, row.sha256) is None:
        session.add(Blob(sha256=row.sha256, size=stored.size, stored_at=vault.clock()))
    row.rows, row.added, row.changed = taken.rows, taken.changes.added, taken.changes.changed
    row.problems = dump_problems(taken.problems)
    row.imported_at, row.imported_by = vault.clock(), actor.id
    session.add(row)
    session.flush()
    queued = [jobs.add_once(session, vault, kind, row.account_id, row.account_id) for kind in taken.jobs]
    details: dict[str, JsonValue] = {
        "kind": row.kind,
        "sha256": row.sha256,
        "rows": row.rows,
        "added": row.added,
        "changed": row.changed,
    }
    record(session, vault, [Note("report.imported", row.id, actor.id, row.account_id, details)])
    return queued
