"""A drop of 500 files by several senders at once, each kept and accounted for.

    python -m tests.bench.bench_drop [FILES]

Prints how many ended in which state, files a second until all were acknowledged, the time that one of them took, and
what a look at the progress page costs while they come in and at the end. The yardstick: writing and flushing the same
bytes to files of the same disk, one after another.
"""

import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.clock import Clock
from tests.shop import Shop, open_shop
from vault.config import Settings
from vault.db.migrate import migrate
from vault.db.session import make_engine
from vault.domain.errors import Refused
from vault.services.documents import intake
from vault.services.documents.batches import batch_progress
from vault.services.vault import open_vault

_SENDERS = 6  # as many requests as a browser sends at once
_SIZE = 200_000
_LOOKS = 20


def main(count: int) -> None:
    with tempfile.TemporaryDirectory(prefix="sellervault-bench-") as folder:
        settings = Settings(home=Path(folder), queue_url="unix:///nowhere/valkey.sock")
        migrate(make_engine(settings.database))
        vault = open_vault(settings, Clock())
        vault.store.probe()
        _drop(open_shop(vault, with_catalogue=False), count, Path(folder) / "yardstick")
        vault.close()


def _drop(shop: Shop, count: int, yardstick: Path) -> None:
    batch = intake.open_batch(shop.vault, shop.actor, shop.account_id, count)
    began = time.perf_counter()
    with ThreadPoolExecutor(_SENDERS) as senders:
        seconds = list(senders.map(lambda number: _send(shop, batch.id, number), range(count)))
    took = time.perf_counter() - began
    looks = [_look(shop, batch.id) for _ in range(_LOOKS)]
    items = batch_progress(shop.vault, shop.actor, batch.id).items
    states = Counter("duplicate" if item.is_duplicate else item.stage for item in items)
    bare = statistics.median(_write(yardstick, number) for number in range(50))
    median = statistics.median(seconds)
    sys.stdout.write(f"{len(items)} of {count} accounted for: {dict(states)}\n")
    sys.stdout.write(f"{count / took:.1f} files a second with {_SENDERS} senders\n")
    sys.stdout.write(f"one file: {median * 1000:.1f} ms, {median / bare:.1f} × writing and flushing it\n")
    sys.stdout.write(f"a look at the progress of all: {statistics.median(looks) * 1000:.1f} ms\n")


def _send(shop: Shop, batch_id: str, number: int) -> float:
    """Every tenth file is one that was sent before, every twentieth is none that the vault reads."""
    began = time.perf_counter()
    name = f"{number}.pdf"
    with suppress(Refused):
        shop.keep(_content(number - 1 if number % 10 == 9 else number), name, batch_id, name)
    return time.perf_counter() - began


def _content(number: int) -> bytes:
    head = b"%PDF-1.7\n" if number % 20 != 10 else b"no document at all\n"
    return head + f"{number} ".encode() * (_SIZE // (len(str(number)) + 1))


def _look(shop: Shop, batch_id: str) -> float:
    began = time.perf_counter()
    batch_progress(shop.vault, shop.actor, batch_id)
    return time.perf_counter() - began


def _write(folder: Path, number: int) -> float:
    folder.mkdir(exist_ok=True)
    content = _content(number)
    began = time.perf_counter()
    with (folder / str(number)).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return time.perf_counter() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
