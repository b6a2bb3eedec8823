"""Settings: read once from the environment, frozen, passed down. Nothing else in the code looks at the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from vault.domain.errors import Misconfigured
from vault.domain.message import N_

MEBIBYTE = 1024 * 1024


def _setting(name: str, default: Any) -> Any:
    """A dataclass field that the environment variable `name` fills."""
    return field(default=default, metadata={"variable": name})


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation is set up. Every field has a working default for the embedded service.

    Sizes are bytes, times are seconds unless the name says otherwise.
    """

    home: Path = _setting("VAULT_HOME", Path("data"))
    database_url: str = _setting("VAULT_DATABASE_URL", "")
    queue_url: str = _setting("VAULT_QUEUE_URL", "")

    store: str = _setting("VAULT_STORE", "filesystem")
    s3_endpoint: str = _setting("VAULT_S3_ENDPOINT", "")
    s3_bucket: str = _setting("VAULT_S3_BUCKET", "sellervault")
    s3_prefix: str = _setting("VAULT_S3_PREFIX", "")
    s3_region: str = _setting("VAULT_S3_REGION", "us-east-1")
    s3_access_key: str = _setting("VAULT_S3_ACCESS_KEY", "")
    s3_secret_key: str = field(default="", repr=False, metadata={"variable": "VAULT_S3_SECRET_KEY"})
    s3_secure: bool = _setting("VAULT_S3_SECURE", True)
    s3_lock_days: int = _setting("VAULT_S3_LOCK_DAYS", 0)

    host: str = _setting("VAULT_HOST", "127.0.0.1")
    port: int = _setting("VAULT_PORT", 8080)
    public_url: str = _setting("VAULT_PUBLIC_URL", "")
    trusted_proxies: int = _setting("VAULT_TRUSTED_PROXIES", 0)
    web_processes: int = _setting("VAULT_WEB_PROCESSES", 2)
    worker_processes: int = _setting("VAULT_WORKER_PROCESSES", 2)
    secret_key_file: Path | None = _setting("VAULT_SECRET_KEY_FILE", None)
    time_zone: str = _setting("VAULT_TIME_ZONE", "UTC")

    smtp_url: str = field(default="", repr=False, metadata={"variable": "VAULT_SMTP_URL"})
    smtp_password_file: Path | None = _setting("VAULT_SMTP_PASSWORD_FILE", None)
    mail_from: str = _setting("VAULT_MAIL_FROM", "")

    rules_file: Path | None = _setting("VAULT_RULES", None)
    letters_folder: Path | None = _setting("VAULT_LETTERS", None)
    max_upload: int = _setting("VAULT_MAX_UPLOAD", 100 * MEBIBYTE)
    read_seconds: int = _setting("VAULT_READ_SECONDS", 60)
    read_memory: int = _setting("VAULT_READ_MEMORY", 1024 * MEBIBYTE)
    read_pages: int = _setting("VAULT_READ_PAGES", 200)
    allow_unsandboxed: bool = _setting("VAULT_ALLOW_UNSANDBOXED", False)
    job_lease_seconds: int = _setting("VAULT_JOB_LEASE_SECONDS", 30)
    job_attempts: int = _setting("VAULT_JOB_ATTEMPTS", 3)
    webhook_attempts: int = _setting("VAULT_WEBHOOK_ATTEMPTS", 10)
    webhook_allow: str = _setting("VAULT_WEBHOOK_ALLOW", "")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Settings with every variable of `environment` that names one.

        Raises Misconfigured for a value that cannot be understood, and for an unknown ``VAULT_`` variable: a
        misspelt setting must not be silently ignored.
        """
        known = {item.metadata["variable"]: item for item in fields(cls)}
        unknown = sorted(name for name in environment if name.startswith("VAULT_") and name not in known)
        unknown = [name for name in unknown if not name.startswith("VAULT_BENCH_")]
        if unknown:
            raise Misconfigured(
                N_("Unknown setting %(name)s. Check its spelling in docs/operating.md."), name=unknown[0]
            )
        values = {
            item.name: _parse(variable, environment[variable], item.type)
            for variable, item in known.items()
            if environment.get(variable)
        }
        return cls(**values)

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'vault.db'}"

    @property
    def queue(self) -> str:
        """The address of the Valkey or Redis server that carries job identifiers."""
        return self.queue_url or f"unix://{self.home.absolute() / 'run' / 'valkey.sock'}"

    @property
    def address(self) -> str:
        """The address that people type."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def is_https(self) -> bool:
        return self.address.startswith("https://")


def _parse(variable: str, text: str, type_: Any) -> Any:
    try:
        if type_ is bool:
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[text.lower()]
        if type_ is int:
            return int(text)
        return text if type_ is str else Path(text)
    except (KeyError, ValueError):
        raise Misconfigured(
            N_("The setting %(name)s cannot be “%(value)s”. Correct it and start again."), name=variable, value=text
        ) from None
