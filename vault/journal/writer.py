"""Appending to the journal, inside the transaction of the change that it records."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from vault.journal.entry import Entry, Head, JsonValue, Recorded, canonical_json, moment
from vault.journal.seals import SEALED, sealed_rows, write_seals
from vault.journal.table import HEAD_ID, entries, head


def append(
    session: Session,
    *,
    actor: str,
    action: str,
    subject: str,
    account_id: str | None = None,
    details: Mapping[str, JsonValue] | None = None,
    at: datetime | None = None,
) -> Recorded:
    """Records one change; the entry lives or dies with the transaction of `session`. Call it last.

    The chain has one end, so from here until the transaction ends nobody else can append. Everything pending in the
    session is flushed first, and the rows that were changed since the last entry are sealed by this one (see `seals`).
    `at` (aware) defaults to now. Raises ValueError for details that cannot be written exactly, such as floats.
    """
    rows = sealed_rows(session)
    last = _locked_head(session)
    contents = dict(details or {})
    if rows:
        contents[SEALED] = rows.digest()
    entry = Entry(
        seq=last.seq + 1,
        at=moment(at or datetime.now(UTC)),
        actor=actor,
        action=action,
        subject=subject,
        account_id=account_id,
        details=contents,
        previous=last.hash,
    )
    recorded = Recorded(entry, entry.hash())
    _write(session, recorded)
    write_seals(session, entry.seq, rows)
    return recorded


def _locked_head(session: Session) -> Head:
    # On SQLite a writing transaction holds the only lock there is, and FOR UPDATE is left out by SQLAlchemy.
    wanted = select(head.c.seq, head.c.hash).where(head.c.id == HEAD_ID).with_for_update()
    row = session.execute(wanted).one()
    return Head(row.seq, row.hash)


def _write(session: Session, recorded: Recorded) -> None:
    entry = recorded.entry
    session.execute(
        insert(entries).values(
            seq=entry.seq,
            at=entry.at,
            actor=entry.actor,
            account_id=entry.account_id,
            action=entry.action,
            subject=entry.subject,
            details=canonical_json(entry.details).decode("ascii"),
            prev_hash=entry.previous,
            hash=recorded.hash,
        )
    )
    session.execute(update(head).where(head.c.id == HEAD_ID).values(seq=entry.seq, hash=recorded.hash))
