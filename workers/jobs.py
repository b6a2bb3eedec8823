"""The one thing that the queue can ask of a worker."""

from vault.services.jobs.work import perform
from workers.process import process_vault


def run(job_id: str) -> None:
    """Does the job with this id, whatever kind it is; its row says all the rest. May run twice."""
    perform(process_vault(), job_id)
