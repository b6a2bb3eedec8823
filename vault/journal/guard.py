"""No change without an entry: watches what a session changes, and sees that the journal seals it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Table, event, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker

from vault.journal.seals import forget_changed, key_of, note_changed, pending_tables
from vault.journal.writer import append

SERVICE = "service"
CHANGED = "rows.changed"


def guard(sessions: sessionmaker[Session], tables: Collection[Table]) -> None:
    """Makes every transaction of `sessions` that changes rows of `tables` record them.

    The service's own `append` seals the changed rows; what is still unsealed at the commit gets an entry of its own.
    Seen are the unit of work and updates and deletes of mapped classes; statements on bare tables are not.
    """
    watched = frozenset(tables)

    def after_flush(session: Session, _context: object) -> None:
        for instance in (*session.new, *session.dirty, *session.deleted):
            mapper = inspect(instance).mapper
            if mapper.local_table in watched and _has_changed(session, instance):
                note_changed(session, mapper.local_table, map(str, mapper.primary_key_from_instance(instance)))

    def on_statement(state: ORMExecuteState) -> None:
        if (state.is_update or state.is_delete) and state.bind_mapper and state.bind_mapper.local_table in watched:
            table = state.bind_mapper.local_table
            note_changed(state.session, table, _rows_hit(state, table))

    def before_commit(session: Session) -> None:
        session.flush()
        if names := pending_tables(session):
            append(session, actor=SERVICE, action=CHANGED, subject=",".join(names)[:100])

    event.listen(sessions, "after_flush", after_flush)
    event.listen(sessions, "do_orm_execute", on_statement)
    event.listen(sessions, "before_commit", before_commit)
    event.listen(sessions, "after_commit", forget_changed)
    event.listen(sessions, "after_rollback", forget_changed)


def _has_changed(session: Session, instance: object) -> bool:
    return instance in session.new or instance in session.deleted or session.is_modified(instance)


def _rows_hit(state: ORMExecuteState, table: Table) -> list[str]:
    key = key_of(table)
    given = state.parameters
    if isinstance(given, list):  # an update of many rows, each named by its key
        return [str(row[key.name]) for row in given]
    statement: Any = state.statement
    wanted = select(key)
    if statement.whereclause is not None:
        wanted = wanted.where(statement.whereclause)
    return [str(row_id) for row_id in state.session.scalars(wanted, given)]
