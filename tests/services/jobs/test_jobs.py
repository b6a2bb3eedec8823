"""Jobs: the row is the truth, work may be done twice, and it takes effect once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.servers.valkey import Valkey
from vault.db.entities.work import Job, JobState
from vault.domain.ids import new_id
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind, LeaseLost
from vault.services.jobs.queue import sending
from vault.services.jobs.reconciler import reconcile
from vault.services.vault import Vault


def new_job(vault: Vault) -> str:
    with vault.database.transaction() as session:
        return jobs.add(session, vault, JobKind.SCRUB, "store").id


def row(vault: Vault, job_id: str) -> Job:
    with vault.database.reading() as session:
        return session.get_one(Job, job_id)


def claimed(vault: Vault, job_id: str) -> jobs.Lease:
    lease = jobs.claim(vault, job_id)
    assert lease is not None
    return lease


def let_lease_end(vault: Vault, clock: Clock) -> None:
    clock.advance(timedelta(seconds=vault.settings.job_lease_seconds + 1))


def test_a_claimed_job_belongs_to_one_worker(vault: Vault) -> None:
    job_id = new_job(vault)
    assert claimed(vault, job_id).attempt == 1
    assert jobs.claim(vault, job_id) is None


def test_an_unknown_job_is_nobodys(vault: Vault) -> None:
    assert jobs.claim(vault, new_id()) is None


def test_a_job_whose_lease_ran_out_can_be_claimed_again(vault: Vault, clock: Clock) -> None:
    job_id = new_job(vault)
    claimed(vault, job_id)
    let_lease_end(vault, clock)
    assert claimed(vault, job_id).attempt == 2


def test_a_heartbeat_keeps_the_lease_and_tells_the_progress(vault: Vault, clock: Clock) -> None:
    job_id = new_job(vault)
    lease = claimed(vault, job_id)
    clock.advance(timedelta(seconds=vault.settings.job_lease_seconds - 1))
    jobs.extend(vault, lease, {"page": 3, "pages": 10})
    clock.advance(timedelta(seconds=vault.settings.job_lease_seconds - 1))
    assert jobs.claim(vault, job_id) is None
    assert row(vault, job_id).progress == {"page": 3, "pages": 10}


def test_what_a_late_attempt_made_is_dropped(vault: Vault, clock: Clock) -> None:
    job_id = new_job(vault)
    late = claimed(vault, job_id)
    let_lease_end(vault, clock)
    fast = claimed(vault, job_id)
    with jobs.effect(vault, fast) as session:
        jobs.add(session, vault, JobKind.SCRUB, "made by the fast one")
    with pytest.raises(LeaseLost), jobs.effect(vault, late) as session:
        jobs.add(session, vault, JobKind.SCRUB, "made by the late one")
    with vault.database.reading() as session:
        subjects = set(session.scalars(select(Job.subject_id)))
    assert subjects == {"store", "made by the fast one"}


def test_a_late_attempt_can_neither_prolong_nor_put_back(vault: Vault, clock: Clock) -> None:
    job_id = new_job(vault)
    late = claimed(vault, job_id)
    let_lease_end(vault, clock)
    claimed(vault, job_id)
    with pytest.raises(LeaseLost):
        jobs.extend(vault, late)
    jobs.put_back(vault, late, "too late", failed=True)
    assert row(vault, job_id).state == JobState.RUNNING
    assert row(vault, job_id).attempt == 2


def test_an_effect_that_fails_leaves_the_job_to_be_done(vault: Vault) -> None:
    job_id = new_job(vault)
    lease = claimed(vault, job_id)
    with pytest.raises(ZeroDivisionError), jobs.effect(vault, lease):
        raise ZeroDivisionError
    assert row(vault, job_id).state == JobState.RUNNING
    with jobs.effect(vault, lease):
        pass
    assert row(vault, job_id).state == JobState.DONE
    assert jobs.claim(vault, job_id) is None


def test_a_job_that_was_put_back_waits_longer_each_time(vault: Vault, clock: Clock) -> None:
    job_id = new_job(vault)
    pauses = []
    for _ in range(3):
        jobs.put_back(vault, claimed(vault, job_id), "away", failed=False)
        assert jobs.claim(vault, job_id) is None
        pauses.append(row(vault, job_id).run_after - clock())
        clock.advance(pauses[-1])
    assert pauses == sorted(set(pauses))


def test_what_is_not_the_jobs_fault_is_tried_for_ever(vault: Vault, clock: Clock) -> None:
    job_id = new_job(vault)
    for _ in range(vault.settings.job_attempts + 5):
        jobs.put_back(vault, claimed(vault, job_id), "the store is away", failed=False)
        clock.advance(timedelta(minutes=5))
    assert reconcile(vault).given_up == 0
    assert jobs.claim(vault, job_id)


def test_a_job_that_fails_too_often_is_given_up(vault: Vault, clock: Clock) -> None:
    job_id = new_job(vault)
    for _ in range(vault.settings.job_attempts):
        jobs.put_back(vault, claimed(vault, job_id), "broken", failed=True)
        clock.advance(timedelta(minutes=5))
    assert jobs.claim(vault, job_id) is None
    assert reconcile(vault).given_up == 1
    assert row(vault, job_id).state == JobState.FAILED
    assert reconcile(vault).given_up == 0


def test_workers_that_die_count_as_failures(vault: Vault, clock: Clock) -> None:
    job_id = new_job(vault)
    for _ in range(vault.settings.job_attempts):
        claimed(vault, job_id)
        let_lease_end(vault, clock)
    assert jobs.claim(vault, job_id) is None
    assert reconcile(vault).given_up == 1


def test_the_reconciler_sends_what_the_queue_does_not_hold(vault: Vault) -> None:
    job_id = new_job(vault)
    assert reconcile(vault).sent == 1
    assert vault.queue.waiting() == {sending(job_id, 0)}
    assert reconcile(vault).sent == 0


def test_a_flushed_queue_is_filled_again(vault: Vault, valkey: Valkey) -> None:
    job_id = new_job(vault)
    reconcile(vault)
    valkey.flush()
    assert vault.queue.waiting() == frozenset()
    assert reconcile(vault).sent == 1
    assert vault.queue.waiting() == {sending(job_id, 0)}


def test_the_reconciler_leaves_jobs_alone_that_somebody_works_on(vault: Vault, clock: Clock) -> None:
    job_id = new_job(vault)
    claimed(vault, job_id)
    assert reconcile(vault).sent == 0
    let_lease_end(vault, clock)
    assert reconcile(vault).sent == 1
    assert vault.queue.waiting() == {sending(job_id, 1)}


def test_one_waiting_job_is_enough(vault: Vault) -> None:
    with vault.database.transaction() as session:
        first = jobs.add_once(session, vault, JobKind.REJUDGE_SUPPLIER, "a supplier")
        second = jobs.add_once(session, vault, JobKind.REJUDGE_SUPPLIER, "a supplier")
    assert first.id == second.id
    claimed(vault, first.id)
    with vault.database.transaction() as session:
        third = jobs.add_once(session, vault, JobKind.REJUDGE_SUPPLIER, "a supplier")
    assert third.id != first.id


def test_a_job_that_was_put_back_halfway_is_not_enough(vault: Vault) -> None:
    """It goes on behind what it has handled, and would never see the new facts of that."""
    with vault.database.transaction() as session:
        first = jobs.add_once(session, vault, JobKind.REJUDGE_SUPPLIER, "a supplier")
    lease = claimed(vault, first.id)
    with jobs.step(vault, lease, {"after": "the last one handled"}):
        pass
    jobs.put_back(vault, lease, "away", failed=False)
    with vault.database.transaction() as session:
        second = jobs.add_once(session, vault, JobKind.REJUDGE_SUPPLIER, "a supplier")
    assert second.id != first.id
