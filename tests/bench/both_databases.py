"""A fresh database of each kind, for benches that tell of both."""

import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.servers.postgresql import running_postgresql


def both_databases() -> Iterator[tuple[str, Path]]:
    """The address of an empty database on SQLite, then on PostgreSQL, each with a folder that is gone afterwards."""
    with running_postgresql() as server:
        for dialect in ("sqlite", "postgresql"):
            with tempfile.TemporaryDirectory() as folder:
                yield (f"sqlite:///{folder}/bench.db" if dialect == "sqlite" else server.create("bench")), Path(folder)


def p95_of(took: Sequence[float]) -> float:
    """`took`: sorted."""
    return took[int(len(took) * 0.95) - 1]


def say_times(dialect: str, name: str, took: Sequence[float]) -> None:
    """One line: the middle and the 95th percentile of milliseconds. `took`: sorted."""
    print(f"{dialect:<11} {name:<38} p50 {statistics.median(took):7.1f} ms   p95 {p95_of(took):7.1f} ms", flush=True)
