"""An upload while the disk or the database fails is never called kept, and the next one needs no help."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text

from tests.faults.killing import Uploader
from tests.shop import open_shop
from vault.db import session as db_session
from vault.db.entities.documents import Document
from vault.db.session import Database
from vault.domain.errors import Unavailable
from vault.services.vault import Vault, open_vault
from vault.services.verification.vault import parts_in, verify_vault

pytestmark = pytest.mark.fault


def documents(vault: Vault) -> int:
    with vault.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Document)) or 0


@pytest.mark.parametrize(
    "trouble",
    [
        "fsync:error=EIO",
        "fsync:error=ENOSPC",
        "fdatasync:error=EIO",
        "link:error=EROFS",
        "link:error=ENOSPC",
        "pwrite64:error=ENOSPC",
        "pwrite64:error=EIO",
        "ftruncate,fallocate:error=ENOSPC",
    ],
)
def test_a_failing_disk_is_never_called_kept(embedded: Vault, uploader: Uploader, trouble: str) -> None:
    assert uploader.upload("before")
    acknowledged = uploader.upload_troubled("troubled", trouble)
    assert documents(embedded) == 1 + bool(acknowledged)
    assert uploader.upload("troubled")
    assert documents(embedded) == 2
    assert list(verify_vault(parts_in(embedded.settings.home))) == []


def test_a_locked_database_is_a_clear_answer_in_time(embedded: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_session, "LOCK_SECONDS", 1)
    vault = open_vault(embedded.settings)
    shop = open_shop(vault, with_catalogue=False)
    with embedded.database.engine.connect() as holder:
        holder.execute(text("UPDATE journal_head SET seq = seq"))
        with pytest.raises(Unavailable):
            shop.keep(b"%PDF-1.7 while locked")
        holder.rollback()
    assert shop.count(Document) == 0
    assert shop.keep(b"%PDF-1.7 while locked").document_id
    vault.close()


def test_a_database_that_is_away_is_a_clear_answer(embedded: Vault) -> None:
    shop = open_shop(embedded, with_catalogue=False)
    away = replace(shop, vault=replace(embedded, database=Database("postgresql://nobody@127.0.0.1:1/nothing")))
    with pytest.raises(Unavailable):
        away.keep(b"%PDF-1.7 while away")
    assert shop.keep(b"%PDF-1.7 while away").document_id
    assert shop.count(Document) == 1
