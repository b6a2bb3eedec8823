"""201 means kept: an upload that is killed at any system call is either acknowledged and there, or repeatable."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.faults.killing import Uploader, running_uploader
from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.servers.valkey import Valkey
from vault.config import Settings
from vault.db.entities.documents import Document
from vault.db.entities.work import Job
from vault.domain.values import Sha256
from vault.journal.table import entries
from vault.services.vault import Vault, open_vault
from vault.services.verify_vault import verify_vault

pytestmark = pytest.mark.fault


@pytest.fixture
def embedded(tmp_path: Path, sqlite_template: Path, valkey: Valkey) -> Iterator[Vault]:
    """A vault as `make run` has it: everything in one folder."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copyfile(sqlite_template, home / "vault.db")
    valkey.flush()
    vault = open_vault(Settings(home=home, queue_url=valkey.url))
    vault.store.probe()
    yield vault
    vault.close()


@pytest.fixture
def uploader(embedded: Vault, tmp_path: Path) -> Iterator[Uploader]:
    actor, account_id = open_account(embedded, make_owner(embedded), make_buyer(1, "fr"))
    with running_uploader(embedded.settings, actor.id, account_id, tmp_path / "strace.log") as uploader:
        yield uploader


def documents_of(vault: Vault, text: str) -> list[str]:
    """The documents with the bytes that `text` was uploaded as: kept, journalled and queued, or not at all."""
    sha256 = Sha256(hashlib.sha256(f"%PDF-1.7\n{text}\n%%EOF\n".encode()).hexdigest())
    with vault.database.reading() as session:
        found = list(session.scalars(select(Document.id).where(Document.sha256 == sha256.value)))
        recorded = list(session.scalars(select(entries.c.subject).where(entries.c.subject.in_(found))))
        queued = list(session.scalars(select(Job.subject_id).where(Job.subject_id.in_(found))))
    assert recorded == found
    assert queued == found
    if found:
        vault.store.verify(sha256)
    return found


def test_kill_9_at_every_system_call_of_an_upload(embedded: Vault, uploader: Uploader) -> None:
    assert uploader.upload("rehearsal")
    steps = list(uploader.steps("watched"))
    assert {"link", "fsync", "pwrite64"} <= {step.call for step in steps}

    for number, step in enumerate(steps):
        text = f"upload {number}"
        acknowledged = uploader.upload_killed(text, step)
        kept = documents_of(embedded, text)
        assert acknowledged is None or kept == [acknowledged], step
        assert len(kept) <= 1, step

        again = uploader.upload(text)
        assert documents_of(embedded, text) == [again], step
        assert not kept or kept == [again], step

    embedded.store.probe()
    assert list((embedded.settings.home / "store" / "spool").iterdir()) == []
    assert list(verify_vault(embedded.settings.home)) == []
