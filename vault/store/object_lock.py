"""Does the bucket's object lock hold? Some services accept a lock and then delete all the same: try it."""

import io
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from minio import Minio
from minio.commonconfig import COMPLIANCE
from minio.error import S3Error
from minio.retention import Retention

from vault.domain.errors import Misconfigured
from vault.domain.message import N_

_HOLD = timedelta(minutes=2)


def retention(client: Minio, bucket: str, key: str) -> Retention | None:
    """The lock of an object, None for one that was put without. Errors of the client pass through."""
    try:
        return client.get_object_retention(bucket, key)
    except S3Error as error:
        if error.code == "ObjectLockConfigurationNotFoundError":  # so say some services, others nothing
            return None
        raise


def require(client: Minio, bucket: str, key: str) -> None:
    """Locks a small object at `key` for two minutes and tries to delete it.

    Raises Misconfigured when the service does not lock, or locks and deletes. Errors of the client pass through.
    """
    _sweep(client, bucket, key)
    until = datetime.now(UTC) + _HOLD
    try:
        written = client.put_object(bucket, key, io.BytesIO(b"probe"), 5, retention=Retention(COMPLIANCE, until))
    except S3Error as error:
        if error.code in (
            "InvalidRequest",
            "InvalidBucketState",
            "ObjectLockConfigurationNotFoundError",
            "NotImplemented",
        ):
            raise _no_lock(bucket) from error
        raise
    if not written.version_id:
        raise _no_lock(bucket)
    with suppress(S3Error):  # refused, as it should be
        client.remove_object(bucket, key, version_id=written.version_id)
    try:
        client.stat_object(bucket, key, version_id=written.version_id)
    except S3Error as error:
        raise _no_lock(bucket) from error


def _sweep(client: Minio, bucket: str, key: str) -> None:
    """Removes the probes of earlier starts whose time is over; the others stay, that is the point of a lock."""
    for found in client.list_objects(bucket, key, include_version=True):
        if found.object_name == key:
            with suppress(S3Error):
                client.remove_object(bucket, key, version_id=found.version_id)


def _no_lock(bucket: str) -> Misconfigured:
    return Misconfigured(
        N_(
            "VAULT_S3_LOCK_DAYS asks for an object lock, but the bucket %(bucket)s does not hold one. "
            "Make the bucket with object lock enabled, or set VAULT_S3_LOCK_DAYS to 0."
        ),
        bucket=bucket,
    )
