"""The object store that the settings name."""

from vault.config import Settings
from vault.domain.errors import Misconfigured
from vault.domain.message import N_
from vault.store.protocol import ObjectStore


def make_store(settings: Settings) -> ObjectStore:
    """A filesystem store below VAULT_HOME, or an S3 store. Raises Misconfigured for anything else."""
    if settings.store == "filesystem":
        from vault.store.filesystem import FilesystemStore

        return FilesystemStore(settings.home / "store")
    if settings.store == "s3":
        from vault.store.s3 import S3Settings, S3Store

        return S3Store(
            S3Settings(
                endpoint=settings.s3_endpoint,
                bucket=settings.s3_bucket,
                prefix=settings.s3_prefix,
                region=settings.s3_region,
                access_key=settings.s3_access_key,
                secret_key=settings.s3_secret_key,
                secure=settings.s3_secure,
                lock_days=settings.s3_lock_days,
            )
        )
    raise Misconfigured(N_("VAULT_STORE must be “filesystem” or “s3”, not “%(value)s”."), value=settings.store)
