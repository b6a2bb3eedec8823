"""Jobs: work for machines. The row is the truth; the queue only carries its id and may lose it.

A worker *claims* a job and gets a lease: an attempt number and a time until which nobody else may have it. Work may be
done twice, but it takes effect once: the transaction that keeps the result first marks the job done for that attempt,
and an attempt that came too late finds another number and keeps nothing.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CursorResult, and_, or_, select, update
from sqlalchemy.orm import Session

from vault.db.entities.work import Job, JobState
from vault.domain.errors import Conflict
from vault.domain.message import N_
from vault.services.vault import Vault

# A failed attempt waits this long, doubled with every further one.
_PAUSE = timedelta(seconds=2)
_LONGEST_PAUSE = 5  # doublings: about a minute


class JobKind(StrEnum):
    """What a worker can be asked to do. Each kind may run twice, and has to bear it."""

    READ_DOCUMENT = "read_document"  # subject: a document
    REMATCH_ACCOUNT = "rematch_account"  # subject: a seller account whose catalogue changed
    REJUDGE_SUPPLIER = "rejudge_supplier"  # subject: a supplier whose record changed
    REJUDGE_ACCOUNT = "rejudge_account"  # subject: a seller account whose day began
    REJUDGE_BUYER = "rejudge_buyer"  # subject: a seller account whose legal name or address changed
    COMPARE_CATALOGUE = "compare_catalogue"  # subject: a seller account whose catalogue changed
    GATHER_AUDIT = "gather_audit"  # subject: an audit whose invoices are to be looked through
    TAKE_SALES = "take_sales"  # subject: an import of an all-orders report
    MAKE_BUNDLE = "make_bundle"  # subject: a bundle that somebody asked for
    MAKE_REPORT = "make_report"  # subject: a seller account and a month, "<id>:2026-10"
    KEEP_REPORT = "keep_report"  # subject: a report whose files are to be made and kept
    SCRUB = "scrub"  # subject: "store"
    SEND_MAILS = "send_mails"  # subject: "mails"
    DELIVER_EVENTS = "deliver_events"  # subject: a webhook that has something to send


class LeaseLost(Conflict):
    """Somebody else owns the job by now, or it is done. What this attempt made must not be kept."""

    code = "lease_lost"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a job. `progress` is what an earlier attempt left there."""

    job_id: str
    attempt: int
    kind: JobKind
    subject_id: str
    account_id: str | None
    progress: Mapping[str, Any]


def add(session: Session, vault: Vault, kind: JobKind, subject_id: str, account_id: str | None = None) -> Job:
    """A new job, in the transaction of the change that asks for it. `send` it after the commit."""
    now = vault.clock()
    job = Job(
        kind=kind,
        subject_id=subject_id,
        account_id=account_id,
        state=JobState.WAITING,
        attempt=0,
        run_after=now,
        progress={},
        created_at=now,
    )
    session.add(job)
    session.flush()
    return job


def add_once(session: Session, vault: Vault, kind: JobKind, subject_id: str, account_id: str | None = None) -> Job:
    """As `add`, unless such a job waits already: one that has never begun will see the newest facts anyway.

    One that was put back has handled documents under the facts of then, and goes on behind them. The lock keeps a
    worker from beginning before the new facts are committed. Where another transaction has it, there are two: waiting
    could be for somebody who waits for a document that this one has.
    """
    same = (Job.kind == kind, Job.subject_id == subject_id)
    untouched = select(Job).where(*same, Job.state == JobState.WAITING, Job.attempt == 0).limit(1)
    waiting = session.scalar(untouched.with_for_update(skip_locked=True))
    return waiting or add(session, vault, kind, subject_id, account_id)


def send(vault: Vault, job: Job) -> bool:
    """Hands a committed job to the queue. False is no loss: the reconciler sends it again."""
    return vault.queue.send(job.id, job.attempt)


def claim(vault: Vault, job_id: str) -> Lease | None:
    """The next attempt at a job, or None when it is done, owned by somebody, not due yet or out of attempts."""
    with vault.database.transaction() as session:
        now = vault.clock()
        job = session.scalar(select(Job).where(Job.id == job_id, _free(now)).with_for_update(skip_locked=True))
        if job is None or is_spent(vault, job):
            return None
        job.failures = _failures(job)
        job.attempt += 1
        job.state = JobState.RUNNING
        job.lease_until = now + timedelta(seconds=vault.settings.job_lease_seconds)
        return Lease(job.id, job.attempt, JobKind(job.kind), job.subject_id, job.account_id, dict(job.progress))


def extend(vault: Vault, lease: Lease, progress: Mapping[str, Any] | None = None) -> None:
    """Prolongs the lease from now on, and says how far the work is. Raises LeaseLost."""
    until = vault.clock() + timedelta(seconds=vault.settings.job_lease_seconds)
    values: dict[str, Any] = {"lease_until": until}
    if progress is not None:
        values["progress"] = dict(progress)
    with vault.database.transaction() as session:
        _change(session, lease, values)


@contextmanager
def effect(vault: Vault, lease: Lease) -> Iterator[Session]:
    """The transaction that keeps what the job made. The job is done when it commits, and only then.

    Raises LeaseLost, before the block runs, when this attempt came too late.
    """
    with vault.database.transaction() as session:
        done = {"state": JobState.DONE, "finished_at": vault.clock(), "lease_until": None, "error": ""}
        _change(session, lease, done)
        yield session


@contextmanager
def step(vault: Vault, lease: Lease, progress: Mapping[str, Any]) -> Iterator[Session]:
    """A transaction for one part of a long job; `progress` says where a later attempt goes on. Raises LeaseLost."""
    until = vault.clock() + timedelta(seconds=vault.settings.job_lease_seconds)
    with vault.database.transaction() as session:
        _change(session, lease, {"lease_until": until, "progress": dict(progress)})
        yield session


def note_progress(session: Session, lease: Lease, progress: Mapping[str, Any]) -> None:
    """Says how far the work is, in the transaction of a `step` that knows only at its end. Raises LeaseLost."""
    _change(session, lease, {"progress": dict(progress)})


def put_back(vault: Vault, lease: Lease, error: str, *, failed: bool) -> None:
    """This attempt ended without a result: the job waits for the next one. Nothing happens where the lease is lost.

    `failed`: the job itself may be at fault. After as many failures as the settings allow, the reconciler gives it up.
    False: something that it needs does not answer; it waits as long as that takes.
    """
    pause = _PAUSE * 2 ** min(lease.attempt - 1, _LONGEST_PAUSE)
    values = {"state": JobState.WAITING, "lease_until": None, "run_after": vault.clock() + pause, "error": error[:2000]}
    try:
        with vault.database.transaction() as session:
            _change(session, lease, {**values, "failures": Job.failures + int(failed)})
    except LeaseLost:
        return


def overdue(session: Session, vault: Vault) -> list[Job]:
    """Jobs that nobody works on although they are due: never delivered, put back, or their lease ran out."""
    return list(session.scalars(select(Job).where(_free(vault.clock())).order_by(Job.run_after, Job.id).limit(1000)))


def is_spent(vault: Vault, job: Job) -> bool:
    """Whether a job that nobody works on has failed as often as it may."""
    return _failures(job) >= vault.settings.job_attempts


def mark_failed(session: Session, vault: Vault, job: Job) -> bool:
    """Gives up a job in the caller's transaction. False: somebody finished or claimed it meanwhile."""
    result = session.execute(
        update(Job)
        .where(Job.id == job.id, Job.attempt == job.attempt, _free(vault.clock()))
        .values(state=JobState.FAILED, finished_at=vault.clock(), lease_until=None)
    )
    return _count(result) == 1


def _failures(job: Job) -> int:
    """A job still marked as running although its lease is over: whoever had it died."""
    return job.failures + (job.state == JobState.RUNNING)


def _free(now: datetime) -> Any:
    waiting = and_(Job.state == JobState.WAITING, Job.run_after <= now)
    abandoned = and_(Job.state == JobState.RUNNING, Job.lease_until < now)
    # Jobs of kinds that only a newer version knows are left to its workers.
    return and_(Job.kind.in_(list(JobKind)), or_(waiting, abandoned))


def _change(session: Session, lease: Lease, values: Mapping[str, Any]) -> None:
    result = session.execute(
        update(Job)
        .where(Job.id == lease.job_id, Job.attempt == lease.attempt, Job.state == JobState.RUNNING)
        .values(**values)
    )
    if _count(result) != 1:
        raise LeaseLost(N_("Another worker has taken over this job; what this one made is dropped."))


def _count(result: Any) -> int:
    assert isinstance(result, CursorResult)
    return result.rowcount
