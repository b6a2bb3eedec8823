"""What all tests share: real servers, started when first asked for and always stopped, and a vault on a folder of its own.

A test that asks for `database_url` (or for `vault`, `settings`, …) runs twice, on SQLite and on PostgreSQL. Each time it
gets a copy of an empty vault's database, which costs a few hundredths of a second.
"""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.servers.postgresql import PostgreSQL, running_postgresql
from tests.servers.schema import create_schema
from tests.servers.valkey import Valkey, running_valkey
from vault.config import Settings
from vault.services.vault import Vault, open_vault

TEMPLATE = "empty_vault"

# One thread a Tesseract: more of them only get in each other's way.
os.environ["OMP_THREAD_LIMIT"] = "1"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """A PostgreSQL server with an empty vault's database called `TEMPLATE`."""
    with running_postgresql() as server:
        create_schema(server.create(TEMPLATE))
        yield server


@pytest.fixture(scope="session")
def valkey() -> Iterator[Valkey]:
    with running_valkey() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty vault's SQLite database."""
    path = tmp_path_factory.mktemp("template") / "vault.db"
    create_schema(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def database_names() -> Iterator[str]:
    return (f"vault_{number}" for number in count())


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty vault's database, of this test alone."""
    if request.param == "sqlite":
        path = tmp_path / "vault.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = next(request.getfixturevalue("database_names"))
    yield server.create(name, TEMPLATE)
    server.drop(name)


@pytest.fixture
def queue_url(valkey: Valkey) -> str:
    """The address of an empty queue."""
    valkey.flush()
    return valkey.url


@pytest.fixture
def settings(tmp_path: Path, database_url: str, queue_url: str) -> Settings:
    home = tmp_path / "home"
    home.mkdir()
    return Settings(home=home, database_url=database_url, queue_url=queue_url)


@pytest.fixture
def clock() -> Clock:
    """Stands at 31 October 2026, 09:00 UTC, the day on which `tests.invoices` issues its invoices by default."""
    return Clock()


@pytest.fixture
def vault(settings: Settings, clock: Clock) -> Iterator[Vault]:
    """The service container as the running service makes it: real database, store, queue, rules and keys."""
    opened = open_vault(settings, clock)
    yield opened
    opened.close()
