"""Reports that make themselves: on the first of the month, and later those that were missed meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.reports import Report
from vault.db.entities.work import Job
from vault.services.days import day_of, today
from vault.services.jobs import jobs
from vault.services.jobs.heartbeat import kept_alive
from vault.services.jobs.jobs import JobKind
from vault.services.journal.notes import MACHINE
from vault.services.reports.kept import without_files
from vault.services.reports.late import with_late_data
from vault.services.reports.months import (
    begin_of,
    month_before,
    month_of,
    next_month,
    read_month,
    running_month,
)
from vault.services.reports.reports import keep, prepared, subject_of
from vault.services.vault import Vault

# However long the service was away, no more than a year of reports is made up for.
_MOST_MISSED = 12


def begin_reports(vault: Vault) -> int:
    """Queues a job for each whole month of each open seller account that has no report yet, or for which late data came
    in since. Returns how many. Beside them one for each report without files: an earlier version of the service made none.

    It may run at any time and as often as one likes: a job of the day is not queued twice. An account's first report
    is that of the month before; from then on no month is left out.
    """
    with vault.database.reading() as session:
        wanted = select(SellerAccount.id, SellerAccount.created_at).where(SellerAccount.closed_at.is_(None))
        accounts = session.execute(wanted.order_by(SellerAccount.id)).all()
        made = _made(session, [account_id for account_id, _ in accounts], vault)
        late, unkept = with_late_data(session, vault), without_files(session)
    due = [
        (account_id, month)
        for account_id, created_at in accounts
        for month in _missing(vault, month_of(day_of(vault, created_at)), made.get(account_id, {}))
    ]
    open_ones = {account_id for account_id, _ in accounts}
    due += [(account_id, month) for account_id, month in late if account_id in open_ones]
    for report_id, account_id in unkept:
        _queue(vault, JobKind.KEEP_REPORT, report_id, account_id)
    return sum(_queue(vault, JobKind.MAKE_REPORT, subject_of(*each), each[0]) for each in due)


def make_report(vault: Vault, lease: jobs.Lease) -> None:
    """The job: makes the report of the account and month that its subject names. Raises LeaseLost."""
    account_id, _, name = lease.subject_id.partition(":")
    month = read_month(name)
    with kept_alive(vault, lease):
        figures = prepared(vault, account_id, month)
    asked_by = str(lease.progress.get("asked_by", MACHINE))
    with jobs.effect(vault, lease) as session:
        made = keep(session, vault, account_id, month, figures, asked_by)
    if made.job is not None:
        jobs.send(vault, made.job)


def _made(session: Session, account_ids: Sequence[str], vault: Vault) -> Mapping[str, Mapping[date, bool]]:
    """By account and month: whether a report was made when the month was over."""
    oldest = running_month(vault)
    for _ in range(_MOST_MISSED):
        oldest = month_before(oldest)
    known: dict[str, dict[date, bool]] = {}
    wanted = select(Report.account_id, Report.month, Report.made_at).where(Report.month >= oldest)
    ends: dict[date, datetime] = {}
    for account_id, month, made_at in session.execute(wanted):
        end = ends.setdefault(month, begin_of(vault, next_month(month)))
        of_account = known.setdefault(account_id, {})
        of_account[month] = of_account.get(month, False) or made_at >= end
    return {account_id: known[account_id] for account_id in account_ids if account_id in known}


def _missing(vault: Vault, opened: date, made: Mapping[date, bool]) -> Iterator[date]:
    """Whole months without a report that was made when they were over, the earliest first."""
    month = max(opened, min(made, default=month_before(running_month(vault))))
    while month < running_month(vault):
        if not made.get(month, False):
            yield month
        month = next_month(month)


def _queue(vault: Vault, kind: JobKind, subject: str, account_id: str) -> bool:
    """One job a day: one that broke is tried again on the next day."""
    same = (Job.kind == kind, Job.subject_id == subject, Job.created_at >= begin_of(vault, today(vault)))
    with vault.database.transaction() as session:
        if session.scalar(select(Job.id).where(*same).limit(1)):
            return False
        job = jobs.add(session, vault, kind, subject, account_id)
    jobs.send(vault, job)
    return True
