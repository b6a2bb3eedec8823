"""Engines and transactions. The SQLAlchemy session is the unit of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, create_engine, event, exc
from sqlalchemy.orm import Session, sessionmaker

from vault.db.values_unsaid import leave_values_unsaid
from vault.domain.errors import Unavailable
from vault.domain.message import N_

# How long a statement waits for a lock before the caller is told to try again later.
LOCK_SECONDS = 10


def make_engine(url: str) -> Engine:
    """An engine for `url`. SQLite runs in WAL mode with foreign keys on and a full sync at each commit.

    Its errors do not repeat the values of a statement: they end in logs and in the rows of jobs.
    """
    if not url.startswith("sqlite"):
        engine = create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1),
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": LOCK_SECONDS, "options": f"-c lock_timeout={LOCK_SECONDS}s"},
        )
        leave_values_unsaid(engine)
        return engine
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": LOCK_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN is switched off: `_begin_sqlite` says which kind is wanted.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={LOCK_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    # A write transaction takes the lock at once: a read lock that is upgraded later fails without waiting.
    writes = connection.get_execution_options().get("vault_writes", True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """Hands out transactions on one engine. `writing` makes their sessions: whoever watches changes listens to it."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.writing = sessionmaker(self.engine, expire_on_commit=False)
        self._reading = sessionmaker(self.engine.execution_options(vault_writes=False), expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits when the block ends and rolls back when it raises.

        Raises Unavailable when the database cannot be reached or its lock is not given in time.
        """
        with _outages_named(), self.writing.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading: takes no write lock, keeps nothing. Raises Unavailable like `transaction`."""
        with _outages_named(), self._reading() as session:
            yield session

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _outages_named() -> Iterator[None]:
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.TimeoutError) as error:
        raise Unavailable(N_("The database does not answer. Nothing was changed; try again in a moment.")) from error
