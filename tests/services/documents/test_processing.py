"""Reading kept documents: what a worker does with bytes that nobody can vouch for."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.invoices.einvoice import render_einvoice
from tests.invoices.render import Layout
from tests.services.assets.poisonable import POISON
from tests.shop import Shop, open_shop
from vault.db.entities.accounts import Supplier
from vault.db.entities.documents import DocumentLine, DocumentState, StoredReading
from vault.domain.errors import Conflict
from vault.domain.findings import Outcome
from vault.reading.sandbox.reader import SandboxedReader
from vault.sandbox.limits import Limits
from vault.services.documents import processing
from vault.services.documents.processing import read_document
from vault.services.jobs import jobs
from vault.services.jobs.reconciler import reconcile
from vault.services.vault import Vault
from vault.store.filesystem import FilesystemStore

ASSETS = Path(__file__).parents[1] / "assets"


@pytest.fixture
def poisonable(vault: Vault) -> Iterator[Shop]:
    """A shop whose reader dies of certain documents."""
    with SandboxedReader(Limits(seconds=30), tasks="poisonable", extra=(ASSETS,)) as reader:
        yield open_shop(replace(vault, reader=reader))


def test_a_reading_is_kept_whole_beside_its_document(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    with shop.vault.database.reading() as session:
        stored = session.scalars(select(StoredReading).where(StoredReading.document_id == document_id)).one()
        lines = session.scalars(select(DocumentLine).where(DocumentLine.document_id == document_id)).all()
    assert stored.attempt == 1
    assert len(lines) == 3
    assert all(line.candidates for line in lines)


def test_invoices_of_one_supplier_share_its_record(shop: Shop) -> None:
    first, second = shop.invoice(seed=4), shop.invoice(seed=4, line_count=2)
    ids = [shop.keep_invoice(invoice) for invoice in (first, replace(second, number="another/1"))]
    assert shop.count(Supplier) == 1
    assert len({shop.document(document_id).supplier_id for document_id in ids}) == 1


def test_a_damaged_file_is_kept_unread_and_becomes_a_task(shop: Shop) -> None:
    document_id = shop.keep(b"%PDF-1.7\nthis is no PDF at all").document_id
    shop.work()
    document = shop.document(document_id)
    assert (document.state, document.state_reason) == (DocumentState.UNREADABLE, "damaged")
    assert document.verdict == "unknown"
    assert shop.findings(document_id)["document.readable"].outcome is Outcome.UNKNOWN
    assert list(shop.tasks(document_id)) == ["document.readable"]


def test_poison_is_set_aside_after_its_attempts_while_others_go_on(poisonable: Shop, clock: Clock) -> None:
    shop = poisonable
    poison_id = shop.keep(b"%PDF-1.7\n" + POISON, "poison.pdf").document_id
    healthy_id = shop.keep(render_einvoice(shop.invoice(), Layout.SIMPLE), "healthy.pdf").document_id
    for _ in range(shop.vault.settings.job_attempts):
        shop.work()
        clock.advance(timedelta(minutes=2))
    reconcile(shop.vault)
    assert shop.document(healthy_id).state == DocumentState.JUDGED
    poisoned = shop.document(poison_id)
    assert (poisoned.state, poisoned.verdict) == (DocumentState.QUARANTINED, "unknown")
    assert list(shop.tasks(poison_id)) == ["document.readable"]
    actions = [action for action, subject in shop.journal() if subject == poison_id]
    assert actions == ["document.kept", "document.quarantined", "document.judged"]


def test_a_quarantined_document_can_be_read_again(poisonable: Shop, warm_reader: SandboxedReader, clock: Clock) -> None:
    shop = poisonable
    document_id = shop.keep(render_einvoice(shop.invoice(), Layout.SIMPLE) + POISON).document_id
    for _ in range(shop.vault.settings.job_attempts):
        shop.work()
        clock.advance(timedelta(minutes=2))
    reconcile(shop.vault)
    assert shop.document(document_id).state == DocumentState.QUARANTINED

    mended = Shop(replace(shop.vault, reader=warm_reader), shop.actor, shop.account_id)
    processing.read_again(mended.vault, mended.actor, document_id)
    with pytest.raises(Conflict):
        processing.read_again(mended.vault, mended.actor, document_id)
    mended.work()
    assert mended.document(document_id).state == DocumentState.JUDGED
    assert "document.readable" not in mended.tasks(document_id)


def test_another_reading_that_fails_leaves_the_earlier_one_standing(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    before = shop.document(document_id)
    hurried = SandboxedReader(Limits(seconds=0.001))
    with hurried:
        late = replace(shop, vault=replace(shop.vault, reader=hurried))
        processing.read_again(late.vault, late.actor, document_id)
        late.work()
    after = shop.document(document_id)
    assert (after.state, after.verdict, after.number) == (before.state, before.verdict, before.number)
    assert ("document.not_read_again", document_id) in shop.journal()


def test_a_document_read_twice_at_once_takes_effect_once(shop: Shop, clock: Clock) -> None:
    document_id = shop.keep(render_einvoice(shop.invoice(), Layout.SIMPLE)).document_id
    (job_id,) = shop.due_jobs()
    late = jobs.claim(shop.vault, job_id)
    clock.advance(timedelta(seconds=shop.vault.settings.job_lease_seconds + 1))
    fast = jobs.claim(shop.vault, job_id)
    assert late
    assert fast
    read_document(shop.vault, fast)
    before = shop.journal()
    with pytest.raises(jobs.LeaseLost):
        read_document(shop.vault, late)
    assert shop.journal() == before
    assert shop.count(StoredReading) == 1
    assert shop.document(document_id).version == 1


def test_bytes_that_are_damaged_on_the_disk_are_never_read_as_if_they_were_right(shop: Shop) -> None:
    document_id = shop.keep(render_einvoice(shop.invoice(), Layout.SIMPLE)).document_id
    sha256 = shop.document(document_id).sha256
    assert isinstance(shop.vault.store, FilesystemStore)
    path = shop.vault.settings.home / "store" / "blobs" / sha256[:2] / sha256[2:4] / sha256
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.seek(1000)
        file.write(b"\0" if file.read(1) != b"\0" else b"\1")
        os.fsync(file.fileno())
    shop.work()
    assert shop.document(document_id).state == DocumentState.UNREADABLE
    assert shop.document(document_id).state_reason == "damaged"
