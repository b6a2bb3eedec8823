"""Both stores, for the tests that both have to pass."""

import io
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.seaweedfs import SeaweedFS, running_seaweedfs
from vault.domain.values import Sha256
from vault.store.filesystem import FilesystemStore
from vault.store.layout import BLOBS, name_of
from vault.store.protocol import ObjectStore
from vault.store.s3 import S3Store, make_client
from vault.store.settings import S3Settings


@dataclass(frozen=True, slots=True)
class StoreUnderTest:
    """`overwrite` puts other bytes in the place of an object, behind the store's back."""

    store: ObjectStore
    overwrite: Callable[[Sha256, bytes], None]


@pytest.fixture(scope="session")
def seaweedfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedFS]:
    with running_seaweedfs(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def s3_settings(seaweedfs: SeaweedFS, tmp_path: Path) -> S3Settings:
    """A bucket of the test's own, which does not exist yet."""
    return S3Settings(
        endpoint=seaweedfs.endpoint,
        bucket=f"test-{secrets.token_hex(6)}",
        access_key=seaweedfs.access_key,
        secret_key=seaweedfs.secret_key,
        secure=False,
        prefix="vault/",
        spool=tmp_path / "spool",
        read_seconds=5,
    )


@pytest.fixture(params=["filesystem", "s3"])
def under_test(request: pytest.FixtureRequest, tmp_path: Path) -> StoreUnderTest:
    is_s3 = request.param == "s3"
    found = _s3(request.getfixturevalue("s3_settings")) if is_s3 else _filesystem(tmp_path / "store")
    found.store.probe()
    return found


@pytest.fixture
def store(under_test: StoreUnderTest) -> ObjectStore:
    return under_test.store


def _filesystem(folder: Path) -> StoreUnderTest:
    def overwrite(sha256: Sha256, content: bytes) -> None:
        path = folder / BLOBS / name_of(sha256)
        path.unlink()
        path.write_bytes(content)

    return StoreUnderTest(FilesystemStore(folder), overwrite)


def _s3(settings: S3Settings) -> StoreUnderTest:
    def overwrite(sha256: Sha256, content: bytes) -> None:
        key = f"{settings.prefix}{BLOBS}/{name_of(sha256)}"
        make_client(settings).put_object(settings.bucket, key, io.BytesIO(content), len(content))

    return StoreUnderTest(S3Store(settings), overwrite)
