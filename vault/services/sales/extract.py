"""What is kept of an orders report: its items without what tells of buyers, as packed JSON Lines.

The report itself is never kept: it holds where buyers live, and in some variants who they are. From extracts the sales
can be brought back without it. The same report gives the same bytes.
"""

import gzip
import json
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from vault.domain.values import Sha256
from vault.services.sales.gathering import Item
from vault.services.vault import Vault
from vault.store.protocol import Stored

_FORMAT = "seller-vault-sales/1"
_MOST_BYTES = 1024 * 1024 * 1024
# Extracts up to this size are written in memory.
_IN_MEMORY = 8 * 1024 * 1024


def write_extract(vault: Vault, items: Iterable[Item]) -> tuple[Stored, int]:
    """Keeps the items in the store. Returns what was stored and how many items it holds."""
    count = 0
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
        with gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="", compresslevel=6) as packed:
            packed.write(_line({"format": _FORMAT}))
            for item in items:
                count += 1
                packed.write(_line(_dump(item)))
        file.seek(0)
        return vault.store.put(file, limit=_MOST_BYTES), count


def read_extract(vault: Vault, sha256: Sha256, skip: int = 0) -> Iterator[Item]:
    """The items that `write_extract` kept, but for the first `skip`. Raises NotFound, Damaged."""
    with vault.store.open(sha256) as stream, gzip.GzipFile(fileobj=stream, mode="rb") as packed:
        for line in islice(packed, 1 + skip, None):
            yield _load(json.loads(line))


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _dump(item: Item) -> list[str | int | None]:
    updated = item.updated.isoformat() if item.updated else None
    return [item.order_key, item.sku, item.asin, item.day.isoformat(), item.channel, item.units, updated]


def _load(stored: list[str]) -> Item:
    order_key, sku, asin, day, channel, units, updated = stored
    return Item(
        order_key,
        sku,
        asin,
        date.fromisoformat(day),
        channel,
        int(units),
        datetime.fromisoformat(updated) if updated else None,
    )
