"""Are the rows of a database still what the journal sealed? Names every row that is not."""

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Table, func, select

from vault.domain.message import N_, Message
from vault.journal.entry import Recorded
from vault.journal.reader import read_entries
from vault.journal.seals import SEALED, Seal, Seals, batches, key_of, row_digest
from vault.journal.table import seals
from vault.journal.verifier import Difference


def verify_seals(connection: Connection) -> Iterator[Difference]:
    """Entries whose seals are not those that were hashed into their details."""
    wanted = select(seals).order_by(seals.c.seq)
    kept = connection.execution_options(yield_per=1000).execute(wanted)
    groups = groupby(kept, key=lambda row: row.seq)
    seq, rows = next(groups, (None, None))
    for found in read_entries(connection):
        if not isinstance(found, Recorded):
            continue
        taken = Seals(())
        if seq == found.entry.seq and rows is not None:
            taken = Seals(tuple(map(_seal, rows)))
            seq, rows = next(groups, (None, None))
        recorded = found.entry.details.get(SEALED)
        if recorded != (taken.digest() if taken else None):
            yield Difference(
                f"journal entry {found.entry.seq}",
                Message(N_("Its seals of the changed rows were altered or removed.")),
            )


def verify_rows(connection: Connection, tables: Collection[Table]) -> Iterator[Difference]:
    """Rows of `tables` that were altered, added or removed without the journal. Constant memory."""
    for table in tables:
        key = key_of(table)
        for ids in batches(connection.execution_options(yield_per=1000).scalars(select(key).order_by(key))):
            yield from _verify_batch(connection, table, [str(row_id) for row_id in ids])
        yield from _verify_missing(connection, table)


def _verify_batch(connection: Connection, table: Table, ids: list[str]) -> Iterator[Difference]:
    sealed = dict(_latest(connection, table, ids))
    for row_id in ids:
        name = f"row {table.name}/{row_id}"
        if row_id not in sealed:
            yield Difference(name, Message(N_("The journal knows nothing of it: it was added behind the service.")))
        elif _digest_now(connection, table, row_id) != sealed[row_id]:
            yield Difference(name, Message(N_("Altered: it is not what the journal recorded last.")))


def _verify_missing(connection: Connection, table: Table) -> Iterator[Difference]:
    last = (
        select(seals.c.row_id, func.max(seals.c.seq).label("seq"))
        .where(seals.c.table_name == table.name)
        .group_by(seals.c.row_id)
        .subquery()
    )
    gone = (
        select(seals.c.row_id)
        .join(last, (seals.c.row_id == last.c.row_id) & (seals.c.seq == last.c.seq))
        .where(seals.c.table_name == table.name, seals.c.digest.is_not(None))
        .where(~select(key_of(table)).where(key_of(table) == seals.c.row_id).exists())
    )
    for row_id in connection.scalars(gone):
        message = Message(N_("Missing: the journal recorded it, and never that it was removed."))
        yield Difference(f"row {table.name}/{row_id}", message)


def _latest(connection: Connection, table: Table, ids: list[str]) -> Iterator[tuple[str, str | None]]:
    wanted = (
        select(seals.c.row_id, seals.c.digest)
        .where(seals.c.table_name == table.name, seals.c.row_id.in_(ids))
        .order_by(seals.c.seq)
    )
    for row in connection.execute(wanted):
        yield row.row_id, row.digest


def _digest_now(connection: Connection, table: Table, row_id: str) -> str | None:
    """The digest of the row as it is, None when its columns hold what they never could."""
    try:
        row: RowMapping = connection.execute(select(table).where(key_of(table) == row_id)).mappings().one()
        return row_digest({**row})
    except (ValueError, TypeError):
        return None


def _seal(row: Row[Any]) -> Seal:
    return Seal(row.table_name, row.row_id, row.digest)
