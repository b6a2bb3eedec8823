from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, delete, select, update

from tests.journal.conftest import GUARDED, Paper, exported, record
from vault.db.session import Database
from vault.journal.entry import Head, Recorded
from vault.journal.export import parse_lines
from vault.journal.guard import CHANGED
from vault.journal.reader import read_entries, read_head
from vault.journal.rows import verify_rows, verify_seals
from vault.journal.seals import SEALED
from vault.journal.verifier import Difference, verify_chain
from vault.journal.writer import append


def entries_of(database: Database) -> list[Recorded]:
    with database.reading() as session:
        return [found for found in read_entries(session.connection()) if isinstance(found, Recorded)]


def abort(database: Database) -> None:
    """A transaction with a change and its entry that does not come to its end."""
    with database.transaction() as session:
        session.add(Paper(name="undone"))
        append(session, actor="somebody", action="papers.added", subject="undone")
        raise ZeroDivisionError


def differences(connection: Connection) -> Iterator[Difference]:
    yield from verify_chain([*read_entries(connection), read_head(connection)])
    yield from verify_seals(connection)
    yield from verify_rows(connection, GUARDED)


def test_an_empty_journal_is_whole(connection: Connection) -> None:
    assert read_head(connection).seq == 0
    assert list(differences(connection)) == []


def test_entries_form_a_chain(database: Database) -> None:
    record(database, "first", "second", "third")

    first, second, third = entries_of(database)
    assert [item.entry.seq for item in (first, second, third)] == [1, 2, 3]
    assert second.entry.previous == first.hash
    assert third.entry.previous == second.hash
    assert second.entry.details == {"what": ["second", 1, None, True]}
    with database.reading() as session:
        assert read_head(session.connection()) == Head(3, third.hash)


def test_an_entry_dies_with_its_transaction(database: Database) -> None:
    record(database, "kept")

    with pytest.raises(ZeroDivisionError):
        abort(database)

    record(database, "next")
    assert [item.entry.subject for item in entries_of(database)] == ["kept", "next"]
    assert list(verify_chain(parse_lines(exported(database)))) == []


def test_many_writers_leave_one_chain_without_gaps(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: record(database, str(number)), range(40)))

    found = entries_of(database)
    assert [item.entry.seq for item in found] == list(range(1, 41))
    assert {item.entry.subject for item in found} == set(map(str, range(40)))
    assert list(verify_chain(parse_lines(exported(database)))) == []


def test_an_entry_seals_the_rows_that_its_transaction_changed(database: Database) -> None:
    with database.transaction() as session:
        session.add_all([Paper(name="one"), Paper(name="two")])
        append(session, actor="somebody", action="papers.added", subject="both")

    (only,) = entries_of(database)
    assert only.entry.action == "papers.added"
    assert SEALED in only.entry.details


def test_a_change_that_nobody_announced_gets_an_entry_all_the_same(database: Database) -> None:
    with database.transaction() as session:
        session.add(Paper(name="one"))
    with database.transaction() as session:
        session.scalars(select(Paper)).one().name = "renamed"
    with database.transaction() as session:
        session.execute(update(Paper).where(Paper.name == "renamed").values(pages=9))
    with database.transaction() as session:
        session.execute(delete(Paper).where(Paper.pages == 9))

    assert [item.entry.action for item in entries_of(database)] == [CHANGED] * 4


def test_looking_is_not_a_change(database: Database) -> None:
    with database.transaction() as session:
        session.add(Paper(name="one"))
    with database.transaction() as session:
        paper = session.scalars(select(Paper)).one()
        paper.name = str(paper.name)
    assert len(entries_of(database)) == 1


def test_what_the_service_does_itself_verifies_clean(database: Database) -> None:
    with database.transaction() as session:
        papers = [Paper(name=f"paper {number}", note="é😀" if number % 2 else None) for number in range(20)]
        session.add_all(papers)
        append(session, actor="somebody", action="papers.added", subject="all")
        papers[3].pages = 5
        append(session, actor="somebody", action="paper.changed", subject=papers[3].id)
        session.delete(papers[4])
    with pytest.raises(ZeroDivisionError):
        abort(database)

    with database.reading() as session:
        assert list(differences(session.connection())) == []
