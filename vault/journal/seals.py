"""Seals: what the rows of other tables look like after each change, so that a row altered behind our back is noticed.

A row's digest covers every column that is not empty (so that adding an empty column changes no digest). The seals of
one entry are hashed together and that hash stands in the entry's details: the seals are as safe as the chain.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Table, insert, select
from sqlalchemy.orm import Session

from vault.journal.entry import moment
from vault.journal.table import seals

# The key in an entry's details under which the hash over its seals stands.
SEALED = "rows"
_PENDING = "vault.journal.unsealed"
_BATCH = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seal:
    """One row after a change. `digest` is None when the row was deleted."""

    table: str
    row_id: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class Seals:
    """The seals of one entry."""

    rows: tuple[Seal, ...]

    def __bool__(self) -> bool:
        return bool(self.rows)

    def digest(self) -> str:
        """SHA-256 over one line a seal: table, row and digest (``-`` when deleted), separated by tabs, sorted."""
        lines = sorted(f"{seal.table}\t{seal.row_id}\t{seal.digest or '-'}\n" for seal in self.rows)
        return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()


def row_digest(row: Mapping[str, Any]) -> str:
    """SHA-256 over the columns of `row` that are not None, by name, as canonical JSON."""
    present = {name: _plain(value) for name, value in row.items() if value is not None}
    text = json.dumps(present, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def note_changed(session: Session, table: Table, row_ids: Iterable[str]) -> None:
    """Remembers rows that the next entry of this transaction has to seal."""
    pending: dict[Table, set[str]] = session.info.setdefault(_PENDING, {})
    pending.setdefault(table, set()).update(row_ids)


def forget_changed(session: Session) -> None:
    """The transaction is over: what it changed is sealed, or undone."""
    session.info.pop(_PENDING, None)


def pending_tables(session: Session) -> list[str]:
    """The names of the tables with rows that no entry has sealed yet, sorted."""
    return sorted(table.name for table in session.info.get(_PENDING, {}))


def sealed_rows(session: Session) -> Seals:
    """Flushes `session` and takes the rows that were changed since the last entry, each with its digest."""
    session.flush()
    pending: dict[Table, set[str]] = session.info.pop(_PENDING, {})
    return Seals(tuple(seal for table, ids in pending.items() for seal in _current(session, table, ids)))


def write_seals(session: Session, seq: int, taken: Seals) -> None:
    """Keeps the seals of the entry `seq`."""
    if taken:
        rows = [
            {"seq": seq, "table_name": seal.table, "row_id": seal.row_id, "digest": seal.digest} for seal in taken.rows
        ]
        session.execute(insert(seals), rows)


def key_of(table: Table) -> Column[Any]:
    """The one column that identifies a row of `table`."""
    (column,) = table.primary_key.columns
    return column


def batches(items: Iterable[T]) -> Iterator[Sequence[T]]:
    """`items` in lists of a size that one query takes."""
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _current(session: Session, table: Table, ids: set[str]) -> Iterator[Seal]:
    key = key_of(table)
    for batch in batches(sorted(ids)):
        rows = session.execute(select(table).where(key.in_(batch))).mappings()
        found = {str(row[key.name]): row_digest({**row}) for row in rows}
        for row_id in batch:
            yield Seal(table.name, row_id, found.get(row_id))


def _plain(value: Any) -> Any:
    """A column's value as JSON that is the same on every database."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value
