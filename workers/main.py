"""Entry point: ``python -m workers.main worker`` or ``python -m workers.main scheduler``."""

import signal
import sys
import time
from threading import Event

import structlog
from redis import Redis
from redis.exceptions import RedisError

from vault.domain.errors import VaultError
from workers.process import process_vault
from workers.scheduler import run_schedule
from workers.worker import VaultWorker, make_worker

log = structlog.get_logger(__name__)

_PAUSE = 1.0


def work() -> None:
    """Takes jobs from the queue until SIGTERM; a queue that is away is waited for."""
    vault = process_vault()
    vault.reader.start()  # a sandbox that cannot start is better known now than with the first document
    try:
        while not (worker := _work_once(vault.settings.queue)) or not worker.is_stopping:
            time.sleep(_PAUSE)
    finally:
        vault.close()


def _work_once(queue_address: str) -> VaultWorker | None:
    """Works until told to stop or until the queue goes away; None when there was none to begin with."""
    try:
        worker = make_worker(Redis.from_url(queue_address))
        worker.work(logging_level="WARNING")
    except RedisError:
        log.warning("the queue does not answer")
        return None
    return worker


def schedule() -> None:
    """Runs the schedule until SIGTERM."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    vault = process_vault()
    try:
        run_schedule(vault, stop)
    finally:
        vault.close()


def main(arguments: list[str]) -> int:
    """Exit codes: 0 stopped as asked, 1 bad arguments or set up wrongly."""
    roles = {"worker": work, "scheduler": schedule}
    role = roles.get(arguments[0]) if len(arguments) == 1 else None
    if role is None:
        sys.stderr.write("usage: python -m workers.main worker|scheduler\n")
        return 1
    try:
        role()
    except VaultError as error:
        sys.stderr.write(f"{error.code}: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
