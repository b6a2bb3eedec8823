"""Real worker processes on a vault of the test's own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.shop import Shop, open_shop
from vault.config import Settings
from vault.services.vault import Vault, open_vault

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Process:
    """A worker or scheduler in a process group of its own."""

    popen: "subprocess.Popen[bytes]"
    log: Path

    def kill(self) -> None:
        """As a crash or the kernel would: no warning, the whole tree."""
        os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.wait(10)

    def terminate(self) -> None:
        self.popen.send_signal(signal.SIGTERM)

    @property
    def is_running(self) -> bool:
        return self.popen.poll() is None


Start = Callable[[str], Process]


def environment(settings: Settings) -> dict[str, str]:
    """What makes another process open the same vault."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "VAULT_HOME": str(settings.home),
        "VAULT_DATABASE_URL": settings.database_url,
        "VAULT_QUEUE_URL": settings.queue_url,
        "VAULT_JOB_LEASE_SECONDS": str(settings.job_lease_seconds),
    }


@pytest.fixture
def running(settings: Settings) -> Iterator[Shop]:
    """A shop on the real clock, with leases short enough for a test to see them end."""
    vault: Vault = open_vault(replace(settings, job_lease_seconds=3))
    shop = open_shop(vault, with_catalogue=False)
    yield shop
    vault.close()


@pytest.fixture
def start(running: Shop, tmp_path: Path) -> Iterator[Start]:
    """Starts ``worker`` or ``scheduler``; whatever still runs at the end is killed."""
    started: list[Process] = []

    def start_process(role: str) -> Process:
        log = tmp_path / f"{role}-{len(started)}.log"
        with log.open("wb") as output:
            popen = subprocess.Popen(
                [sys.executable, "-m", "workers.main", role],
                cwd=ROOT,
                env=environment(running.vault.settings),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        started.append(Process(popen, log))
        return started[-1]

    yield start_process
    for process in started:
        if process.is_running:
            process.kill()
        sys.stdout.write(process.log.read_text(errors="replace"))  # shown where the test has failed
