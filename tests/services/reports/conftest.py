"""What the tests of reports share."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.shop import Shop
from vault.db.entities.work import Job, JobState
from vault.services.jobs.jobs import JobKind
from vault.services.jobs.work import perform


@pytest.fixture
def work(shop: Shop) -> Callable[[], int]:
    """Does every job that is due, but for printing reports, which takes seconds. Returns how many were done."""

    def work_off() -> int:
        due = select(Job.id).where(
            Job.state == JobState.WAITING, Job.run_after <= shop.vault.clock(), Job.kind != JobKind.KEEP_REPORT
        )
        done = 0
        while True:
            with shop.vault.database.reading() as session:
                job_ids = session.scalars(due.order_by(Job.id)).all()
            if not job_ids:
                return done
            done += sum(perform(shop.vault, job_id) for job_id in job_ids)

    return work_off
