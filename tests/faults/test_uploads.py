"""An upload that is told "kept" is kept, whatever happens before, after and in the middle of it."""

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from tests.shop import Shop, open_shop
from vault.config import Settings
from vault.db import session as db_session
from vault.db.entities.documents import Blob, Document
from vault.db.entities.work import Job
from vault.domain.errors import Unavailable
from vault.domain.values import Sha256
from vault.journal.reader import read_entries, read_head
from vault.journal.verifier import verify_chain
from vault.services.vault import Vault, open_vault

pytestmark = pytest.mark.fault

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).parent / "assets" / "upload.py"
# More calls of one kind than any upload makes.
_MOST = 60


@dataclass(frozen=True, slots=True)
class Attempt:
    """How an upload by another process ended. `acknowledged` is the document's id, empty when it was never told."""

    code: int
    acknowledged: str
    error: str


@dataclass(frozen=True, slots=True)
class Uploader:
    """Uploads by processes that are killed or lied to on purpose. `settings` are those of the shop's vault."""

    shop: Shop
    settings: Settings
    folder: Path

    def file(self, name: str) -> Path:
        path = self.folder / f"{name}.pdf"
        path.write_bytes(b"%PDF-1.7\n" + name.encode() * 20_000)
        return path

    def upload(self, path: Path, inject: str = "") -> Attempt:
        """`inject` is strace's, e.g. ``fsync:signal=SIGKILL:when=3``."""
        command = [sys.executable, str(SCRIPT), self.shop.account_id, str(path)]
        if inject:
            calls = inject.partition(":")[0]
            quiet = ["-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", "-e", f"inject={inject}"]
            command = ["strace", *quiet, *command]
        done = subprocess.run(command, cwd=ROOT, env=self._environment(), capture_output=True, timeout=120, check=False)
        return Attempt(done.returncode, done.stdout.decode(), done.stderr.decode())

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "VAULT_HOME": str(self.settings.home),
            "VAULT_DATABASE_URL": self.settings.database_url,
            "VAULT_QUEUE_URL": "unix:///nowhere/valkey.sock",
        }


@pytest.fixture
def uploader(vault: Vault, settings: Settings, tmp_path: Path) -> Uploader:
    folder = tmp_path / "files"
    folder.mkdir()
    return Uploader(open_shop(vault, with_catalogue=False), settings, folder)


def assert_whole(shop: Shop) -> None:
    """No half state: every row has its bytes, every document its job and its entry, the journal is unbroken."""
    vault = shop.vault
    with vault.database.reading() as session:
        for sha256 in session.scalars(select(Blob.sha256)):
            vault.store.verify(Sha256(sha256))
        documents = set(session.scalars(select(Document.id)))
        assert set(session.scalars(select(Job.subject_id))) == documents
        connection = session.connection()
        found = [*read_entries(connection), read_head(connection)]
        assert list(verify_chain(found)) == []
    assert {subject for action, subject in shop.journal() if action == "document.kept"} == documents


def documents_with(shop: Shop, path: Path) -> list[str]:
    with shop.vault.database.reading() as session:
        return list(session.scalars(select(Document.id).where(Document.filename == path.name)))


@pytest.mark.parametrize("call", ["fsync", "fdatasync", "link", "unlink", "fchmod", "openat", "sendto"])
def test_a_kill_at_any_call_loses_nothing_that_was_acknowledged(uploader: Uploader, call: str) -> None:
    shop = uploader.shop
    # Opening files happens hundreds of times before the upload begins: only some of them are tried.
    for nth in range(1, _MOST) if call != "openat" else range(1200, 20_000, 60):
        path = uploader.file(f"{call}-{nth}")
        attempt = uploader.upload(path, f"{call}:signal=SIGKILL:when={nth}")
        present = documents_with(shop, path)
        assert attempt.acknowledged in ("", *present)
        assert_whole(shop)
        again = uploader.upload(path)
        assert again.acknowledged, again.error
        assert documents_with(shop, path) == [again.acknowledged]
        assert present in ([], [again.acknowledged])
        if attempt.code == 0:
            assert attempt.acknowledged == again.acknowledged
            return
    pytest.fail(f"the upload never got past {call}")


@pytest.mark.parametrize("nth", [1, 2, 3, 5, 8, 13, 21, 34])
def test_a_kill_while_the_database_is_written_loses_nothing(uploader: Uploader, nth: int) -> None:
    path = uploader.file("one")
    attempt = uploader.upload(path, f"pwrite64:signal=SIGKILL:when={nth}")
    present = documents_with(uploader.shop, path)
    assert attempt.acknowledged in ("", *present)
    assert_whole(uploader.shop)
    again = uploader.upload(path)
    assert documents_with(uploader.shop, path) == [again.acknowledged]


@pytest.mark.parametrize("fault", ["fsync:error=EIO", "fsync:error=ENOSPC", "link:error=EROFS", "fdatasync:error=EIO"])
def test_a_disk_that_fails_is_never_called_kept(uploader: Uploader, fault: str) -> None:
    """The first try meets the fault; the next one, on a disk that works again, needs no help."""
    path = uploader.file("one")
    attempt = uploader.upload(path, f"{fault}:when=1+")
    if attempt.code == 0:  # this database never makes that call
        assert fault.startswith("fdatasync")
        return
    assert attempt.code == 3, attempt.error
    assert attempt.error in ("unavailable", "out_of_space")
    assert documents_with(uploader.shop, path) == []
    assert_whole(uploader.shop)
    assert uploader.upload(path).acknowledged


def test_a_full_disk_under_the_database_keeps_nothing_and_recovers(uploader: Uploader) -> None:
    path = uploader.file("one")
    attempt = uploader.upload(path, "pwrite64:error=ENOSPC:when=1+")
    if attempt.code != 0:  # PostgreSQL writes elsewhere
        assert (attempt.code, attempt.error) == (3, "unavailable")
        assert documents_with(uploader.shop, path) == []
    assert_whole(uploader.shop)
    assert uploader.upload(path).acknowledged


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_locked_database_is_a_clear_answer_in_time(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db_session, "LOCK_SECONDS", 1)
    vault = open_vault(settings)
    shop = open_shop(vault, with_catalogue=False)
    with vault.database.engine.begin() as holder:
        holder.execute(text("UPDATE journal_head SET seq = seq"))
        with pytest.raises(Unavailable):
            shop.keep(b"%PDF-1.7 while locked")
        holder.rollback()
    assert shop.count(Document) == 0
    assert shop.keep(b"%PDF-1.7 while locked").document_id
    vault.close()


def test_a_database_that_is_away_is_a_clear_answer(uploader: Uploader) -> None:
    away = replace(uploader.settings, database_url="postgresql://nobody@127.0.0.1:1/nothing")
    attempt = replace(uploader, settings=away).upload(uploader.file("one"))
    assert (attempt.code, attempt.error) == (3, "unavailable")
    with uploader.shop.vault.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Document)) == 0
