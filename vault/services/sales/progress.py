"""How far an orders report is taken over, for whoever waits for it."""

from dataclasses import dataclass

from sqlalchemy import select

from vault.checks.coverage.facts import Days
from vault.db.entities.sales import SalesReport
from vault.db.entities.work import Job, JobState
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.jobs.jobs import JobKind
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `items` are taken over. `has_failed`: no worker tries any more. `days`: whose sales it makes known."""

    done: int
    items: int
    is_finished: bool
    has_failed: bool
    days: Days | None


def how_far(vault: Vault, actor: Actor, account_id: str, import_id: str) -> Progress | None:
    """None for an import of another kind of report. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        report = session.get(SalesReport, import_id)
        if report is None or report.account_id != account_id:
            return None
        same = (Job.kind == JobKind.TAKE_SALES, Job.subject_id == import_id)
        job = session.scalars(select(Job).where(*same).order_by(Job.id.desc()).limit(1)).first()
    is_finished = report.finished_at is not None
    done = report.items if is_finished else int(job.progress.get("done", 0)) if job else 0
    return Progress(
        done=done,
        items=report.items,
        is_finished=is_finished,
        has_failed=not is_finished and (job is None or job.state == JobState.FAILED),
        days=Days(report.first_day, report.last_day) if report.first_day and report.last_day else None,
    )
