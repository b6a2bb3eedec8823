"""Files of reports, kept as documents of the vault: made once by a worker, handed out as they are, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from vault.db.entities.documents import Document
from vault.db.entities.reports import Report, ReportFile, ReportStage
from vault.db.entities.work import Job, JobState
from vault.domain.errors import NotFound
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.documents.originals import Original, open_original
from vault.services.jobs.jobs import JobKind
from vault.services.reports.reports import OpenReport, opened, require_report
from vault.services.reports.signing import Signature, signature_of
from vault.services.vault import Vault

FORMATS = ("pdf", "csv", "json")

Kept = Mapping[ReportStage, Mapping[str, Document]]
"""By stage and format."""


def kept_files(session: Session, report: Report) -> Kept:
    wanted = select(ReportFile, Document).join(Document, Document.id == ReportFile.document_id)
    found: dict[ReportStage, dict[str, Document]] = {}
    for file, document in session.execute(wanted.where(ReportFile.report_id == report.id)):
        found.setdefault(ReportStage(file.stage), {})[file.format] = document
    return found


def without_files(session: Session) -> list[tuple[str, str]]:
    """Id and account of each report that lacks files, also those with its signature, while no worker is to make them."""
    there = exists().where(ReportFile.report_id == Report.id)
    is_kept = there.where(ReportFile.stage == ReportStage.MADE)
    is_signed = or_(Report.signed_at.is_(None), there.where(ReportFile.stage == ReportStage.SIGNED))
    wanted = select(Report.id, Report.account_id).where(
        ~and_(is_kept, is_signed), ~exists().where(*_unfinished(Report.id))
    )
    return [(report_id, account_id) for report_id, account_id in session.execute(wanted.order_by(Report.id))]


def _unfinished(report_id: str | InstrumentedAttribute[str]) -> tuple[ColumnElement[bool], ...]:
    """Jobs that make files of the report, or are to."""
    is_open = Job.state.in_((JobState.WAITING, JobState.RUNNING))
    return (Job.kind == JobKind.KEEP_REPORT, Job.subject_id == report_id, is_open)


@dataclass(frozen=True, slots=True)
class ShownReport:
    """A report as somebody may read it, with its kept files. `is_making`: a worker makes some of them, or is to."""

    opened: OpenReport
    signature: Signature | None
    files: Kept
    is_making: bool


def show(vault: Vault, actor: Actor, account_id: str, report_id: str) -> ShownReport:
    """Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        report = require_report(session, account_id, report_id)
        wanted = select(Job.id).where(*_unfinished(report.id))
        return ShownReport(
            opened=opened(session, report, actor.account_ids),
            signature=signature_of(session, report),
            files=kept_files(session, report),
            is_making=session.scalar(wanted.limit(1)) is not None,
        )


def open_file(vault: Vault, actor: Actor, account_id: str, report_id: str, format_: str) -> Original | None:
    """The file with the signature, where there is one; None while it is being made. The bytes are verified.

    Raises NotFound, Damaged, Unavailable.
    """
    if format_ not in FORMATS:
        raise NotFound()
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        kept = kept_files(session, require_report(session, account_id, report_id))
    files = kept.get(ReportStage.SIGNED) or kept.get(ReportStage.MADE)
    return open_original(vault, actor, files[format_].id) if files else None
