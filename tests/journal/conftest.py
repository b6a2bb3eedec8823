"""A small database of its own, with a journal that guards one table: on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tests.servers.postgresql import PostgreSQL, running_postgresql
from vault.db.session import Database
from vault.domain.ids import new_id
from vault.journal import table
from vault.journal.export import export_lines
from vault.journal.guard import guard
from vault.journal.writer import append


class Base(DeclarativeBase):
    pass


class Paper(Base):
    """Something worth guarding."""

    __tablename__ = "papers"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    name: Mapped[str]
    pages: Mapped[int] = mapped_column(default=1)
    note: Mapped[str | None]


GUARDED: tuple[Table, ...] = (Base.metadata.tables["papers"],)


@pytest.fixture(scope="session")
def journal_postgresql() -> Iterator[PostgreSQL]:
    with running_postgresql() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path / 'vault.db'}")
    else:
        server: PostgreSQL = request.getfixturevalue("journal_postgresql")
        database = Database(server.create(f"journal_{new_id()}"))
    Base.metadata.create_all(database.engine)
    table.metadata.create_all(database.engine)
    guard(database.writing, GUARDED)
    yield database
    database.close()


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.reading() as session:
        yield session.connection()


def record(database: Database, *names: str) -> None:
    """One entry a name, each in a transaction of its own."""
    for name in names:
        with database.transaction() as session:
            append(session, actor="somebody", action="tried", subject=name, details={"what": [name, 1, None, True]})


def exported(database: Database) -> list[bytes]:
    with database.reading() as session:
        return list(export_lines(session.connection()))
