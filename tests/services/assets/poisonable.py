"""The real reader, except that documents which hold the word for it kill it or keep it waiting."""

import os
import signal
import time
from collections.abc import Callable

from vault.reading.sandbox import tasks
from vault.sandbox.limits import Limits

POISON = b"%kills-its-reader"
SLOW = b"%keeps-its-reader-waiting"


def warm_up() -> None:
    tasks.warm_up()


def perform(request: bytes, data: bytes, limits: Limits, progress: Callable[[int, int], None]) -> bytes:
    if POISON in data:
        os.kill(os.getpid(), signal.SIGSEGV)
    if SLOW in data:
        progress(1, 3)
        time.sleep(600)
    return tasks.perform(request, data, limits, progress)
