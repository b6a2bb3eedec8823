"""Reading the journal back from the database, in its order."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from vault.domain.errors import Damaged
from vault.domain.message import N_
from vault.journal.entry import Entry, Head, Recorded
from vault.journal.table import HEAD_ID, entries, head
from vault.journal.verifier import Broken

_BATCH = 1000


def read_entries(connection: Connection, after: int = 0) -> Iterator[Recorded | Broken]:
    """Every entry behind number `after`; a row that holds no entry any more is given as Broken. Bounded memory."""
    while True:
        wanted = select(entries).where(entries.c.seq > after).order_by(entries.c.seq).limit(_BATCH)
        rows = connection.execute(wanted).all()
        yield from map(to_recorded, rows)
        if len(rows) < _BATCH:
            return
        after = rows[-1].seq


def read_head(connection: Connection) -> Head:
    """Where the chain ends. Raises Damaged when that is not recorded any more."""
    if (found := find_head(connection)) is None:
        raise Damaged(N_("The journal has lost its head. Run “sellervault verify” on the vault."))
    return found


def find_head(connection: Connection) -> Head | None:
    """Where the chain ends, None when that is not recorded any more."""
    row = connection.execute(select(head.c.seq, head.c.hash).where(head.c.id == HEAD_ID)).one_or_none()
    return Head(row.seq, row.hash) if row else None


def to_recorded(row: Row[Any]) -> Recorded | Broken:
    """The entry that stands in one row of the journal's table."""
    try:
        entry = Entry(
            seq=row.seq,
            at=row.at,
            actor=row.actor,
            action=row.action,
            subject=row.subject,
            previous=row.prev_hash,
            account_id=row.account_id,
            details=json.loads(row.details),
        )
        canonical = entry.canonical()
    except (ValueError, TypeError) as error:
        return Broken(f"journal entry {row.seq}", str(error))
    if f'"details":{row.details},"previous":'.encode() not in canonical:
        return Broken(f"journal entry {row.seq}", "its details are not in their canonical form")
    return Recorded(entry, row.hash)
