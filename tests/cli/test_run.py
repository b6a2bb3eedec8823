"""`sellervault run` and `sellervault init`, as a person meets them."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import psutil
import pytest
import urllib3

from tests.servers.service import free_port
from tests.servers.waiting import wait_until

COMMAND = [sys.executable, "-m", "vault.cli.main"]
ROOT = Path(__file__).parents[2]


def environment(home: Path, port: int, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VAULT_")}
    return {**kept, "PYTHONPATH": str(ROOT), "VAULT_HOME": str(home), "VAULT_PORT": str(port), **more}


def run_to_end(*arguments: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


class RunningVault:
    """`sellervault run` in a process of its own."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self._log = home.with_suffix(".log")
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "run"], env=environment(home, port), stdout=log, stderr=log, start_new_session=True
            )

    def said(self) -> str:
        return self._log.read_text()

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.said()
        return "Stop it with Ctrl-C" in self.said()

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningVault]:
    running = RunningVault(tmp_path / "home", free_port())
    try:
        wait_until(running.is_ready, "the service runs", seconds=120)
        yield running
    finally:
        running.process.terminate()
        running.process.wait(60)


def test_the_service_starts_answers_and_stops_without_a_trace(running: RunningVault) -> None:
    address = f"http://127.0.0.1:{running.port}"
    assert f"running at {address}" in running.said()
    link = re.search(rf"{address}/setup/\S+", running.said())
    assert link
    assert urllib3.request("GET", link[0], timeout=30).status == 200
    assert {path.name for path in running.home.iterdir()} >= {"vault.db", "secret.key", "store", "run"}
    assert running.home.stat().st_mode & 0o077 == 0
    family = running.family()
    assert len(family) >= 6  # the queue, the web server and its processes, two workers, the scheduler

    running.process.send_signal(signal.SIGINT)

    assert running.process.wait(60) == 0
    assert not any(process.is_running() for process in family)


def test_a_second_start_on_the_same_folder_is_refused(running: RunningVault) -> None:
    second = run_to_end("run", environment=environment(running.home, free_port()))

    assert second.returncode == 1
    assert f"running on {running.home} already (process {running.process.pid})" in second.stderr


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_to_end("run", environment=environment(tmp_path / "home", port))

    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_program_is_told(tmp_path: Path) -> None:
    done = run_to_end("run", environment=environment(tmp_path / "home", free_port(), PATH=str(tmp_path)))

    assert done.returncode == 1
    assert "tesseract-ocr" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("VAULT_PORT", "eighty", "VAULT_PORT"),
        ("VAULT_PROT", "80", "Unknown setting VAULT_PROT"),
        ("VAULT_STORE", "tape", "VAULT_STORE"),
        ("VAULT_STORE", "s3", "VAULT_S3_ENDPOINT"),
        ("VAULT_HOST", "203.0.113.7", "VAULT_HOST"),
        ("VAULT_HOME", "/proc/nowhere", "VAULT_HOME"),
        ("VAULT_HOME", "/tmp/" + "long" * 30, "VAULT_HOME"),
    ],
)
def test_a_wrong_setting_is_told(tmp_path: Path, setting: str, value: str, said: str) -> None:
    done = run_to_end("run", environment={**environment(tmp_path / "home", free_port()), setting: value})

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_init_makes_a_vault_and_gives_a_new_link_each_time(tmp_path: Path) -> None:
    home = tmp_path / "home"
    links = []
    for _ in range(2):
        done = run_to_end("init", environment=environment(home, 8080))
        assert done.returncode == 0, done.stderr
        links.append(re.findall(r"http://127\.0\.0\.1:8080/setup/\S+", done.stdout))

    assert len(links[0]) == len(links[1]) == 1
    assert links[0] != links[1]
    assert run_to_end("verify", str(home), environment=environment(home, 8080)).returncode == 0
