"""A person signs a report: answers for it as it is. The journal keeps that, and files with the signature are made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.reports import Report
from vault.domain.errors import Conflict, Invalid
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.journal.table import entries
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.journal.notes import record
from vault.services.locks import lock_account
from vault.services.reports.reports import latest_of, note_of, require_report
from vault.services.vault import Vault

LONGEST_NOTE = 2000
_SIGNED = "monthly_report.signed"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a report, and when. `entry`: the hash of the journal's entry of that, by which it can be proved."""

    name: str
    at: datetime
    note: str
    seq: int
    entry: str


def sign(vault: Vault, actor: Actor, account_id: str, report_id: str, note: str = "") -> Report:
    """A person answers for the report as it is. Signing again changes nothing.

    Raises NotFound, Forbidden, Invalid for a month that goes on or a note that is too long, Conflict where there is a
    later revision.
    """
    actor.require(Permission.MANAGE, account_id)
    if len(note) > LONGEST_NOTE:
        problem = Message(N_("Write at most %(longest)s characters."), {"longest": str(LONGEST_NOTE)})
        raise Invalid(N_("The note is too long."), {"note": problem})
    with vault.database.transaction() as session:
        lock_account(session, account_id)
        report = require_report(session, account_id, report_id)
        if report.signed_at is not None:
            return report
        latest = latest_of(session, account_id, report.month)
        if latest is None or latest.id != report.id:
            raise Conflict(N_("There is a later revision of this report. Read and sign that one."))
        if not report.figures["standing"]["is_complete"]:
            raise Invalid(N_("The month was not over when this was made. Make it again, then sign it."))
        report.signed_at, report.signed_by, report.signed_note = vault.clock(), actor.id, note.strip()
        job = jobs.add(session, vault, JobKind.KEEP_REPORT, report.id, account_id)
        record(session, vault, [note_of(_SIGNED, report, actor.id)])
    jobs.send(vault, job)
    return report


def signature_of(session: Session, report: Report) -> Signature | None:
    """None where nobody has signed it."""
    if report.signed_at is None or report.signed_by is None:
        return None
    wanted = select(entries.c.seq, entries.c.hash).where(entries.c.subject == report.id, entries.c.action == _SIGNED)
    seq, entry = session.execute(wanted.order_by(entries.c.seq.desc()).limit(1)).one()
    name = names_of(session, {report.signed_by}).get(report.signed_by, report.signed_by)
    return Signature(name, report.signed_at, report.signed_note, seq, entry)
