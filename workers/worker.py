"""A worker that does one thing. The queue is no place of trust: whoever can write to it must not run code here."""

from typing import Any

from redis import Redis
from rq import Queue, SimpleWorker
from rq.exceptions import DeserializationError
from rq.job import Job
from rq.serializers import JSONSerializer

from vault.domain.ids import ID_LENGTH
from vault.services.jobs.queue import JOB_FUNCTION, QUEUE_NAME
from vault.services.jobs.work import report_forged
from workers.jobs import run
from workers.process import process_vault


class IdJob(Job):
    """A job of the queue that can carry an id and nothing else: no other function, no callbacks, no web calls.

    `is_forged`: something else was asked for. The library looks at callbacks in several places, also when it clears
    up after a worker that died; here there are none to be found.
    """

    is_forged = False

    def restore(self, raw_data: Any) -> Any:
        result = super().restore(raw_data)
        callbacks = (self._success_callback_name, self._failure_callback_name, self._stopped_callback_name)
        self.is_forged = any(callbacks) or bool(self.webhooks) or bool(self.dependency_ids)
        self._success_callback_name = self._failure_callback_name = self._stopped_callback_name = None
        self.webhooks = []
        return result

    @property
    def func(self) -> Any:
        return run

    def asks_for_a_job(self) -> bool:
        """Whether this is `workers.jobs.run` with one id, exactly as `vault.services.jobs.queue` writes it."""
        try:
            named = (self.func_name, self.instance, self.kwargs) == (JOB_FUNCTION, None, {})
            ids = list(self.args)
        except (DeserializationError, TypeError, ValueError):
            return False
        return not self.is_forged and named and len(ids) == 1 and isinstance(ids[0], str) and len(ids[0]) == ID_LENGTH


class VaultWorker(SimpleWorker):
    """Works in its own process, so that the sandboxed reader and the catalogue indexes stay warm between jobs."""

    job_class = IdJob
    is_stopping = False

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Does the job; a forged one is reported and thrown away."""
        if isinstance(job, IdJob) and job.asks_for_a_job():
            super().execute_job(job, queue)
            return
        job.delete()
        report_forged(process_vault(), job.id)

    def request_stop(self, signum: Any, frame: Any) -> None:
        """SIGTERM or SIGINT: the job at hand is finished, then the worker ends."""
        self.is_stopping = True
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call]


def make_worker(connection: Redis) -> VaultWorker:
    queue = Queue(QUEUE_NAME, connection=connection, serializer=JSONSerializer, job_class=IdJob)
    return VaultWorker([queue], connection=connection, serializer=JSONSerializer, job_class=IdJob)
