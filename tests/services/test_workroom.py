"""Room for what is made: enough of it, below the vault's home, and swept of what killed processes left."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vault.domain.errors import OutOfSpace
from vault.services.workroom import workroom

HOLDING = """
import sys, time
from pathlib import Path
from vault.services.workroom import workroom
with workroom(Path(sys.argv[1]), 0) as room:
    (room / "half a bundle").write_bytes(b"x")
    print("ready", flush=True)
    time.sleep(600)
"""


def rooms(home: Path) -> list[Path]:
    return list((home / "work").iterdir())


def test_it_is_below_the_home_and_gone_afterwards(tmp_path: Path) -> None:
    with workroom(tmp_path, 1000) as room:
        assert room.is_relative_to(tmp_path)
        (room / "deep").mkdir()
        (room / "deep" / "file").write_bytes(b"x")
    assert rooms(tmp_path) == []


def test_it_is_gone_after_a_fault_too(tmp_path: Path) -> None:
    with pytest.raises(KeyError), workroom(tmp_path, 0):
        raise KeyError
    assert rooms(tmp_path) == []


def test_too_little_room_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(OutOfSpace, match="MB are needed"), workroom(tmp_path, 1 << 60):
        raise AssertionError("it must not begin")
    assert rooms(tmp_path) == []


def test_a_disk_that_is_full_meanwhile_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutOfSpace), workroom(tmp_path, 0):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_what_a_killed_process_left_is_swept_and_what_somebody_works_in_is_not(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        (theirs,) = rooms(tmp_path)
        with workroom(tmp_path, 0) as mine:
            assert set(rooms(tmp_path)) == {theirs, mine}
        os.kill(process.pid, signal.SIGKILL)
    with workroom(tmp_path, 0) as mine:
        assert rooms(tmp_path) == [mine]
