"""Taking documents in: kept once, byte for byte, and acknowledged only then."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.shop import Shop
from vault.db.entities.documents import Blob, Document, UploadItemState
from vault.db.entities.work import Job
from vault.domain.errors import Forbidden, NotFound, Refused
from vault.domain.roles import Role
from vault.domain.values import Sha256
from vault.services.access import Actor
from vault.services.documents import intake
from vault.services.documents.batches import BatchProgress, Stage, batch_progress
from vault.services.jobs import jobs

PDF = b"%PDF-1.7\nsomething that a reader will look at later\n%%EOF\n"


def progress(shop: Shop, batch_id: str) -> BatchProgress:
    return batch_progress(shop.vault, shop.actor, batch_id)


def test_what_was_kept_comes_back_byte_for_byte(shop: Shop) -> None:
    kept = shop.keep(PDF)
    document = shop.document(kept.document_id)
    with shop.vault.store.open(Sha256(document.sha256)) as stream:
        assert stream.read() == PDF
    assert (document.size, document.media_type, document.filename) == (len(PDF), "application/pdf", "invoice.pdf")


def test_keeping_a_document_stands_in_the_journal(shop: Shop) -> None:
    kept = shop.keep(PDF)
    assert ("document.kept", kept.document_id) in shop.journal()


def test_the_same_bytes_again_are_linked_to_the_first_and_kept_once(shop: Shop) -> None:
    first = shop.keep(PDF, "first.pdf")
    queued = shop.count(Job)
    second = shop.keep(PDF, "second.pdf")
    assert second.state is UploadItemState.DUPLICATE
    assert (second.document_id, second.duplicate_of) == (first.document_id, "first.pdf")
    assert shop.count(Document) == 1
    assert shop.count(Job) == queued


def test_the_same_bytes_in_ten_threads_become_one_document(shop: Shop) -> None:
    with ThreadPoolExecutor(10) as threads:
        kept = list(threads.map(lambda number: shop.keep(PDF, f"{number}.pdf"), range(10)))
    assert len({one.document_id for one in kept}) == 1
    assert [one.state for one in kept].count(UploadItemState.KEPT) == 1
    assert shop.count(Document) == 1


def test_another_seller_account_keeps_the_same_bytes_as_its_own_document(shop: Shop) -> None:
    mine = shop.keep(PDF)
    owner = make_owner(shop.vault, "Bo Lindt", "bo@lindt.example")
    actor, account_id = open_account(shop.vault, owner, make_buyer(2, "de"), "DE")
    theirs = intake.keep(shop.vault, actor, account_id, io.BytesIO(PDF), "invoice.pdf")
    assert theirs.state is UploadItemState.KEPT
    assert theirs.document_id != mine.document_id
    assert shop.count(Document) == 2


def test_sending_a_file_of_a_batch_again_gives_the_same_answer(shop: Shop) -> None:
    batch = intake.open_batch(shop.vault, shop.actor, shop.account_id, 1)
    first = shop.keep(PDF, batch_id=batch.id, key="file 1")
    again = shop.keep(PDF, batch_id=batch.id, key="file 1")
    assert again == first
    assert len(progress(shop, batch.id).items) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<html><body>%PDF</body></html>", "unsupported_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unsupported_type"),
        (b"MZ\x90\x00 a program", "unsupported_type"),
    ],
)
def test_what_the_vault_cannot_read_is_refused_with_the_reason(shop: Shop, content: bytes, reason: str) -> None:
    batch = intake.open_batch(shop.vault, shop.actor, shop.account_id, 1)
    blobs = shop.count(Blob)
    with pytest.raises(Refused) as refusal:
        shop.keep(content, batch_id=batch.id, key="1")
    assert refusal.value.reason == reason
    item = progress(shop, batch.id).items[0]
    assert (item.stage, item.reason) == (Stage.REFUSED, reason)
    assert str(item.message) == str(refusal.value)
    assert shop.count(Blob) == blobs


def test_a_file_beyond_the_limit_is_refused_while_it_streams(shop: Shop) -> None:
    class Endless:
        """A sender that never stops."""

        given = 0

        def read(self, size: int = -1, /) -> bytes:
            assert self.given < 10 * shop.vault.settings.max_upload, "it was read on and on"
            chunk = b"%PDF-" + b"x" * (max(size, 1 << 20) - 5)
            self.given += len(chunk)
            return chunk

    with pytest.raises(Refused) as refusal:
        intake.keep(shop.vault, shop.actor, shop.account_id, Endless(), "endless.pdf")
    assert refusal.value.reason == "too_large"
    assert shop.count(Document) == 0


def test_a_refused_file_can_be_sent_again_under_its_key(shop: Shop) -> None:
    batch = intake.open_batch(shop.vault, shop.actor, shop.account_id, 1)
    with pytest.raises(Refused):
        shop.keep(b"", batch_id=batch.id, key="1")
    assert shop.keep(PDF, batch_id=batch.id, key="1").state is UploadItemState.KEPT
    assert [item.stage for item in progress(shop, batch.id).items] == [Stage.KEPT]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\nb.pdf", "nul\0l.pdf", "é" * 700, "\ud800.pdf", "C:\\temp\\x.pdf", "", "..\r\n"]
)
def test_any_file_name_is_kept_as_a_harmless_label(shop: Shop, name: str) -> None:
    kept = shop.keep(PDF, name)
    filename = shop.document(kept.document_id).filename
    assert 0 < len(filename) <= 500
    assert not set("/\\\n\r\0") & set(filename)


def test_a_batch_tells_what_became_of_each_file(shop: Shop) -> None:
    batch = intake.open_batch(shop.vault, shop.actor, shop.account_id, 3)
    shop.keep(PDF, "a.pdf", batch.id, "1")
    shop.keep(PDF, "b.pdf", batch.id, "2")
    assert not progress(shop, batch.id).is_settled
    with pytest.raises(Refused):
        shop.keep(b"no", "c.txt", batch.id, "3")
    stages = {item.filename: (item.stage, item.is_duplicate) for item in progress(shop, batch.id).items}
    assert stages == {"a.pdf": (Stage.KEPT, False), "b.pdf": (Stage.KEPT, True), "c.txt": (Stage.REFUSED, False)}
    shop.work()
    settled = progress(shop, batch.id)
    assert settled.is_settled
    assert [item.stage for item in settled.items] == [Stage.UNREADABLE, Stage.UNREADABLE, Stage.REFUSED]
    assert settled.items[0].verdict == "unknown"


def test_a_batch_tells_which_page_is_being_read(shop: Shop) -> None:
    batch = intake.open_batch(shop.vault, shop.actor, shop.account_id, 1)
    shop.keep(PDF, "a.pdf", batch.id, "1")
    lease = jobs.claim(shop.vault, shop.due_jobs()[0])
    assert lease
    jobs.extend(shop.vault, lease, {"page": 3, "pages": 10})
    (item,) = progress(shop, batch.id).items
    assert (item.stage, item.page, item.pages) == (Stage.READING, 3, 10)


def test_files_without_a_key_are_files_of_their_own(shop: Shop) -> None:
    batch = intake.open_batch(shop.vault, shop.actor, shop.account_id, 2)
    first = shop.keep(PDF, "a.pdf", batch.id)
    second = shop.keep(PDF + b"another", "b.pdf", batch.id)
    assert first.document_id != second.document_id
    assert len(progress(shop, batch.id).items) == 2


def test_only_those_who_may_upload_can(shop: Shop) -> None:
    stranger, auditor = Actor("x", "X"), Actor("y", "Y", {shop.account_id: Role.AUDITOR})
    batch = intake.open_batch(shop.vault, shop.actor, shop.account_id, 1)
    with pytest.raises(NotFound):
        intake.keep(shop.vault, stranger, shop.account_id, io.BytesIO(PDF), "a.pdf")
    with pytest.raises(Forbidden):
        intake.keep(shop.vault, auditor, shop.account_id, io.BytesIO(PDF), "a.pdf")
    with pytest.raises(NotFound):
        batch_progress(shop.vault, stranger, batch.id)
    assert shop.count(Document) == 0


def test_a_file_cannot_be_put_into_a_batch_of_another_account(shop: Shop) -> None:
    batch = intake.open_batch(shop.vault, shop.actor, shop.account_id, 1)
    other = Actor("z", "Z", {"another account": Role.OWNER})
    with pytest.raises(NotFound):
        intake.keep(shop.vault, other, "another account", io.BytesIO(PDF), "a.pdf", batch.id, "1")
