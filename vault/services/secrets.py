"""The installation's key, and what is derived from it: encryption and keyed fingerprints of sensitive values."""

import base64
import contextlib
import hmac
import os
import secrets as random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault.config import Settings
from vault.domain.errors import Damaged, Misconfigured
from vault.domain.message import N_

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Secrets:
    """Keys for one purpose each, derived from the one kept outside the database."""

    root: bytes = field(repr=False)

    def key(self, purpose: str) -> bytes:
        """32 bytes for `purpose`; equal purposes give equal keys."""
        return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=None, info=purpose.encode()).derive(self.root)

    def encrypt(self, text: str) -> str:
        """`text` under authenticated encryption."""
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        """Raises Damaged when `token` was altered or made with another key."""
        try:
            return self._fernet().decrypt(token.encode()).decode()
        except InvalidToken:
            raise Damaged(
                N_("A protected value cannot be opened with this key. Check VAULT_SECRET_KEY_FILE.")
            ) from None

    def fingerprint(self, kind: str, value: str) -> str:
        """A keyed fingerprint: equal values of one kind are seen to be equal, the value cannot be read back."""
        return self.fingerprinter(kind)(value)

    def fingerprinter(self, kind: str) -> Callable[[str], str]:
        """`fingerprint` of one kind, for very many values: the key is derived once."""
        key = self.key("fingerprint:" + kind)
        return lambda value: hmac.digest(key, value.encode(), "sha256").hex()

    def _fernet(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(self.key("encryption")))


def load_secrets(settings: Settings) -> Secrets:
    """The key file that the settings name (default ``VAULT_HOME/secret.key``), made on first use, readable by its owner only.

    Raises Misconfigured when the file holds no key.
    """
    path = settings.secret_key_file or settings.home / "secret.key"
    if not path.exists():
        _create(path)
    try:
        root = base64.urlsafe_b64decode(path.read_bytes().strip())
    except ValueError:
        root = b""
    if len(root) < _KEY_BYTES:
        raise Misconfigured(
            N_("%(path)s holds no key of 32 bytes in base64. Restore it from the backup."), path=str(path)
        )
    return Secrets(root)


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(base64.urlsafe_b64encode(random.token_bytes(_KEY_BYTES)))
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):  # two processes that start together agree on one key
        os.link(draft, path)
    draft.unlink()
