"""Importing Seller Central reports. Importing the same thing twice changes nothing."""

import hashlib
import io
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vault.db.entities.accounts import ReportImport
from vault.db.entities.documents import Blob
from vault.db.entities.work import Job
from vault.domain.errors import Invalid
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.journal.entry import JsonValue
from vault.reading.amazon.catalogue import unpacked
from vault.reading.amazon.delimited import RowProblem
from vault.reading.amazon.listings import ListingsReport, read_listings
from vault.services.access import Actor
from vault.services.catalogue.catalogue import LISTINGS
from vault.services.catalogue.catalogue_update import CatalogueUpdate, Changes
from vault.services.documents.filenames import clean_filename
from vault.services.findings import dump_message
from vault.services.jobs import jobs
from vault.services.journal.notes import Note, record
from vault.services.vault import Vault
from vault.store.protocol import Stored

# Problems kept of one report: a person corrects the first hundreds and imports again.
_MOST_PROBLEMS = 1000
# Bytes of a report, packed or not: it is read in memory, beside the pages that this process serves.
_MOST_BYTES = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to. `is_new` False: exactly this file was imported before, and nothing was done."""

    report: ReportImport
    is_new: bool


def import_listings(vault: Vault, actor: Actor, account_id: str, data: bytes, filename: str) -> Imported:
    """Brings the catalogue to what an all-listings report says. Workers match and judge documents again and compare it
    with the catalogues of other accounts.

    Products and listings that the report no longer names stay: invoices still refer to them.
    Raises NotFound, Forbidden, Unreadable for a file of another kind, Invalid for one that is too large.
    """
    actor.require(Permission.IMPORT, account_id)
    if len(data) > _MOST_BYTES:
        raise Invalid(N_("This report is larger than any Seller Central makes. Export it again and choose that file."))
    if earlier := _imported_before(vault, account_id, hashlib.sha256(data).hexdigest()):
        return Imported(earlier, is_new=False)
    report = read_listings(unpacked(data, limit=_MOST_BYTES))
    stored = vault.store.put(io.BytesIO(data), limit=_MOST_BYTES)
    try:
        with vault.database.transaction() as session:
            row, queued = _record(session, vault, actor, account_id, report, stored, clean_filename(filename))
    except IntegrityError:  # the same file, by somebody else, in this moment
        if earlier := _imported_before(vault, account_id, str(stored.sha256)):
            return Imported(earlier, is_new=False)
        raise
    for job in queued:
        jobs.send(vault, job)
    return Imported(row, is_new=True)


def _imported_before(vault: Vault, account_id: str, sha256: str) -> ReportImport | None:
    with vault.database.reading() as session:
        return session.scalar(
            select(ReportImport).where(
                ReportImport.account_id == account_id, ReportImport.kind == LISTINGS, ReportImport.sha256 == sha256
            )
        )


def _record(
    session: Session,
    vault: Vault,
    actor: Actor,
    account_id: str,
    report: ListingsReport,
    stored: Stored,
    filename: str,
) -> tuple[ReportImport, list[Job]]:
    problems = list(report.problems)
    changes = _take(session, vault, account_id, report, problems)
    if session.get(Blob, str(stored.sha256)) is None:
        session.add(Blob(sha256=str(stored.sha256), size=stored.size, stored_at=vault.clock()))
    row = ReportImport(
        account_id=account_id,
        kind=LISTINGS,
        sha256=str(stored.sha256),
        filename=filename,
        rows=len(report.rows),
        added=changes.added,
        changed=changes.changed,
        problems=[_problem(problem) for problem in sorted(problems, key=lambda item: item.line)[:_MOST_PROBLEMS]],
        imported_at=vault.clock(),
        imported_by=actor.id,
    )
    session.add(row)
    session.flush()
    queued = []
    if changes.added or changes.changed:
        kinds = (jobs.JobKind.REMATCH_ACCOUNT, jobs.JobKind.COMPARE_CATALOGUE)
        queued = [jobs.add_once(session, vault, kind, account_id, account_id) for kind in kinds]
    details: dict[str, JsonValue] = {
        "kind": LISTINGS,
        "sha256": row.sha256,
        "rows": row.rows,
        "added": row.added,
        "changed": row.changed,
    }
    record(session, vault, [Note("report.imported", row.id, actor.id, account_id, details)])
    return row, queued


def _take(
    session: Session, vault: Vault, account_id: str, report: ListingsReport, problems: list[RowProblem]
) -> Changes:
    """Takes over every listing that has an ASIN; the others are added to `problems`."""
    catalogue = CatalogueUpdate(session, account_id, vault.clock())
    for listing in report.rows:
        if listing.asin:
            catalogue.take(listing)
        else:
            problems.append(RowProblem(listing.line, Message(N_("The listing has no ASIN, so it is left out."))))
    return catalogue.write()


def _problem(problem: RowProblem) -> dict[str, object]:
    return {"line": problem.line, "reason": str(problem.reason), "message": dump_message(problem.reason)}
