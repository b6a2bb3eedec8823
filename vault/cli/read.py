"""`sellervault read`: what stands in these files, without a server or a database."""

import hashlib
import os
import queue
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from vault.cli.lines import as_json, reading_line, refused_line
from vault.config import Settings
from vault.domain.errors import NotFound, VaultError
from vault.domain.message import N_
from vault.reading.limits import Limits
from vault.reading.sandbox.reader import SandboxedReader


@click.command()
@click.option("--no-xml", is_flag=True, help="Ignore embedded e-invoice XML: read the pages only.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Documents read side by side.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def read(no_xml: bool, jobs: int, files: tuple[str, ...]) -> None:
    """Read documents and print one line of JSON for each, in the order given."""
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    for line in read_files(files, use_xml=not no_xml, jobs=min(jobs, len(files))):
        click.echo(as_json(line))


def read_files(files: Iterable[str], *, use_xml: bool, jobs: int) -> Iterator[dict[str, Any]]:
    """A line for each file, in the order given. Raises Misconfigured when no sandbox can be started."""
    readers: queue.SimpleQueue[SandboxedReader] = queue.SimpleQueue()
    settings = Settings.from_environment(os.environ)
    started = [_reader(settings, jobs) for _ in range(jobs)]
    try:
        for reader in started:
            reader.start()
            readers.put(reader)
        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(lambda file: _line_of(file, readers, use_xml), files)
    finally:
        for reader in started:
            reader.close()


def limits_of(settings: Settings, jobs: int) -> Limits:
    """The installation's limits; the cores are shared by the `jobs` readers that work at the same time."""
    limits = Limits(seconds=settings.read_seconds, memory=settings.read_memory, pages=settings.read_pages)
    return replace(limits, threads=max(1, limits.threads // jobs))


def _reader(settings: Settings, jobs: int) -> SandboxedReader:
    return SandboxedReader(limits_of(settings, jobs), allow_unsandboxed=settings.allow_unsandboxed)


def _line_of(file: str, readers: "queue.SimpleQueue[SandboxedReader]", use_xml: bool) -> dict[str, Any]:
    reader = readers.get()
    begun = time.perf_counter()
    sha256 = None
    try:
        data = _bytes_of(file, reader.limits)
        sha256 = hashlib.sha256(data).hexdigest()
        reading = reader.read(data, use_xml=use_xml)
        return reading_line(file, sha256, reading, _since(begun))
    except VaultError as error:
        return refused_line(file, sha256, error, _since(begun))
    finally:
        readers.put(reader)


def _bytes_of(file: str, limits: Limits) -> bytes:
    """At most one byte more than is read anyway. Raises NotFound."""
    try:
        with Path(file).open("rb") as stream:
            return stream.read(limits.size + 1)
    except (OSError, ValueError):
        raise NotFound(N_("There is no file here that can be opened. Check the path and its permissions.")) from None


def _since(begun: float) -> int:
    return round((time.perf_counter() - begun) * 1000)
