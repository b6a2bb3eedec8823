"""The supervisor, with small programs in the place of the service's."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.servers.waiting import wait_until

ROOT = Path(__file__).parents[2]

# A program that starts a child, writes both process ids to its file, and goes to sleep.
SLEEPER = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()} {child.pid}\\n")
time.sleep(600)
"""
SUPERVISED = """
import sys
from pathlib import Path
from vault.cli.supervisor import Program, Supervisor
from vault.domain.errors import Unavailable
folder, sleeper, second = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
first = Program("first", (sys.executable, "-c", sleeper, str(folder / "first")), is_ready=(folder / "first").exists)
stages = [[first], [Program("second", (sys.executable, "-c", second, str(folder / "second")))]]
try:
    Supervisor(stages).run(when_ready=(folder / "ready").touch)
except Unavailable as error:
    sys.exit(str(error))
"""


class Supervised:
    """A supervisor in a process of its own. `pids`: what each start of a program wrote, itself and its child."""

    def __init__(self, folder: Path, second: str = SLEEPER) -> None:
        self._folder = folder
        command = [sys.executable, "-c", SUPERVISED, str(folder), SLEEPER, second]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)

    def is_ready(self) -> bool:
        return (self._folder / "ready").exists() and bool(self.pids("second"))

    def pids(self, name: str) -> list[list[int]]:
        path = self._folder / name
        lines = path.read_text().splitlines(keepends=True) if path.exists() else []
        return [[int(pid) for pid in line.split()] for line in lines if line.endswith("\n")]

    def everything(self) -> list[int]:
        return [pid for name in ("first", "second") for start in self.pids(name) for pid in start]


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[Supervised]:
    supervised = Supervised(tmp_path)
    wait_until(supervised.is_ready, "both programs run")
    yield supervised
    supervised.process.kill()
    supervised.process.wait()


def is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_and_its_children(supervised: Supervised, number: signal.Signals) -> None:
    supervised.process.send_signal(number)

    assert supervised.process.wait(30) == 0
    assert all(map(is_gone, supervised.everything()))


def test_a_program_that_was_killed_comes_back_without_its_old_children(supervised: Supervised) -> None:
    program, child = supervised.pids("second")[0]

    os.kill(program, signal.SIGKILL)

    wait_until(lambda: len(supervised.pids("second")) == 2, "the program was started again")
    wait_until(lambda: is_gone(child), "the old child is gone")
    assert not is_gone(supervised.pids("first")[0][0])


def test_nothing_is_left_over_when_the_supervisor_itself_is_killed(supervised: Supervised) -> None:
    programs = [supervised.pids(name)[0][0] for name in ("first", "second")]

    supervised.process.kill()

    wait_until(lambda: all(map(is_gone, programs)), "the programs have ended")


def test_a_program_that_never_starts_is_told_and_the_rest_is_stopped(tmp_path: Path) -> None:
    supervised = Supervised(tmp_path, second="raise SystemExit(1)")

    assert supervised.process.wait(120) == 1
    assert supervised.process.stderr is not None
    assert "The second process does not start" in supervised.process.stderr.read()
    assert all(map(is_gone, supervised.everything()))
