"""Keeping a lease while something long goes on, and telling how far it is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import Any

from vault.domain.errors import Unavailable
from vault.services.jobs import jobs
from vault.services.vault import Vault

# Progress is written at most this often (seconds): a person looks, and nothing else depends on it.
_TICK = 1.0
# What may be needed beside reading itself: fetching the bytes, starting the sandbox, matching.
_GRACE = 60.0


class Heart:
    """Called with (pages done, pages in all) whenever there is progress. `seconds`: how long the work may take."""

    def __init__(self, vault: Vault, lease: jobs.Lease, seconds: float | None = None) -> None:
        self._vault, self._lease = vault, lease
        self._seconds = vault.settings.read_seconds + _GRACE if seconds is None else seconds
        self._stop, self._lock = Event(), Lock()
        self._progress: Mapping[str, Any] | None = None

    def __call__(self, page: int, pages: int) -> None:
        self.tell({"page": page, "pages": pages})

    def tell(self, progress: Mapping[str, Any]) -> None:
        """Says how far the work is, in the words of its kind."""
        with self._lock:
            self._progress = progress

    def beat(self) -> None:
        """Prolongs the lease until it is told to stop, it is lost, or the work takes longer than it may."""
        seconds_left = self._seconds
        interval = max(1, round(self._vault.settings.job_lease_seconds / 3 / _TICK))
        ticks = 0
        while not self._stop.wait(_TICK) and seconds_left > 0:
            ticks, seconds_left = ticks + 1, seconds_left - _TICK
            with self._lock:
                progress, self._progress = self._progress, None
            if progress is None and ticks % interval:
                continue
            try:
                jobs.extend(self._vault, self._lease, progress)
            except jobs.LeaseLost:
                return  # the effect will find out by itself
            except Unavailable:
                continue  # the lease outlives a few missed beats

    def stop(self) -> None:
        self._stop.set()


@contextmanager
def kept_alive(vault: Vault, lease: jobs.Lease, seconds: float | None = None) -> Iterator[Heart]:
    """While the block runs the lease is prolonged in the background. Gives what to call with progress.

    `seconds`: how long the work may take at most; without it, as long as one document may.
    """
    heart = Heart(vault, lease, seconds)
    thread = Thread(target=heart.beat, name=f"lease {lease.job_id}", daemon=True)
    thread.start()
    try:
        yield heart
    finally:
        heart.stop()
        thread.join()
