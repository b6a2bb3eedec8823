from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from tests.journal.conftest import GUARDED, Paper
from vault.db.session import Database
from vault.domain.ids import new_id
from vault.journal.rows import verify_rows, verify_seals
from vault.journal.table import seals

papers: Table = GUARDED[0]


@pytest.fixture
def behind_our_back(database: Database) -> Iterator[Connection]:
    """A connection that the journal does not watch, to a database with two papers."""
    with database.transaction() as session:
        session.add_all([Paper(id="one", name="first", note="a note"), Paper(id="two", name="second")])
    with database.engine.connect() as connection:
        yield connection


def named(connection: Connection) -> list[str]:
    return [difference.name for difference in (*verify_seals(connection), *verify_rows(connection, GUARDED))]


def test_untouched_rows_are_clean(behind_our_back: Connection) -> None:
    assert named(behind_our_back) == []


@pytest.mark.parametrize(
    "values", [{"name": "First"}, {"name": "firsu"}, {"pages": 2}, {"note": None}, {"note": ""}, {"note": "a note "}]
)
def test_an_altered_row_is_named(behind_our_back: Connection, values: dict[str, object]) -> None:
    behind_our_back.execute(update(papers).where(papers.c.id == "one").values(values))

    assert named(behind_our_back) == ["row papers/one"]


def test_a_removed_row_is_named(behind_our_back: Connection) -> None:
    behind_our_back.execute(delete(papers).where(papers.c.id == "two"))

    assert named(behind_our_back) == ["row papers/two"]


def test_an_added_row_is_named(behind_our_back: Connection) -> None:
    row_id = new_id()
    behind_our_back.execute(insert(papers).values(id=row_id, name="smuggled", pages=1))

    assert named(behind_our_back) == [f"row papers/{row_id}"]


def test_a_row_with_another_identity_is_named_twice(behind_our_back: Connection) -> None:
    behind_our_back.execute(update(papers).where(papers.c.id == "one").values(id="onf"))

    assert named(behind_our_back) == ["row papers/onf", "row papers/one"]


def test_altering_a_row_and_its_seal_is_noticed(behind_our_back: Connection) -> None:
    (digest,) = behind_our_back.scalars(select(seals.c.digest).where(seals.c.row_id == "two"))
    behind_our_back.execute(update(seals).where(seals.c.row_id == "one").values(digest=digest))

    assert named(behind_our_back) == ["journal entry 1", "row papers/one"]


def test_removing_all_seals_is_noticed(behind_our_back: Connection) -> None:
    behind_our_back.execute(delete(seals))

    assert named(behind_our_back)[0] == "journal entry 1"
