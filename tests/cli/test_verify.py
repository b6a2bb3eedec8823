"""`sellervault verify`: a small vault and its exported journal, whole and spoilt."""

import io
import json
import random
import shutil
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from tests.conftest import TEMPLATE
from tests.invoices.faults import Fault, with_fault
from tests.servers.postgresql import PostgreSQL
from tests.servers.seaweedfs import running_seaweedfs
from tests.servers.service import environment_of
from tests.servers.valkey import Valkey
from tests.shop import open_shop
from vault.cli.main import cli
from vault.config import Settings
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.documents import Blob, Document, DocumentState, Judgement, StoredFinding
from vault.db.entities.work import Task
from vault.domain.errors import VaultError
from vault.journal.export import export_lines
from vault.journal.writer import append
from vault.services.journal.guarded import guarded_tables
from vault.services.stores import s3_settings
from vault.services.vault import Vault, open_vault
from vault.store.layout import BLOBS, name_of
from vault.store.protocol import Stored
from vault.store.s3 import make_client

NOW = datetime(2026, 10, 31, 9, 0, tzinfo=UTC)
CONTENTS = [b"%PDF-1.7 the first invoice", b"%PDF-1.7 the second invoice"]


@dataclass(frozen=True, slots=True)
class Verified:
    exit_code: int
    names: list[str] = field(default_factory=list)


def verify(path: Path, *options: str) -> Verified:
    result = CliRunner().invoke(cli, ["verify", str(path), *options], standalone_mode=False)
    if isinstance(result.exception, VaultError):
        return Verified(1)
    assert result.exception is None, result.output
    (line,) = result.stdout.splitlines()
    answer = json.loads(line)
    assert answer["ok"] == (answer["differences"] == [])
    code = result.return_value if isinstance(result.return_value, int) else result.exit_code
    return Verified(code, [difference["name"] for difference in answer["differences"]])


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Path:
    """A vault folder with two judged documents, as a stopped service leaves it."""
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copyfile(sqlite_template, folder / "vault.db")
    vault = open_vault(Settings(home=folder))
    fill(vault)
    vault.close()
    return folder


def fill(vault: Vault) -> None:
    vault.store.probe()
    with vault.database.transaction() as session:
        account = SellerAccount(name="Shop", legal_name="Shop GmbH", marketplaces=["DE"], created_at=NOW)
        session.add(account)
        append(session, actor="owner", action="account.opened", subject=account.name)
    for number, content in enumerate(CONTENTS):
        stored = vault.store.put(io.BytesIO(content), limit=1000)
        with vault.database.transaction() as session:
            document = document_of(account, stored, f"invoice {number}.pdf")
            session.add(Blob(sha256=stored.sha256.value, size=stored.size, stored_at=NOW))
            session.add(document)
            session.flush()
            session.add_all(judged(document))
            append(session, actor="owner", action="document.kept", subject=document.id, account_id=account.id)


def document_of(account: SellerAccount, stored: Stored, filename: str) -> Document:
    return Document(
        account_id=account.id,
        sha256=stored.sha256.value,
        size=stored.size,
        media_type="application/pdf",
        filename=filename,
        uploaded_at=NOW,
        uploaded_by="owner",
        state=DocumentState.JUDGED,
        issue_date=date(2026, 10, 1),
    )


def judged(document: Document) -> Iterable[Judgement | Task]:
    finding = StoredFinding(position=0, check_id="invoice.price", outcome="fail", payload={"confidence": 0.25})
    yield Judgement(
        document_id=document.id,
        profile="guide",
        rules_version="1",
        verdict="fail",
        digest="0" * 64,
        judged_at=NOW,
        findings=[finding],
    )
    yield Task(
        account_id=document.account_id,
        subject_type="document",
        subject_id=document.id,
        check_id="invoice.price",
        outcome="fail",
        severity="high",
        title={"text": "No price", "params": {}},
        advice={"text": "Add it", "params": {}},
        state="open",
        due_on=date(2026, 11, 7),
        opened_at=NOW,
    )


def rows_of(home: Path, table: str, *columns: str) -> list[Any]:
    with sqlite3.connect(home / "vault.db") as connection:
        return connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1").fetchall()


def alter(home: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(home / "vault.db") as connection:
        connection.execute(statement, values)


def objects(home: Path) -> list[Path]:
    return sorted(path for path in (home / "store" / "blobs").rglob("*") if path.is_file())


def overwrite(path: Path, content: bytes) -> None:
    path.chmod(0o600)
    path.write_bytes(content)


def export(home: Path, path: Path) -> Path:
    vault = open_vault(Settings(home=home))
    with vault.database.reading() as session:
        path.write_bytes(b"".join(export_lines(session.connection())))
    vault.close()
    return path


def test_a_whole_vault_is_clean_and_left_untouched(home: Path) -> None:
    before = (home / "vault.db").read_bytes()

    assert verify(home) == Verified(0)
    assert (home / "vault.db").read_bytes() == before


def test_a_vault_in_daily_use_is_clean(tmp_path: Path, sqlite_template: Path, valkey: Valkey) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copyfile(sqlite_template, folder / "vault.db")
    vault = open_vault(Settings(home=folder, queue_url=valkey.url))
    shop = open_shop(vault)
    for seed in (1, 2):
        shop.keep_invoice(shop.invoice(seed))
    shop.keep_invoice(with_fault(shop.invoice(3), Fault.WRONG_TOTAL, vault.clock().date()))

    assert verify(folder) == Verified(0)  # while it is open
    vault.close()
    assert verify(folder) == Verified(0)


def test_a_vault_on_postgresql_and_s3_is_verified_where_it_is(
    tmp_path: Path, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running_seaweedfs(tmp_path) as server:
        settings = Settings(
            home=tmp_path / "home",
            database_url=postgresql.create("verified", TEMPLATE),
            store="s3",
            s3_endpoint=server.endpoint,
            s3_access_key=server.access_key,
            s3_secret_key=server.secret_key,
            s3_secure=False,
        )
        settings.home.mkdir()
        vault = open_vault(settings)
        fill(vault)
        for name, value in environment_of(settings).items():
            monkeypatch.setenv(name, value)
        assert verify(settings.home) == Verified(0)

        with vault.database.engine.begin() as connection:
            connection.execute(text("UPDATE documents SET filename = 'other.pdf' WHERE filename = 'invoice 0.pdf'"))
        (sha256, _) = vault.store.ids()
        key = f"{settings.s3_prefix}{BLOBS}/{name_of(sha256)}"
        make_client(s3_settings(settings)).remove_object(settings.s3_bucket, key)
        found = verify(settings.home)
        vault.close()

    assert found.exit_code == 3
    assert [name.partition("/")[0] for name in found.names] == ["row documents", f"object {sha256}"]


def test_every_flipped_byte_of_every_object_is_named(home: Path) -> None:
    for path in objects(home):
        original = path.read_bytes()
        for position in range(len(original)):
            spoilt = bytearray(original)
            spoilt[position] ^= 1 << (position % 8)
            overwrite(path, bytes(spoilt))
            assert verify(home) == Verified(3, [f"object {path.name}"])
        overwrite(path, original)
    assert verify(home) == Verified(0)


def test_an_object_that_is_missing_or_misplaced_is_named(home: Path) -> None:
    first, second = objects(home)
    first.rename(second.with_name("smuggled"))

    found = verify(home)

    misplaced = second.with_name("smuggled").relative_to(home / "store" / "blobs").as_posix()
    assert found == Verified(3, [f"object {first.name}", f"file {misplaced}"])


def test_every_altered_column_of_every_guarded_row_is_named(home: Path) -> None:
    for table in guarded_tables():
        (key,) = table.primary_key.columns
        for column in table.columns:
            for row_id, value in rows_of(home, table.name, key.name, f'"{column.name}"'):
                if value in (None, "") or column is key or column.foreign_keys:
                    continue
                changed = value + 1 if isinstance(value, int) else spoilt_text(value)
                alter(home, f'UPDATE {table.name} SET "{column.name}" = ? WHERE {key.name} = ?', changed, row_id)
                found = verify(home)
                assert (found.exit_code, f"row {table.name}/{row_id}" in found.names) == (3, True), column
                alter(home, f'UPDATE {table.name} SET "{column.name}" = ? WHERE {key.name} = ?', value, row_id)
    assert verify(home) == Verified(0)


def spoilt_text(value: str | bytes) -> str | bytes:
    """One bit of the last character flipped."""
    return value[:-1] + (bytes([value[-1] ^ 1]) if isinstance(value, bytes) else chr(ord(value[-1]) ^ 1))


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE journal SET actor = 'owneq' WHERE seq = 2", "journal entry 2"),
        ("UPDATE journal SET at = replace(at, '2', '3') WHERE seq = 2", "journal entry 2"),
        ("UPDATE journal SET details = '{ }' WHERE seq = 2", "journal entry 2"),
        ("UPDATE journal SET details = 'x' WHERE seq = 2", "journal entry 2"),
        ("UPDATE journal SET hash = 'x' WHERE seq = 2", "journal entry 2"),
        ("UPDATE journal_head SET seq = 2", "journal head"),
        ("DELETE FROM journal_head", "journal head"),
        ("DELETE FROM journal WHERE seq = 2", "journal entry 3"),
        ("DELETE FROM journal WHERE seq = 3", "journal head"),
        ("DELETE FROM journal_seals WHERE seq = 2", "journal entry 2"),
    ],
)
def test_an_altered_journal_is_named(home: Path, statement: str, name: str) -> None:
    alter(home, statement)

    found = verify(home)

    assert found.exit_code == 3
    assert name in found.names


def test_a_flipped_bit_where_a_row_lies_in_the_database_file_is_named(home: Path) -> None:
    database = home / "vault.db"
    original = database.read_bytes()
    places = [original.index(text) for text in (b"invoice 0.pdf", b"Shop GmbH", b"document.kept", b"No price")]
    for position in places:
        spoilt = bytearray(original)
        spoilt[position] ^= 1
        database.write_bytes(bytes(spoilt))
        assert verify(home).exit_code == 3


def test_a_database_with_ruined_pages_is_told_and_never_a_crash(home: Path) -> None:
    database = home / "vault.db"
    original = database.read_bytes()
    chance = random.Random(1)
    for start in range(0, len(original), 4096 * 8):
        spoilt = bytearray(original)
        spoilt[start : start + 512] = chance.randbytes(512)
        database.write_bytes(bytes(spoilt))
        found = verify(home)
        assert (found.exit_code, bool(found.names)) in {(3, True), (0, False)}
    database.write_bytes(b"not a database at all, but long enough to look at" * 100)
    assert verify(home) == Verified(3, ["database vault.db"])


def test_an_exported_journal_is_clean_and_a_changed_one_is_named(home: Path, tmp_path: Path) -> None:
    path = export(home, tmp_path / "journal.jsonl")
    assert verify(path) == Verified(0)

    path.write_bytes(path.read_bytes().replace(b"document.kept", b"document.left", 1))

    assert verify(path) == Verified(3, ["journal entry 2"])


def test_a_journal_that_shrank_since_an_earlier_export_is_named(home: Path, tmp_path: Path) -> None:
    earlier = export(home, tmp_path / "earlier.jsonl")
    vault_of_yesterday = tmp_path / "yesterday.jsonl"
    lines = earlier.read_bytes().splitlines(keepends=True)
    first = json.loads(lines[0])
    head = f'{{"head":{{"hash":"{first["hash"]}","seq":1}}}}\n'.encode()
    vault_of_yesterday.write_bytes(lines[0] + head)

    assert verify(vault_of_yesterday) == Verified(0)
    assert verify(vault_of_yesterday, "--head", str(earlier)) == Verified(3, ["journal"])
    assert verify(home, "--head", str(earlier)) == Verified(0)


def test_what_cannot_be_verified_is_an_argument_error(tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear sir")

    assert verify(other) == Verified(1)
    assert verify(tmp_path) == Verified(1)
