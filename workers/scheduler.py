"""Runs the schedule until it is told to stop."""

import time
from collections.abc import Callable, Iterable
from threading import Event

import structlog

from vault.domain.errors import VaultError
from vault.services.vault import Vault
from workers.schedule import SCHEDULE, Duty

log = structlog.get_logger(__name__)

_LONGEST_NAP = 60.0


def run_schedule(
    vault: Vault,
    stop: Event,
    schedule: Iterable[Duty] = SCHEDULE,
    now: Callable[[], float] = time.monotonic,
) -> None:
    """Does each duty when it is due, at once the first time. A duty that fails is tried again at its next turn."""
    due = {duty: now() for duty in schedule}
    while due and not stop.is_set():
        for duty in [duty for duty, moment in due.items() if moment <= now()]:
            _do(vault, duty)
            due[duty] = now() + duty.seconds
        stop.wait(max(0.0, min(_LONGEST_NAP, min(due.values()) - now())))


def _do(vault: Vault, duty: Duty) -> None:
    try:
        duty.do(vault)
    except VaultError as error:
        log.warning("duty postponed", duty=duty.name, code=error.code)
    except Exception:  # the outermost boundary: one broken duty must not stop the others
        log.exception("duty failed", duty=duty.name)
