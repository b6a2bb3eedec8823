"""Migrations: they make what the models say, on both databases, all of it or nothing."""

import importlib
import os
import pkgutil
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, inspect, select, text
from sqlalchemy.orm import Session

import vault.db.entities
from tests.servers.postgresql import PostgreSQL
from tests.servers.waiting import wait_until
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.base import Base
from vault.db.entities.documents import Document
from vault.db.entities.links import LINK_STATE_ID, LinkExplanation, LinkState
from vault.db.entities.work import Job, Task
from vault.db.migrate import is_current, migrate
from vault.db.session import make_engine
from vault.domain.errors import Misconfigured, Unavailable
from vault.domain.papers import PaperKind
from vault.journal import table as journal
from vault.services.journal.guarded import guarded_tables

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a single table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql")
    name = f"empty_{next(request.getfixturevalue('database_names'))}"
    yield server.create(name)
    server.drop(name)


def differences(url: str) -> list[Any]:
    """What the models say and the database has not, or the other way round."""
    for module in pkgutil.iter_modules(vault.db.entities.__path__, "vault.db.entities."):
        importlib.import_module(module.name)
    engine = make_engine(url)

    def is_ours(thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
        # The full-text index exists in the migrations alone: no model can describe it.
        return not (name or "").startswith(("document_search", "ix_document_texts_words"))

    options = {"include_object": is_ours, "compare_type": True, "compare_server_default": False}
    models: list[MetaData] = [Base.metadata, journal.metadata]
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts=options)
            return list(compare_metadata(context, models))  # type: ignore[arg-type]
    finally:
        engine.dispose()


def apply(url: str) -> None:
    engine = make_engine(url)
    try:
        migrate(engine)
        assert is_current(engine)
    finally:
        engine.dispose()


def tables(url: str) -> set[str]:
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_the_migrations_make_exactly_what_the_models_say(empty_url: str) -> None:
    apply(empty_url)
    assert differences(empty_url) == []


def test_migrating_again_changes_nothing(empty_url: str) -> None:
    apply(empty_url)
    before = tables(empty_url)
    apply(empty_url)
    assert tables(empty_url) == before


def test_a_database_of_a_newer_version_is_left_alone(empty_url: str) -> None:
    apply(empty_url)
    engine = make_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Misconfigured, match="9999"):
        migrate(engine)
    engine.dispose()


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    engine = make_engine("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Unavailable):
        migrate(engine)
    engine.dispose()


SCRIPT = """
import sys
from vault.db.migrate import migrate
from vault.db.session import make_engine
migrate(make_engine(sys.argv[1]))
"""


def start_migrating(url: str, *wrapper: str) -> "subprocess.Popen[bytes]":
    command = [*wrapper, sys.executable, "-c", SCRIPT, url]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


def test_two_processes_that_migrate_at_once_agree(empty_url: str) -> None:
    both = [start_migrating(empty_url), start_migrating(empty_url)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert differences(empty_url) == []


def fill(connection: Connection, table: str, **values: Any) -> None:
    """Adds a row; what is not given and has to be there gets something plain of its type."""
    columns = inspect(connection).get_columns(table)
    given = {column["name"]: _plain(column["type"]) for column in columns if not column["nullable"]}
    given.update(values)
    names, places = ", ".join(given), ", ".join(f":{name}" for name in given)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), given)


def migrate_to(connection: Connection, revision: str) -> None:
    """What the version of that migration has made."""
    config = Config()
    config.set_main_option("script_location", "vault.db:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _plain(kind: Any) -> Any:
    plain: dict[type[Any], Any] = {int: 0, bool: False, str: "", date: "2026-11-02", datetime: "2026-11-02 09:00:00+00"}
    return plain[kind.python_type]


def test_what_the_first_version_kept_lives_on(empty_url: str) -> None:
    engine = make_engine(empty_url)
    task = {"account_id": "a", "subject_type": "document", "subject_id": "d", "check_id": "invoice.date"}
    with engine.begin() as connection:
        migrate_to(connection, "0001")
        fill(connection, "users", id="u", email="ada@x.example", name="Ada")
        fill(connection, "seller_accounts", id="a", name="Lavandine", marketplaces="[]")
        for item in ("line 1", "line 2"):
            said = {"title": '{"text": "Old"}', "advice": "{}", "state": "open", "severity": "high"}
            fill(connection, "tasks", id=item, item=item, **task, **said)
    migrate(engine)
    with Session(engine) as session:
        tasks = session.scalars(select(Task).order_by(Task.id)).all()
        assert [(each.item, each.stage, each.gap, each.due_by_hand) for each in tasks] == [
            ("line 1", "to_do", "", False),
            ("line 2", "to_do", "", False),
        ]
        assert (tasks[0].title, tasks[0].finding) == ({"text": "Old"}, {})
        assert session.get_one(SellerAccount, "a").status == "active"
    engine.dispose()
    assert differences(empty_url) == []


def test_what_links_were_explained_by_lives_on_and_all_pairs_are_scored_again(empty_url: str) -> None:
    engine = make_engine(empty_url)
    with engine.begin() as connection:
        migrate_to(connection, "0010")
        connection.execute(text("UPDATE link_state SET rules_version = 'links/1'"))
        fill(connection, "seller_accounts", id="a", name="Lavandine", marketplaces="[]")
        fill(connection, "links", id="l", low_account_id="a", high_account_id="a", contributions="[]")
        fill(connection, "link_explanations", id="e", link_id="l", kind="licence", kinds='["phone"]')
    migrate(engine)
    with Session(engine) as session:
        row = session.get_one(LinkExplanation, "e")
        assert (row.kind, row.kinds, row.keys) == ("licence", ["phone"], None)
        assert session.get_one(LinkState, LINK_STATE_ID).rules_version == "before 0011"
    engine.dispose()


def test_documents_live_on_as_supplier_invoices_and_proofs_are_looked_at_again(empty_url: str) -> None:
    engine = make_engine(empty_url)
    with engine.begin() as connection:
        migrate_to(connection, "0011")
        fill(connection, "blobs", sha256="0", size=1)
        for account_id, closed_at in (("with", None), ("without", None), ("closed", "2026-11-01 09:00:00+00")):
            fill(connection, "seller_accounts", id=account_id, marketplaces="[]", closed_at=closed_at)
            fill(connection, "documents", id=account_id, account_id=account_id, sha256="0")
            if account_id != "without":
                proof = {"account_id": account_id, "document_id": account_id, "details": "{}", "control": "contact"}
                fill(connection, "control_attestations", id=account_id, **proof)
    migrate(engine)
    with Session(engine) as session:
        assert [document.paper for document in session.scalars(select(Document))] == [PaperKind.SUPPLIER_INVOICE] * 3
        job = session.scalars(select(Job)).one()
        assert (job.kind, job.subject_id, job.state, job.progress) == ("rejudge_account", "with", "waiting", {})
    engine.dispose()


def test_no_migration_changes_what_the_journal_has_sealed(empty_url: str) -> None:
    """Once a row is sealed, a column that is added to it has to be empty there, and nothing else may change."""
    engine = make_engine(empty_url)
    sealed = {table.name for table in guarded_tables()}
    with engine.begin() as connection:
        migrate_to(connection, "0010")
        fill(connection, "users", id="u")
        fill(connection, "blobs", sha256="0", size=1)
        fill(connection, "seller_accounts", id="a", marketplaces="[]")
        fill(connection, "documents", id="d", account_id="a", sha256="0")
        fill(connection, "links", id="l", low_account_id="a", high_account_id="a", contributions="[]")
        fill(connection, "link_explanations", id="e", link_id="l", kinds="[]", document_id="d")
        fill(connection, "control_attestations", id="c", account_id="a", details="{}", document_id="d")
        fill(connection, "tasks", id="t", account_id="a", title="{}", advice="{}", finding="{}")
        fill(connection, "webhooks", id="w", account_id="a", events="[]", created_by="u")
        before = _present(connection, sealed)
    migrate(engine)
    with engine.connect() as connection:
        assert _present(connection, sealed) == before
    engine.dispose()


def _present(connection: Connection, names: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Every row of these tables, as far as it has them, with what a seal covers: the columns that are not empty."""
    there = sorted(set(names) & set(inspect(connection).get_table_names()))
    rows = {name: connection.execute(text(f"SELECT * FROM {name}")).mappings().all() for name in there}
    present = {
        name: [{key: value for key, value in row.items() if value is not None} for row in found]
        for name, found in rows.items()
    }
    return {name: found for name, found in present.items() if found}


@pytest.mark.fault
@pytest.mark.parametrize("nth", [1, 5, 20, 60, 120])
def test_a_migration_that_was_killed_leaves_nothing_and_can_be_run_again(tmp_path: Path, nth: int) -> None:
    url = f"sqlite:///{tmp_path / 'killed.db'}"
    inject = f"inject=pwrite64:signal=SIGKILL:when={nth}"
    killed = start_migrating(url, "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64", "-e", inject)
    code = killed.wait(120)
    if code != 0:
        assert tables(url) in (set(), {"alembic_version"}) or differences(url) == []
    apply(url)
    assert differences(url) == []


@pytest.mark.fault
def test_a_migration_that_is_killed_on_postgresql_leaves_nothing(postgresql: PostgreSQL, database_names: Any) -> None:
    name = f"killed_{next(database_names)}"
    url = postgresql.create(name)
    engine = make_engine(url)
    with engine.begin() as connection:  # what it will wait for, in the middle of its transaction
        connection.execute(text("CREATE TABLE users (id int)"))
        migrating = start_migrating(url)
        waits = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND wait_event_type = 'Lock'")
        wait_until(_asks(url, waits, name), "the migration waits for a lock", 60)
        migrating.send_signal(signal.SIGKILL)
        migrating.wait(10)
        connection.rollback()
    engine.dispose()
    apply(url)
    assert differences(url) == []
    postgresql.drop(name)


def _asks(url: str, statement: Any, name: str) -> Callable[[], bool]:
    engine = make_engine(url)

    def ask() -> bool:
        with engine.connect() as connection:
            return bool(connection.scalar(statement, {"name": name}))

    return ask
