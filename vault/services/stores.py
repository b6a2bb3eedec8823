"""The object store that the settings name."""

from vault.config import Settings
from vault.domain.errors import Misconfigured
from vault.domain.message import N_
from vault.store.filesystem import FilesystemStore
from vault.store.protocol import ObjectStore
from vault.store.s3 import S3Store
from vault.store.settings import S3Settings


def make_store(settings: Settings) -> ObjectStore:
    """A filesystem store below VAULT_HOME, or an S3 store; neither is touched yet.

    Raises Misconfigured for anything else, and where a setting is missing.
    """
    if settings.store == "filesystem":
        return FilesystemStore(settings.home / "store")
    if settings.store == "s3":
        return S3Store(s3_settings(settings))
    raise Misconfigured(N_("VAULT_STORE must be “filesystem” or “s3”, not “%(value)s”."), value=settings.store)


def s3_settings(settings: Settings) -> S3Settings:
    """The part of `settings` that concerns the S3 store. Raises Misconfigured where one is missing."""
    required = {
        "VAULT_S3_ENDPOINT": settings.s3_endpoint,
        "VAULT_S3_BUCKET": settings.s3_bucket,
        "VAULT_S3_ACCESS_KEY": settings.s3_access_key,
        "VAULT_S3_SECRET_KEY": settings.s3_secret_key,
    }
    for name, value in required.items():
        if not value:
            raise Misconfigured(N_("VAULT_STORE is s3, but %(name)s is empty. Set it, then start again."), name=name)
    return S3Settings(
        endpoint=settings.s3_endpoint,
        bucket=settings.s3_bucket,
        prefix=settings.s3_prefix,
        region=settings.s3_region,
        access_key=settings.s3_access_key,
        secret_key=settings.s3_secret_key,
        secure=settings.s3_secure,
        lock_days=settings.s3_lock_days,
        spool=settings.home / "spool",
    )
