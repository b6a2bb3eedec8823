"""Adding up the lines of one orders report, whatever its size: half a million lines lie in a file that has no name.

The same order and SKU on several lines are added up; the same order item is not, and nor is what a file says twice
because it was put together from several exports.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from types import TracebackType
from zoneinfo import ZoneInfo

from vault.checks.coverage.facts import Days, joined
from vault.reading.amazon.orders import OrderLine

_TABLE = """
CREATE TABLE line (
    order_key TEXT, sku TEXT, part INTEGER, item TEXT, asin TEXT, day TEXT, channel TEXT, units INTEGER, updated TEXT,
    PRIMARY KEY (order_key, sku, part, item)
) WITHOUT ROWID
"""
# A line without the number of its item is a further one; with it, it is the same one again.
_ADD = """
INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    units = excluded.units + CASE WHEN item = '' THEN units ELSE 0 END, updated = max(updated, excluded.updated)
"""
_ALL = "SELECT * FROM line ORDER BY order_key, sku, part DESC, item"
_AT_ONCE = 2000
_ORDER_KEY_LENGTH = 32
# So many are kept before they are joined: there are far fewer that do not touch.
_MOST_STRETCHES = 20_000


@dataclass(frozen=True, slots=True)
class Item:
    """What one order has of one SKU, as a report says it. `updated`: when the order last changed, None where unsaid."""

    order_key: str
    sku: str
    asin: str
    day: date
    channel: str
    units: int
    updated: datetime | None


class Gathering:
    """Takes the lines of a report and gives them back as items, in the order of their keys.

    `fingerprint` turns an order's number into its key. A context manager: what was gathered goes with it.
    """

    def __init__(self, fingerprint: Callable[[str], str], zone: ZoneInfo) -> None:
        self._fingerprint, self._zone = fingerprint, zone
        self._lines = sqlite3.connect(
            "", isolation_level=None
        )  # private, on disk where it gets large, gone when closed
        self._lines.execute("PRAGMA journal_mode=OFF")
        self._lines.execute(_TABLE)
        self._waiting: list[tuple[str | int, ...]] = []
        self._part = 0
        self._first, self._last, self._latest = date.max, date.min, date.min
        self._stretches: list[Days] = []

    def __enter__(self) -> "Gathering":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lines.close()

    def add(self, line: OrderLine) -> None:
        if line.part != self._part:
            self._end_part()
            self._part = line.part
            self._first, self._last, self._latest = date.max, date.min, date.min
        day = self.day_of(line)
        self._first, self._last = min(self._first, day), max(self._last, day)
        self._latest = max(self._latest, day, self._day(line.updated) if line.updated else day)
        is_moment = line.updated is not None and line.updated.tzinfo is not None
        self._waiting.append(
            (
                self._fingerprint(line.order_id)[:_ORDER_KEY_LENGTH],
                line.sku,
                line.part,
                line.item_id,
                line.asin,
                day.isoformat(),
                line.channel,
                line.units,
                line.updated.astimezone(UTC).isoformat() if line.updated and is_moment else "",
            )
        )
        if len(self._waiting) >= _AT_ONCE:
            self._store()

    def items(self) -> Iterator[Item]:
        """Each order's SKU once; of several exports in one file what the last one says."""
        self._store()
        with closing(self._lines.execute(_ALL)) as rows:
            for _, same in groupby(rows, key=itemgetter(0, 1)):
                yield _item(list(same))

    def stretches(self) -> tuple[Days, ...]:
        """The days whose sales the report tells: of each export in it, from the first purchase to the last one.

        The last day counts where something happened after it, so that it was over when the export was made.
        Of the days between two exports a file says nothing.
        """
        self._end_part()
        return joined(self._stretches)

    @property
    def is_empty(self) -> bool:
        return self._last == date.min

    def day_of(self, line: OrderLine) -> date:
        """The day of the purchase."""
        return self._day(line.purchased)

    def _day(self, moment: datetime) -> date:
        """An aware moment in the business's time zone; of one without offset the day as printed."""
        return (moment.astimezone(self._zone) if moment.tzinfo else moment).date()

    def _end_part(self) -> None:
        """Keeps the whole days of the export that was read last. Doing it again changes nothing."""
        if self.is_empty:
            return
        last = self._last if self._latest > self._last else self._last - timedelta(days=1)
        if self._first <= last:
            self._stretches.append(Days(self._first, last))
        if len(self._stretches) > _MOST_STRETCHES:
            self._stretches = list(joined(self._stretches))

    def _store(self) -> None:
        self._lines.execute("BEGIN")
        self._lines.executemany(_ADD, self._waiting)
        self._lines.execute("COMMIT")
        self._waiting.clear()


def _item(same: Sequence[Sequence[str]]) -> Item:
    """`same`: the lines of one order and SKU, those of the last export first."""
    latest = [line for line in same if line[2] == same[0][2]]
    order_key, sku, _, _, asin, day, channel, _, _ = latest[0]
    updated = max(line[8] for line in latest)
    return Item(
        order_key=order_key,
        sku=sku,
        asin=asin,
        day=date.fromisoformat(day),
        channel=channel,
        units=sum(int(line[7]) for line in latest),
        updated=datetime.fromisoformat(updated) if updated else None,
    )
