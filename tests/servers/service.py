"""The whole service as separate processes on loopback: web, workers, scheduler, each with its own log."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from pathlib import Path

import urllib3

from tests.servers.waiting import wait_until
from vault.cli.embedded import scheduler_program, web_program, worker_program
from vault.config import Settings

_STOP_SECONDS = 30


@dataclass
class Service:
    """Running processes by name: ``web``, ``worker-1`` …, ``scheduler``. Each leads a process group of its own."""

    settings: Settings
    logs: Path
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.settings.address

    def start(self, name: str) -> None:
        """Starts the process called `name`, again where it has ended."""
        with (self.logs / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                _command(name, self.settings),
                env=environment_of(self.settings),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self, name: str) -> int:
        """Ends a process as an operator does (SIGTERM) and returns its exit code; one that hangs fails the test."""
        process = self.processes.pop(name)
        process.terminate()
        try:
            return process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            _kill_group(process)
            raise AssertionError(f"{name} did not stop:\n{self.log(name)}") from None

    def kill(self, name: str) -> None:
        """kill -9 of the process and everything it started."""
        _kill_group(self.processes.pop(name))

    def log(self, name: str) -> str:
        return (self.logs / f"{name}.log").read_text(errors="replace")[-4000:]

    def answers(self) -> bool:
        web = self.processes["web"]
        assert web.poll() is None, f"the web server ended:\n{self.log('web')}"
        try:
            return urllib3.request("GET", f"{self.url}/health", timeout=5, retries=False).status == 200
        except urllib3.exceptions.HTTPError:
            return False


@contextmanager
def running_service(settings: Settings, logs: Path, workers: int = 1) -> Iterator[Service]:
    """Starts the service that `settings` describe (database migrated, queue and store running) and stops it."""
    service = Service(settings, logs)
    names = ["web", *(f"worker-{number}" for number in range(1, workers + 1)), "scheduler"]
    try:
        for name in names:
            service.start(name)
        wait_until(service.answers, "the web server answers", seconds=60)
        yield service
    finally:
        for process in service.processes.values():
            process.terminate()
        for process in service.processes.values():
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                _kill_group(process)


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment variables that make another process read these `settings`."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("VAULT_")}
    given = {item.metadata["variable"]: getattr(settings, item.name) for item in fields(settings)}
    said = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given.items()}
    return {
        **own,
        **{name: value for name, value in said.items() if value not in ("", "None")},
        "OMP_THREAD_LIMIT": "1",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(name: str, settings: Settings) -> tuple[str, ...]:
    """The very commands that the supervisor of the embedded service uses."""
    if name == "web":
        return web_program(settings).command
    program = scheduler_program() if name == "scheduler" else worker_program(int(name.removeprefix("worker-")))
    return program.command


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
