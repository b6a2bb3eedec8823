"""The reconciler: sends what no worker has, and gives up what failed too often. May run anywhere, any time, twice."""

from dataclasses import dataclass

from vault.db.entities.work import Job
from vault.journal.entry import JsonValue
from vault.services.documents import processing
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.jobs.queue import sending
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many jobs were sent again, and how many given up."""

    sent: int = 0
    given_up: int = 0


def reconcile(vault: Vault) -> Reconciled:
    """Compares the job rows, which are the truth, with what the queue holds. Raises Unavailable without a database."""
    with vault.database.reading() as session:
        overdue = jobs.overdue(session, vault)
    given_up = sum(_give_up(vault, job) for job in overdue if jobs.is_spent(vault, job))
    held = vault.queue.waiting()
    if held is None:
        return Reconciled(given_up=given_up)
    missing = [job for job in overdue if not jobs.is_spent(vault, job) and sending(job.id, job.attempt) not in held]
    return Reconciled(sum(jobs.send(vault, job) for job in missing), given_up)


def _give_up(vault: Vault, job: Job) -> bool:
    with vault.database.transaction() as session:
        if not jobs.mark_failed(session, vault, job):
            return False
        notes = processing.give_up(session, vault, job) if job.kind == JobKind.READ_DOCUMENT else []
        details: dict[str, JsonValue] = {
            "kind": job.kind,
            "subject": job.subject_id,
            "attempts": job.attempt,
            "error": job.error[:200],
        }
        record(session, vault, [*notes, Note("job.given_up", job.id, MACHINE, job.account_id, details)])
    return True
