"""Originals are locked in the store until the end of their kind's retention, and never for less than before."""

import io
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.paperwork import LICENCE
from tests.servers.seaweedfs import SeaweedFS, running_seaweedfs
from tests.shop import Shop
from vault.db.entities.documents import Document
from vault.domain.papers import PaperKind
from vault.domain.values import Sha256
from vault.services.documents import intake
from vault.services.documents.paper_kinds import choose_kind
from vault.services.jobs import jobs, scrub
from vault.services.jobs.work import perform
from vault.store.layout import BLOBS, name_of
from vault.store.s3 import S3Store, make_client
from vault.store.settings import S3Settings


@pytest.fixture(scope="module")
def seaweedfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedFS]:
    with running_seaweedfs(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def locking(seaweedfs: SeaweedFS, tmp_path: Path) -> S3Settings:
    """A bucket of the test's own that locks what is put for one day."""
    settings = S3Settings(
        endpoint=seaweedfs.endpoint,
        bucket=f"test-{secrets.token_hex(6)}",
        access_key=seaweedfs.access_key,
        secret_key=seaweedfs.secret_key,
        secure=False,
        spool=tmp_path / "spool",
        lock_days=1,
    )
    S3Store(settings).probe()
    return settings


@pytest.fixture
def locked_shop(shop: Shop, locking: S3Settings, clock: Clock) -> Shop:
    """The bucket counts by the real clock, so the shop does too."""
    clock.now = datetime.now(UTC)
    return replace(shop, vault=replace(shop.vault, store=S3Store(locking)))


def locked_until(shop: Shop, locking: S3Settings, document_id: str) -> datetime:
    key = f"{BLOBS}/{name_of(Sha256(shop.document(document_id).sha256))}"
    lock = make_client(locking).get_object_retention(locking.bucket, key)
    assert lock
    return lock.retain_until_date


def keep(shop: Shop, kind: PaperKind | None = None) -> str:
    return intake.keep(shop.vault, shop.actor, shop.account_id, io.BytesIO(LICENCE), "x.pdf", kind=kind).document_id


def end_of(years: int) -> datetime:
    return datetime(datetime.now(UTC).year + years + 1, 1, 1, tzinfo=UTC)


def test_an_upload_is_locked_for_the_retention_of_its_kind(locked_shop: Shop, locking: S3Settings) -> None:
    years = locked_shop.vault.rules.papers[PaperKind.SUPPLIER_INVOICE].keep_years
    assert locked_until(locked_shop, locking, keep(locked_shop)) == end_of(years)


def test_a_kind_that_is_kept_longer_extends_the_lock_and_one_that_is_kept_shorter_does_not(
    locked_shop: Shop, locking: S3Settings
) -> None:
    document_id = keep(locked_shop, PaperKind.IDENTITY_PAPER)
    assert locked_until(locked_shop, locking, document_id) == end_of(1)
    choose_kind(locked_shop.vault, locked_shop.actor, document_id, PaperKind.CORRESPONDENCE)
    assert locked_until(locked_shop, locking, document_id) == end_of(6)
    choose_kind(locked_shop.vault, locked_shop.actor, document_id, PaperKind.IDENTITY_PAPER)
    assert locked_until(locked_shop, locking, document_id) == end_of(6)


def test_the_scrub_extends_what_was_locked_before_its_kind_was_known(locked_shop: Shop, locking: S3Settings) -> None:
    document_id = keep(locked_shop, PaperKind.IDENTITY_PAPER)
    with locked_shop.vault.database.transaction() as session:
        session.get_one(Document, document_id).paper_kind = PaperKind.LICENCE_CONTRACT
        job = jobs.add(session, locked_shop.vault, jobs.JobKind.SCRUB, scrub.SUBJECT)
    locked_shop.vault.store.put(io.BytesIO(LICENCE), limit=10**9)
    assert perform(locked_shop.vault, job.id)
    assert locked_until(locked_shop, locking, document_id) == end_of(10)


def test_a_lock_that_is_longer_than_any_retention_stays(shop: Shop, locking: S3Settings, clock: Clock) -> None:
    clock.now = datetime.now(UTC)
    longer = replace(locking, lock_days=20 * 365)
    document_id = keep(replace(shop, vault=replace(shop.vault, store=S3Store(longer))))
    assert locked_until(shop, locking, document_id) > datetime.now(UTC) + timedelta(days=20 * 365 - 1)


def test_in_a_folder_nothing_is_locked_and_nothing_is_lost(shop: Shop) -> None:
    document_id = keep(shop, PaperKind.LICENCE_CONTRACT)
    choose_kind(shop.vault, shop.actor, document_id, PaperKind.CORRESPONDENCE)
    assert shop.vault.store.verify(Sha256(shop.document(document_id).sha256)) == len(LICENCE)
