"""Importing an all-orders report: it is read once, stripped of what tells of buyers, and taken over by a job."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import BinaryIO
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from vault.checks.coverage.facts import Days, joined
from vault.db.entities.accounts import ReportImport
from vault.db.entities.documents import Blob
from vault.db.entities.sales import SalesReport
from vault.db.entities.work import Job, JobState
from vault.domain.errors import Invalid, Unreadable
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.journal.entry import JsonValue
from vault.reading.amazon.delimited import RowProblem
from vault.reading.amazon.kinds import ReportKind, recognise
from vault.reading.amazon.orders import OrderLine, read_orders
from vault.services.access import Actor
from vault.services.catalogue.reports import MOST_PROBLEMS, Imported, dump_problems, imported_before
from vault.services.days import today
from vault.services.documents.filenames import clean_filename
from vault.services.jobs import jobs
from vault.services.journal.notes import Note, record
from vault.services.sales.extract import write_extract
from vault.services.sales.gathering import Gathering
from vault.services.sales.packed import plain_of, sha256_of
from vault.services.sales.taking import take_sales
from vault.services.vault import Vault
from vault.store.protocol import Stored

# The kind of value as which order numbers get their fingerprint.
ORDER = "order"
# Items that are taken over while the person waits; more of them are a worker's.
_AT_ONCE = 10_000
# What a report may unpack to. Ten years of the largest seller fit.
_MOST_LINES = 10_000_000
# Bytes in which a header line ends.
_LONGEST_HEADER = 64 * 1024


def is_orders(stream: BinaryIO) -> bool:
    """Whether the file is an all-orders report, packed or not. The stream stands at its beginning again."""
    try:
        with plain_of(stream) as plain:
            return recognise(plain.read(_LONGEST_HEADER)) is ReportKind.ORDERS
    except Unreadable:
        return False  # whoever reads it as something else says better what is wrong with it
    finally:
        stream.seek(0)


def import_orders(
    vault: Vault,
    actor: Actor,
    account_id: str,
    stream: BinaryIO,
    filename: str,
    covers: Days | None = None,
    *,
    waits: bool = False,
) -> Imported:
    """Brings the ledger of what was sold to what an all-orders report says. `stream` can be read from its beginning.

    `covers`: the days for which the report was made, where a person says so; else from its first order to its last (of a
    file of several exports the longest stretch without a gap between them), and none where lines could not be read.
    A large report is taken over by a worker, unless the caller `waits` for it.
    Raises NotFound, Forbidden, Unreadable for a file of another kind, Invalid for days that cannot be.
    """
    actor.require(Permission.IMPORT, account_id)
    covers = _possible(vault, covers)
    sha256 = sha256_of(stream)
    if earlier := imported_before(vault, account_id, ReportKind.ORDERS, sha256):
        _go_on(vault, earlier, waits=waits)
        return Imported(earlier, is_new=False)
    zone = ZoneInfo(vault.settings.time_zone)
    with Gathering(vault.secrets.fingerprinter(ORDER), zone) as gathered, plain_of(stream) as plain:
        problems = _gather(plain, gathered, today(vault))
        if gathered.is_empty and not problems and covers is None:
            raise Unreadable(
                "empty",
                N_("The report has a header and no orders. Say below which days it covers, or choose more days."),
            )
        stored, items = write_extract(vault, gathered.items())
        # On which day a line that cannot be read sold something, nobody knows: then only a person's word counts.
        days = covers if problems else _covered(gathered.stretches(), covers)
    imported = _imported(vault, actor, account_id, sha256, filename)
    imported.rows, imported.problems = items, dump_problems(problems)
    try:
        job = _record(vault, actor, imported, stored, days)
    except IntegrityError:  # the same file, by somebody else, in this moment
        if earlier := imported_before(vault, account_id, ReportKind.ORDERS, sha256):
            return Imported(earlier, is_new=False)
        raise
    _begin(vault, job, at_once=waits or items <= _AT_ONCE)
    return Imported(imported, is_new=True)


def _imported(vault: Vault, actor: Actor, account_id: str, sha256: str, filename: str) -> ReportImport:
    """The row of a report of which nothing is taken over yet."""
    return ReportImport(
        account_id=account_id,
        kind=ReportKind.ORDERS,
        sha256=sha256,
        filename=clean_filename(filename),
        added=0,
        changed=0,
        imported_at=vault.clock(),
        imported_by=actor.id,
    )


def _possible(vault: Vault, covers: Days | None) -> Days | None:
    """What a person says a report covers, up to yesterday: today is not over. Raises Invalid."""
    if covers is None:
        return None
    yesterday = today(vault) - timedelta(days=1)
    if not covers.first <= covers.last or covers.first > yesterday:
        raise Invalid(N_("These days cannot be: the first one comes before the last one, and before today."))
    return Days(covers.first, min(covers.last, yesterday))


def _covered(found: Sequence[Days], said: Days | None) -> Days | None:
    """The days in one piece that a report makes known: those around what a person says, else the longest, else none.

    Of days between two pieces neither file nor person says anything: they are not known.
    """
    pieces = joined([*found, said] if said else found)
    if said:
        return next(each for each in pieces if each.first <= said.first <= each.last)
    return max(pieces, key=lambda each: (len(each), each.last), default=None)


def _gather(plain: BinaryIO, gathered: Gathering, day: date) -> list[RowProblem]:
    """Returns the problems, of very many the first ones. What is dated after `day` was not sold yet.

    Days that are still to come would count as known for good: whatever is sold on them would never be asked for.
    """
    problems: list[RowProblem] = []
    for number, line in enumerate(read_orders(plain)):
        if number == _MOST_LINES:
            raise Unreadable("too_large", N_("This report has more lines than any. Download it for fewer days."))
        if isinstance(line, OrderLine) and gathered.day_of(line) > day:
            line = RowProblem(line.line, Message(N_("The order is dated on a day that is still to come.")))
        if not isinstance(line, RowProblem):
            gathered.add(line)
        elif len(problems) < MOST_PROBLEMS:
            problems.append(line)
    return problems


def _record(vault: Vault, actor: Actor, imported: ReportImport, stored: Stored, days: Days | None) -> Job:
    with vault.database.transaction() as session:
        if session.get(Blob, str(stored.sha256)) is None:
            session.add(Blob(sha256=str(stored.sha256), size=stored.size, stored_at=vault.clock()))
        session.add(imported)
        session.flush()
        session.add(
            SalesReport(
                import_id=imported.id,
                account_id=imported.account_id,
                extract_sha256=str(stored.sha256),
                items=imported.rows,
                first_day=days.first if days else None,
                last_day=days.last if days else None,
            )
        )
        job = jobs.add(session, vault, jobs.JobKind.TAKE_SALES, imported.id, imported.account_id)
        details: dict[str, JsonValue] = {"kind": imported.kind, "sha256": imported.sha256, "rows": imported.rows}
        note = Note("report.imported", imported.id, actor.id, imported.account_id, details)
        record(session, vault, [note])
    return job


def _go_on(vault: Vault, imported: ReportImport, *, waits: bool) -> None:
    """Begins again where taking the report over was given up: whoever imports it once more wants to have it."""
    same = (Job.kind == jobs.JobKind.TAKE_SALES, Job.subject_id == imported.id)
    pending = select(Job.id).where(*same, Job.state.in_((JobState.WAITING, JobState.RUNNING)))
    with vault.database.transaction() as session:
        report = session.get(SalesReport, imported.id, with_for_update=True)
        if report is None or report.finished_at is not None or session.scalar(pending.limit(1)):
            return
        job = jobs.add(session, vault, jobs.JobKind.TAKE_SALES, imported.id, imported.account_id)
    _begin(vault, job, at_once=waits or report.items <= _AT_ONCE)


def _begin(vault: Vault, job: Job, *, at_once: bool) -> None:
    lease = jobs.claim(vault, job.id) if at_once else None
    if lease is None:
        jobs.send(vault, job)
    else:
        take_sales(vault, lease)
