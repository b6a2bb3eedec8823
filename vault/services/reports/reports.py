"""Making monthly reports and reading them. A report that was made is never changed but by its signature."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.reports import Report
from vault.db.entities.work import Job, JobState
from vault.domain.errors import Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.journal.notes import Note, record
from vault.services.locks import lock_account
from vault.services.reports.around import around, latest_of_each_month
from vault.services.reports.figures import Figures, carried, digest_of, gather, published
from vault.services.reports.late import are_invoices_touched
from vault.services.reports.months import month_before, running_month, written
from vault.services.reports.readers import reader_of, tell_readers
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Made:
    """A report. `job`: that which makes its files, to be sent; None where the latest report says the same already."""

    report: Report
    job: Job | None

    @property
    def is_new(self) -> bool:
        return self.job is not None


@dataclass(frozen=True, slots=True)
class OpenReport:
    """One report as somebody may read it. `before`: that of the month before, None where there is none.

    `revised_figures`: those of the revision before, None for the first one. `revisions`: all of this month, the latest
    first. `people`: names by id.
    """

    report: Report
    figures: Mapping[str, Any]
    before: Report | None
    before_figures: Mapping[str, Any] | None
    revised_figures: Mapping[str, Any] | None
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


def ask(vault: Vault, actor: Actor, account_id: str, month: date) -> str:
    """Has a worker make the report of a month. Returns the id of the latest one by now, empty where there is none.

    Raises NotFound, Forbidden, and Invalid for a month that has not begun.
    """
    actor.require(Permission.CORRECT, account_id)
    _require_begun(vault, month)
    with vault.database.transaction() as session:
        latest = latest_of(session, account_id, month)
        job = jobs.add_once(session, vault, JobKind.MAKE_REPORT, subject_of(account_id, month), account_id)
        job.progress = {"asked_by": actor.id, **job.progress}
    jobs.send(vault, job)
    return latest.id if latest else ""


def making_of(vault: Vault, actor: Actor, account_id: str, month: date) -> JobState | None:
    """How far a worker is with the report of a month; None where nobody has asked for it lately. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    same = (Job.kind == JobKind.MAKE_REPORT, Job.subject_id == subject_of(account_id, month))
    with vault.database.reading() as session:
        state = session.scalar(select(Job.state).where(*same).order_by(Job.created_at.desc(), Job.id.desc()).limit(1))
    return None if state is None else JobState(state)


def subject_of(account_id: str, month: date) -> str:
    """What the job is about that makes the report of a month."""
    return f"{account_id}:{written(month)}"


def make(vault: Vault, actor: Actor, account_id: str, month: date) -> Made:
    """Makes the report of a month at once, or finds that the latest one says the same. A worker makes its files.

    Raises NotFound, Forbidden, and Invalid for a month that has not begun.
    """
    actor.require(Permission.CORRECT, account_id)
    figures = prepared(vault, account_id, month)
    with vault.database.transaction() as session:
        made = keep(session, vault, account_id, month, figures, actor.id)
    if made.job is not None:
        jobs.send(vault, made.job)
    return made


def prepared(vault: Vault, account_id: str, month: date) -> Figures:
    """The figures to `keep`, gathered while others can still write. Raises NotFound, and Invalid as `make` does."""
    _require_begun(vault, month)
    return gather(vault, account_id, month)


def keep(session: Session, vault: Vault, account_id: str, month: date, figures: Figures, actor: str) -> Made:
    """Keeps the figures as a report, at the end of a transaction. `actor`: an id, or the machine's name.

    Not where the latest report was made of more than they tell: somebody made it while these were gathered.
    """
    lock_account(session, account_id)  # two that make it at once would each make the same revision
    latest = latest_of(session, account_id, month)
    if latest is not None and (latest.seen_seq or 0) > figures["made"]["seq"]:
        return Made(latest, None)
    if latest is not None:
        is_same = not are_invoices_touched(session, vault, latest)
        figures = carried(figures, latest.figures, with_invoices=is_same)
    digest = digest_of(figures)
    if latest is not None and latest.digest == digest:
        return Made(latest, None)
    figures = {**figures, "made": {**figures["made"], **around(session, account_id, month)}}
    made = Report(id=new_id(), account_id=account_id, month=month, figures=figures, digest=digest, made_by=actor)
    made.revision, made.made_at = (latest.revision if latest else 0) + 1, vault.clock()
    made.rules_version, made.seen_seq = vault.rules.version, figures["made"]["seq"]
    session.add(made)
    session.flush()
    job = jobs.add(session, vault, JobKind.KEEP_REPORT, made.id, account_id)
    tell_readers(session, vault, made)
    record(session, vault, [note_of("monthly_report.made", made, actor)])
    return Made(made, job)


def _require_begun(vault: Vault, month: date) -> None:
    if month > running_month(vault):
        raise Invalid(N_("This month has not begun. Choose an earlier one."))


def list_reports(vault: Vault, actor: Actor, account_id: str) -> ReportList:
    """Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        reports = latest_of_each_month(session, account_id)
        people = names_of(session, _people(reports))
        return ReportList(reports, people, reader_of(session, actor.id, account_id) is not None)


def read_report(vault: Vault, actor: Actor, account_id: str, report_id: str) -> OpenReport:
    """Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        return opened(session, require_report(session, account_id, report_id), actor.account_ids)


def opened(session: Session, report: Report, account_ids: Collection[str]) -> OpenReport:
    """The report as somebody may read it who sees these seller accounts."""
    revisions = _revisions(session, report.account_id, report.month)
    revised = next((each for each in revisions if each.revision == report.revision - 1), None)
    before = _compared_with(session, report)
    return OpenReport(
        report=report,
        figures=published(report.figures, account_ids),
        before=before,
        before_figures=published(before.figures, account_ids) if before else None,
        revised_figures=published(revised.figures, account_ids) if revised else None,
        revisions=revisions,
        people=names_of(session, _people(revisions)),
    )


def find_report(vault: Vault, actor: Actor, account_id: str, month: date) -> Report | None:
    """The latest revision of a month, where there is one. Raises NotFound for an account that `actor` does not see."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        return latest_of(session, account_id, month)


def _compared_with(session: Session, report: Report) -> Report | None:
    """The report that it was compared with when it was made; where there was none then, one that was made since."""
    before = report.figures["made"].get("before")  # an earlier version of the service named none
    if before is not None:
        return session.get_one(Report, before)
    return latest_of(session, report.account_id, month_before(report.month))


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


def note_of(action: str, report: Report, actor: str) -> Note:
    about = {"month": written(report.month), "digest": report.digest}
    return Note(action, report.id, actor, report.account_id, {**about, "revision": report.revision})
