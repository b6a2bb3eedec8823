"""Files named on the command line, read side by side in sandboxes and answered in the order given."""

import hashlib
import os
import queue
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from vault.config import Settings
from vault.domain.errors import NotFound, VaultError
from vault.domain.message import N_
from vault.domain.readings import Reading
from vault.reading.sandbox.reader import SandboxedReader
from vault.sandbox.limits import Limits

Readers = queue.SimpleQueue[SandboxedReader]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file's answer: its reading, or the error that stood in the way. `sha256` is None for a file not opened."""

    file: str
    sha256: str | None
    answer: Reading | VaultError
    took_ms: int


def read_files(files: Sequence[str], *, use_xml: bool = True, jobs: int = 1) -> Iterator[ReadFile]:
    """An answer for each file, in the order given. Raises Misconfigured when no sandbox can be started."""
    settings = Settings.from_environment(os.environ)
    jobs = min(jobs, len(files))
    readers: Readers = queue.SimpleQueue()
    started = [_reader(settings, jobs) for _ in range(jobs)]
    try:
        for reader in started:
            reader.start()
            readers.put(reader)
        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(lambda file: _read(file, readers, use_xml), files)
    finally:
        for reader in started:
            reader.close()


def limits_of(settings: Settings, jobs: int) -> Limits:
    """The installation's limits; the cores are shared by the `jobs` readers that work at the same time."""
    limits = Limits(seconds=settings.read_seconds, memory=settings.read_memory, pages=settings.read_pages)
    return replace(limits, threads=max(1, limits.threads // jobs))


def _reader(settings: Settings, jobs: int) -> SandboxedReader:
    return SandboxedReader(limits_of(settings, jobs), allow_unsandboxed=settings.allow_unsandboxed)


def _read(file: str, readers: Readers, use_xml: bool) -> ReadFile:
    reader = readers.get()
    began = time.perf_counter()
    sha256 = None
    answer: Reading | VaultError
    try:
        data = _bytes_of(file, reader.limits)
        sha256 = hashlib.sha256(data).hexdigest()
        answer = reader.read(data, use_xml=use_xml)
    except VaultError as error:
        answer = error
    finally:
        readers.put(reader)
    return ReadFile(file, sha256, answer, round((time.perf_counter() - began) * 1000))


def _bytes_of(file: str, limits: Limits) -> bytes:
    """At most one byte more than is read anyway. Raises NotFound."""
    try:
        with Path(file).open("rb") as stream:
            return stream.read(limits.size + 1)
    except (OSError, ValueError):
        raise NotFound(N_("There is no file here that can be opened. Check the path and its permissions.")) from None
