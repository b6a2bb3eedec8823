"""Making monthly reports, reading and signing them. A report that was made is never changed but by its signature."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.db.entities.reports import Report
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.journal.notes import Note, record
from vault.services.locks import lock_account
from vault.services.reports.figures import Figures, carried, digest_of, gather, published
from vault.services.reports.months import month_before, running_month, written
from vault.services.reports.readers import reader_of, tell_readers
from vault.services.vault import Vault

_LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Made:
    """A report, and whether it is new: nothing is made where the latest one says the same."""

    report: Report
    is_new: bool


@dataclass(frozen=True, slots=True)
class OpenReport:
    """One report as `actor` may read it. `before`: the latest of the month before, None where there is none.

    `revisions`: all of this month, the latest first. `people`: names by id.
    """

    report: Report
    figures: Mapping[str, Any]
    before: Report | None
    before_figures: Mapping[str, Any] | None
    revisions: Sequence[Report]
    people: Mapping[str, str]

    @property
    def is_latest(self) -> bool:
        return self.report.id == self.revisions[0].id


@dataclass(frozen=True, slots=True)
class ReportList:
    """The latest report of each month, the latest month first. `wants_mail`: whether the reader is sent each of them."""

    reports: Sequence[Report]
    people: Mapping[str, str]
    wants_mail: bool


def make(vault: Vault, actor: Actor, account_id: str, month: date) -> Made:
    """Makes the report of a month, or finds that the latest one says the same.

    Raises NotFound, Forbidden, and Invalid for a month that has not begun.
    """
    actor.require(Permission.CORRECT, account_id)
    figures = prepared(vault, account_id, month)
    with vault.database.transaction() as session:
        return keep(session, vault, account_id, month, figures, actor.id)


def prepared(vault: Vault, account_id: str, month: date) -> Figures:
    """The figures to `keep`, gathered while others can still write. Raises NotFound, and Invalid as `make` does."""
    if month > running_month(vault):
        raise Invalid(N_("This month has not begun. Choose an earlier one."))
    return gather(vault, account_id, month)


def keep(session: Session, vault: Vault, account_id: str, month: date, figures: Figures, actor: str) -> Made:
    """Keeps the figures as a report, at the end of a transaction. `actor`: an id, or the machine's name."""
    lock_account(session, account_id)  # two that make it at once would each make the same revision
    latest = latest_of(session, account_id, month)
    if latest is not None:
        figures = carried(figures, latest.figures)
    digest = digest_of(figures)
    if latest is not None and latest.digest == digest:
        return Made(latest, False)
    made = Report(id=new_id(), account_id=account_id, month=month, figures=figures, digest=digest, made_by=actor)
    made.revision, made.made_at = (latest.revision if latest else 0) + 1, vault.clock()
    made.rules_version = vault.rules.version
    session.add(made)
    session.flush()
    tell_readers(session, vault, made)
    record(session, vault, [_note("monthly_report.made", made, actor)])
    return Made(made, True)


def sign(vault: Vault, actor: Actor, account_id: str, report_id: str, note: str = "") -> Report:
    """A person answers for the report as it is. Signing again changes nothing.

    Raises NotFound, Forbidden, Invalid for a month that goes on or a note that is too long, Conflict where there is a
    later revision.
    """
    actor.require(Permission.MANAGE, account_id)
    if len(note) > _LONGEST_NOTE:
        problem = Message(N_("Write at most %(longest)s characters."), {"longest": str(_LONGEST_NOTE)})
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
        record(session, vault, [_note("monthly_report.signed", report, actor.id)])
    return report


def list_reports(vault: Vault, actor: Actor, account_id: str) -> ReportList:
    """Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        last = (
            select(Report.month, func.max(Report.revision).label("revision"))
            .where(Report.account_id == account_id)
            .group_by(Report.month)
            .subquery()
        )
        wanted = select(Report).join(last, (Report.month == last.c.month) & (Report.revision == last.c.revision))
        reports = session.scalars(wanted.where(Report.account_id == account_id).order_by(Report.month.desc())).all()
        people = names_of(session, _people(reports))
        return ReportList(reports, people, reader_of(session, actor.id, account_id) is not None)


def read_report(vault: Vault, actor: Actor, account_id: str, report_id: str) -> OpenReport:
    """Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        report = require_report(session, account_id, report_id)
        revisions = _revisions(session, account_id, report.month)
        before = latest_of(session, account_id, month_before(report.month))
        return OpenReport(
            report=report,
            figures=published(report.figures, actor.account_ids),
            before=before,
            before_figures=published(before.figures, actor.account_ids) if before else None,
            revisions=revisions,
            people=names_of(session, _people(revisions)),
        )


def find_report(vault: Vault, actor: Actor, account_id: str, month: date) -> Report | None:
    """The latest revision of a month, where there is one. Raises NotFound for an account that `actor` does not see."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        return latest_of(session, account_id, month)


def latest_of(session: Session, account_id: str, month: date) -> Report | None:
    return next(iter(_revisions(session, account_id, month)), None)


def require_report(session: Session, account_id: str, report_id: str) -> Report:
    """A report of this account. Raises NotFound."""
    report = session.get(Report, report_id)
    if report is None or report.account_id != account_id:
        raise NotFound()
    return report


def _revisions(session: Session, account_id: str, month: date) -> Sequence[Report]:
    wanted = select(Report).where(Report.account_id == account_id, Report.month == month)
    return session.scalars(wanted.order_by(Report.revision.desc())).all()


def _people(reports: Sequence[Report]) -> set[str]:
    return {person for report in reports for person in (report.made_by, report.signed_by) if person}


def _note(action: str, report: Report, actor: str) -> Note:
    about = {"month": written(report.month), "digest": report.digest}
    return Note(action, report.id, actor, report.account_id, {**about, "revision": report.revision})
