"""What has to be done from time to time. Every duty may be called more often than needed and by several at once."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.work import Job, JobState
from vault.services.days import today
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.jobs.scrub import SUBJECT
from vault.services.vault import Vault

_SCRUB_EVERY = timedelta(days=7)
_JOBS_KEPT = timedelta(days=30)


def begin_day(vault: Vault) -> int:
    """Once a day, has every open seller account judged again: the date is a fact too. Returns how many were queued."""
    midnight = datetime.combine(today(vault), time(), ZoneInfo(vault.settings.time_zone)).astimezone(UTC)
    with vault.database.reading() as session:
        account_ids = session.scalars(select(SellerAccount.id).where(SellerAccount.closed_at.is_(None))).all()
    return sum(
        _queue_once(vault, JobKind.REJUDGE_ACCOUNT, account_id, account_id, midnight) for account_id in account_ids
    )


def begin_scrub(vault: Vault) -> int:
    """Once a week, has every kept byte read again."""
    return int(_queue_once(vault, JobKind.SCRUB, SUBJECT, None, vault.clock() - _SCRUB_EVERY))


def forget_old_jobs(vault: Vault) -> int:
    """Removes the rows of jobs that ended long ago; what they did stands in the journal."""
    ended = (JobState.DONE, JobState.FAILED)
    with vault.database.transaction() as session:
        gone = select(Job.id).where(Job.state.in_(ended), Job.finished_at < vault.clock() - _JOBS_KEPT).limit(10_000)
        ids = session.scalars(gone).all()
        session.execute(delete(Job).where(Job.id.in_(ids)))
    return len(ids)


def _queue_once(vault: Vault, kind: JobKind, subject_id: str, account_id: str | None, since: datetime) -> bool:
    """Queues a job unless there was one since that moment."""
    with vault.database.transaction() as session:
        earlier = select(Job.id).where(Job.kind == kind, Job.subject_id == subject_id, Job.created_at >= since).limit(1)
        if session.scalar(earlier):
            return False
        job = jobs.add(session, vault, kind, subject_id, account_id)
    jobs.send(vault, job)
    return True
