"""An S3 store under fire: a proxy between client and server that cuts, alters and stalls; locks that hold or do not."""

import io
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from minio.error import S3Error

from tests.servers.fault_proxy import FaultProxy, running_fault_proxy
from vault.domain.errors import Damaged, Misconfigured, Unavailable
from vault.store.layout import BLOBS, name_of
from vault.store.object_lock import retention
from vault.store.protocol import Stored
from vault.store.s3 import S3Store, make_client
from vault.store.settings import S3Settings

pytestmark = pytest.mark.fault

CONTENT = secrets.token_bytes(600_000)


@pytest.fixture
def proxy(s3_settings: S3Settings) -> Iterator[FaultProxy]:
    with running_fault_proxy(s3_settings.endpoint) as proxy:
        yield proxy


@pytest.fixture
def store(s3_settings: S3Settings, proxy: FaultProxy) -> S3Store:
    store = S3Store(replace(s3_settings, endpoint=proxy.endpoint, read_seconds=1, retries=1))
    store.probe()
    return store


def put(store: S3Store) -> Stored:
    return store.put(io.BytesIO(CONTENT), limit=len(CONTENT))


@pytest.mark.parametrize("count", [0, 20, 300, 65_536, 599_000])
def test_an_answer_that_is_cut_off_is_never_taken_for_the_whole(store: S3Store, proxy: FaultProxy, count: int) -> None:
    stored = put(store)

    proxy.cut_after(count)
    with pytest.raises(Unavailable), store.open(stored.sha256):
        pass

    proxy.heal()
    with store.open(stored.sha256) as stream:
        assert stream.read() == CONTENT


def test_a_bit_that_is_flipped_on_the_way_is_found(store: S3Store, proxy: FaultProxy) -> None:
    stored = put(store)

    proxy.flip_bit_after(300_000)

    with pytest.raises(Damaged), store.open(stored.sha256):
        pass


def test_an_answer_that_never_comes_is_given_up(store: S3Store, proxy: FaultProxy) -> None:
    stored = put(store)

    proxy.stall()
    with pytest.raises(Unavailable):
        store.verify(stored.sha256)
    with pytest.raises(Unavailable):
        store.put(io.BytesIO(b"another one"), limit=100)

    proxy.heal()
    assert store.verify(stored.sha256) == len(CONTENT)
    assert list(store.ids()) == [stored.sha256]


def test_an_upload_whose_answer_is_cut_off_is_not_acknowledged_and_can_be_repeated(
    store: S3Store, proxy: FaultProxy
) -> None:
    proxy.cut_after(0)
    with pytest.raises(Unavailable):
        put(store)

    proxy.heal()
    stored = put(store)
    assert store.verify(stored.sha256) == len(CONTENT)


def test_a_server_that_is_not_there_is_told(s3_settings: S3Settings) -> None:
    nowhere = S3Store(replace(s3_settings, endpoint="127.0.0.1:9", retries=0))

    with pytest.raises(Unavailable):
        put(nowhere)
    with pytest.raises(Misconfigured, match=r"127\.0\.0\.1:9"):
        nowhere.probe()


def test_wrong_keys_are_told_at_start_up(s3_settings: S3Settings) -> None:
    with pytest.raises(Misconfigured, match="keys"):
        S3Store(replace(s3_settings, secret_key="not the key")).probe()


def test_an_object_under_lock_cannot_be_deleted_by_its_own_writer(s3_settings: S3Settings) -> None:
    store = S3Store(replace(s3_settings, lock_days=1))
    store.probe()
    stored = put(store)
    client = make_client(s3_settings)
    key = f"{s3_settings.prefix}{BLOBS}/{name_of(stored.sha256)}"
    version = client.stat_object(s3_settings.bucket, key).version_id

    with pytest.raises(S3Error):
        client.remove_object(s3_settings.bucket, key, version_id=version)

    assert store.verify(stored.sha256) == len(CONTENT)


def test_a_lock_is_extended_and_never_shortened(s3_settings: S3Settings) -> None:
    store = S3Store(replace(s3_settings, lock_days=1))
    store.probe()
    stored = put(store)
    client, key = make_client(s3_settings), f"{s3_settings.prefix}{BLOBS}/{name_of(stored.sha256)}"

    def locked_until() -> datetime:
        lock = client.get_object_retention(s3_settings.bucket, key)
        assert lock
        assert lock.mode == "COMPLIANCE"
        return lock.retain_until_date

    assert locked_until() < datetime.now(UTC) + timedelta(days=2)
    later = datetime(datetime.now(UTC).year + 10, 1, 1, tzinfo=UTC)
    store.hold(stored.sha256, later)
    assert locked_until() == later
    store.hold(stored.sha256, datetime.now(UTC) + timedelta(days=2))
    assert locked_until() == later
    put(store)
    assert locked_until() == later
    version = client.stat_object(s3_settings.bucket, key).version_id
    with pytest.raises(S3Error):
        client.remove_object(s3_settings.bucket, key, version_id=version)


def test_what_was_put_without_a_lock_gets_one_as_soon_as_locks_are_asked_for(s3_settings: S3Settings) -> None:
    locking = S3Store(replace(s3_settings, lock_days=1))
    locking.probe()
    store = S3Store(s3_settings)
    stored, later = put(store), datetime(datetime.now(UTC).year + 10, 1, 1, tzinfo=UTC)
    client, key = make_client(s3_settings), f"{s3_settings.prefix}{BLOBS}/{name_of(stored.sha256)}"

    store.hold(stored.sha256, later)
    assert retention(client, s3_settings.bucket, key) is None

    locking.hold(stored.sha256, later)
    lock = retention(client, s3_settings.bucket, key)
    assert lock
    assert lock.retain_until_date == later


def test_a_bucket_that_cannot_lock_is_refused_when_a_lock_is_asked_for(s3_settings: S3Settings) -> None:
    S3Store(s3_settings).probe()

    with pytest.raises(Misconfigured, match="VAULT_S3_LOCK_DAYS"):
        S3Store(replace(s3_settings, lock_days=1)).probe()
