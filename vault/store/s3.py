"""Bytes in a bucket of any S3 service, through the minio client: ``<prefix>blobs/ab/cd/abcd…``."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

import urllib3
from minio import Minio
from minio.commonconfig import COMPLIANCE
from minio.error import MinioException, S3Error
from minio.retention import Retention
from urllib3.exceptions import HTTPError

from vault.domain.errors import Damaged, Misconfigured, OutOfSpace, Unavailable
from vault.domain.message import N_
from vault.domain.values import Sha256
from vault.store import object_lock
from vault.store.layout import BLOBS, name_of, sha256_of
from vault.store.protocol import ByteSource, Stored
from vault.store.settings import S3Settings
from vault.store.streams import CHUNK, copy_hashed, new_spool, not_here, verified, verified_size

_ABSENT = frozenset({"NoSuchKey", "NoSuchObject", "NotFound"})
_FULL = frozenset({"InsufficientStorage", "QuotaExceeded", "XMinioStorageFull", "XAmzQuotaExceeded"})
_STATUS_INSUFFICIENT_STORAGE = 507


class S3Store:
    """Keeps objects in one bucket. Nothing is sent before the first call."""

    def __init__(self, settings: S3Settings) -> None:
        self._settings = settings
        self._bucket = settings.bucket
        self._folder = f"{settings.prefix}{BLOBS}/"
        self._client = make_client(settings)

    def put(self, source: ByteSource, *, limit: int) -> Stored:
        with new_spool(self._settings.spool) as spool:
            # The name of an object is its hash: nothing can be sent before everything was read once.
            sha256, size = copy_hashed(source, spool.write, limit)
            is_new = not self._holds(sha256)
            if is_new:
                spool.seek(0)
                self._send(sha256, size, spool)
        return Stored(sha256, size, is_new)

    @contextmanager
    def open(self, sha256: Sha256) -> Iterator[BinaryIO]:
        stream = verified(self._chunks(sha256), sha256, self._settings.spool)
        with stream:
            yield stream

    def size(self, sha256: Sha256) -> int | None:
        with s3_troubles_named():
            try:
                return self._client.stat_object(self._bucket, self._key(sha256)).size
            except S3Error as error:
                if error.code in _ABSENT:
                    return None
                raise

    def ids(self, after: Sha256 | None = None) -> Iterator[Sha256]:
        start = self._key(after) if after else None
        with s3_troubles_named():
            for found in self._client.list_objects(self._bucket, self._folder, recursive=True, start_after=start):
                sha256 = sha256_of((found.object_name or "").removeprefix(self._folder))
                if sha256:
                    yield sha256

    def verify(self, sha256: Sha256) -> int:
        return verified_size(self._chunks(sha256), sha256)

    def hold(self, sha256: Sha256, until: datetime) -> None:
        """Does nothing where no lock is asked for (`S3Settings.lock_days`)."""
        if self.size(sha256) is None:
            raise not_here(sha256)
        if not self._settings.lock_days:
            return
        with s3_troubles_named():
            lock = object_lock.retention(self._client, self._bucket, self._key(sha256))
            if lock is None or lock.retain_until_date < until:
                longer = Retention(COMPLIANCE, until)
                self._client.set_object_retention(self._bucket, self._key(sha256), longer)

    def probe(self) -> None:
        """Makes the bucket if it is missing, and sees for itself that the object lock holds where one is asked for."""
        locked = self._settings.lock_days > 0
        try:
            with s3_troubles_named():
                if not self._client.bucket_exists(self._bucket):
                    self._client.make_bucket(self._bucket, self._settings.region, object_lock=locked)
                if locked:
                    object_lock.require(self._client, self._bucket, f"{self._settings.prefix}probe")
        except (Unavailable, ValueError) as error:
            raise Misconfigured(
                N_("The bucket %(bucket)s at %(endpoint)s cannot be used: %(reason)s"),
                bucket=self._bucket,
                endpoint=self._settings.endpoint,
                reason=str(error),
            ) from error

    def _key(self, sha256: Sha256) -> str:
        return self._folder + name_of(sha256)

    def _holds(self, sha256: Sha256) -> bool:
        """Whether a good copy is there already. A damaged one is not: the upload at hand takes its place."""
        if self.size(sha256) is None:
            return False
        try:
            self.verify(sha256)
        except Damaged:
            return False
        return True

    def _send(self, sha256: Sha256, size: int, spool: BinaryIO) -> None:
        days = self._settings.lock_days
        retention = Retention(COMPLIANCE, datetime.now(UTC) + timedelta(days=days)) if days else None
        with s3_troubles_named():
            self._client.put_object(self._bucket, self._key(sha256), spool, size, retention=retention)
        if self.size(sha256) != size:
            raise Unavailable(N_("The object store did not keep the whole file. Send it again."))

    def _chunks(self, sha256: Sha256) -> Iterator[bytes]:
        with s3_troubles_named():
            try:
                response = self._client.get_object(self._bucket, self._key(sha256))
            except S3Error as error:
                if error.code in _ABSENT:
                    raise not_here(sha256) from None
                raise
            try:
                _require_framing(response.headers)
                yield from response.stream(CHUNK)
            finally:
                # A connection whose answer was not read to its end cannot be used again: closed, not only given back.
                response.close()
                response.release_conn()


def _require_framing(headers: Mapping[str, str]) -> None:
    """An answer that was cut off among its headers must not be taken for an empty object."""
    if "content-length" not in headers and "transfer-encoding" not in headers:
        raise HTTPError("an answer without a length")


def make_client(settings: S3Settings) -> Minio:
    """A client on a connection pool of its own, whose every wait and number of tries is bounded."""
    pool = urllib3.PoolManager(
        maxsize=16,
        timeout=urllib3.Timeout(connect=settings.connect_seconds, read=settings.read_seconds),
        retries=urllib3.Retry(
            total=settings.retries, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504), allowed_methods=None
        ),
    )
    return Minio(
        settings.endpoint,
        access_key=settings.access_key,
        secret_key=settings.secret_key,
        secure=settings.secure,
        region=settings.region,
        http_client=pool,
    )


@contextmanager
def s3_troubles_named() -> Iterator[None]:
    """Turns what the client raises inside the block into OutOfSpace or Unavailable."""
    try:
        yield
    except S3Error as error:
        if error.code in _FULL or (error.response and error.response.status == _STATUS_INSUFFICIENT_STORAGE):
            raise OutOfSpace(
                N_("The object store is full. Nothing was kept; add space, then send the file again.")
            ) from error
        raise Unavailable(
            N_("The object store refused (%(reason)s). Check its keys and rights, then try again."),
            reason=error.code or "?",
        ) from error
    except (HTTPError, MinioException) as error:
        raise Unavailable(N_("The object store does not answer as it should. Try again in a moment.")) from error
