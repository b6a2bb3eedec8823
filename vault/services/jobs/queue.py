"""The queue carries job ids to workers. It may lose them: the job rows are the truth and the reconciler sends again."""

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

QUEUE_NAME = "vault"
JOB_FUNCTION = "workers.jobs.run"


class JobQueue:
    """Sends job ids. Connects on first use, with short time-outs, so that a dead queue never holds up an upload."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_timeout=2, socket_connect_timeout=1)
        self._queue = Queue(QUEUE_NAME, connection=self._redis, serializer=JSONSerializer)

    def send(self, job_id: str, attempt: int = 0) -> bool:
        """True when the queue took it. False is no loss: the reconciler will send it again.

        `attempt`: how often the job was claimed so far. It makes each sending's own identifier, by which `waiting`
        tells what the queue still holds.
        """
        try:
            self._queue.enqueue(
                JOB_FUNCTION, job_id, job_id=sending(job_id, attempt), job_timeout=-1, result_ttl=0, failure_ttl=3600
            )
        except RedisError:
            return False
        return True

    def waiting(self) -> frozenset[str] | None:
        """The sendings that no worker has taken yet; None when the queue does not answer."""
        try:
            return frozenset(self._queue.get_job_ids())
        except RedisError:
            return None

    def close(self) -> None:
        self._redis.close()


def sending(job_id: str, attempt: int) -> str:
    """The queue's identifier for one sending of a job."""
    return f"{job_id}-{attempt}"
