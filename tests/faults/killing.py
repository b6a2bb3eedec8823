"""Drives `tests.faults.uploader` under strace: uploads that are killed at a chosen system call."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.service import environment_of
from vault.config import Settings

ROOT = Path(__file__).parents[2]
# The system calls by which an upload changes something outside its process.
STEPS = (
    *("mkdir", "write", "pwrite64", "ftruncate", "fchmod", "link", "rename", "unlink", "fsync", "fdatasync"),
    *("connect", "sendto"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """The `occurrence`-th `call` of an upload."""

    call: str
    occurrence: int


class Uploader:
    """Uploads small files, each from a fresh process."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self._log = log

    def upload(self, text: str) -> str | None:
        """The document's id, None when the upload was not acknowledged."""
        return self._upload(text, [])

    def steps(self, text: str) -> Iterator[Step]:
        """An upload that is watched: each system call up to its acknowledgement, in order."""
        assert self._upload(text, [f"-etrace={','.join(STEPS)}"])
        seen: dict[str, int] = {}
        for line in self._log.read_text().splitlines():
            if found := re.match(r"(?:\d+ +)?(\w+)\(", line):
                call = found[1]
                seen[call] = seen.get(call, 0) + 1
                yield Step(call, seen[call])
                if 'write(1, "kept' in line:
                    return

    def upload_killed(self, text: str, step: Step) -> str | None:
        """The document's id if the upload was acknowledged before it was killed at `step`."""
        return self._upload(text, [f"-einject={step.call}:signal=SIGKILL:when={step.occurrence}"])

    def upload_troubled(self, text: str, trouble: str) -> str | None:
        """The document's id if it was acknowledged although the system answered with `trouble`, e.g. ``fsync:error=EIO``."""
        return self._upload(text, [f"-einject={trouble}"])

    def _upload(self, text: str, options: list[str]) -> str | None:
        self._say(f"upload {text}")
        if (heard := self._hear()).startswith("ended"):
            return None
        pid = heard.removeprefix("process ")
        if not options:
            return self._go()
        command = ["strace", "-f", "-o", str(self._log), "-p", pid, *options]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
            assert strace.stderr is not None
            assert "attached" in strace.stderr.readline()
            return self._go()

    def _go(self) -> str | None:
        self._say("go")
        document_id = None
        while not (heard := self._hear()).startswith("ended"):
            document_id = heard.removeprefix("kept ")
        return document_id

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def _hear(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the uploader ended"
        return line.strip()


@contextmanager
def running_uploader(settings: Settings, user_id: str, account_id: str, log: Path) -> Iterator[Uploader]:
    """An uploader into the vault that `settings` describe."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.uploader", user_id, account_id],
        cwd=ROOT,
        env={**os.environ, **environment_of(settings)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield Uploader(process, log)
        assert process.stdin is not None
        process.stdin.close()
