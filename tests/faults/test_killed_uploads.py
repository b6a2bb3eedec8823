"""201 means kept: an upload that is killed at any system call is either acknowledged and there, or repeatable."""

import hashlib

import pytest
from sqlalchemy import select

from tests.faults.killing import Uploader
from vault.db.entities.documents import Document
from vault.db.entities.work import Job
from vault.domain.values import Sha256
from vault.journal.table import entries
from vault.services.vault import Vault
from vault.services.verification.vault import parts_in, verify_vault

pytestmark = pytest.mark.fault


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
    assert list(verify_vault(parts_in(embedded.settings.home))) == []
