"""What has to be right before the service starts, each with a clear sentence where it is not."""

import errno
import fcntl
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vault.config import Settings
from vault.db.migrate import migrate
from vault.domain.errors import Conflict, Misconfigured
from vault.domain.message import N_
from vault.services.people.users import first_owner_link
from vault.services.vault import open_vault

_LONGEST_SOCKET = 107
_DIGITS = 20


def prepare(settings: Settings) -> str | None:
    """Makes the folder and the key, migrates the database, probes the store.

    Returns the one-time link to the set-up while there is no owner yet. Raises Misconfigured or Unavailable.
    """
    vault = open_vault(settings)
    try:
        migrate(vault.database.engine)
        vault.store.probe()
        return first_owner_link(vault)
    finally:
        vault.close()


def make_home(settings: Settings) -> None:
    """The folder of all data, for its owner's eyes only. Raises Misconfigured where it cannot be made."""
    run = settings.home / "run"
    if not settings.queue_url and len(os.fsencode(run.absolute() / "valkey.sock")) > _LONGEST_SOCKET:
        raise Misconfigured(
            N_("The path of %(home)s is too long for a socket. Set VAULT_HOME to a folder with a shorter path."),
            home=str(settings.home),
        )
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        run.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise Misconfigured(
            N_("The folder %(home)s cannot be used: %(reason)s. Set VAULT_HOME to a folder that you can write to."),
            home=str(settings.home),
            reason=error.strerror or type(error).__name__,
        ) from error


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Holds the vault folder for this process. Raises Conflict while another one holds it."""
    descriptor = os.open(home / "run" / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(
                N_(
                    "Seller Vault is running on %(home)s already (process %(process)s). "
                    "Stop it first, or set VAULT_HOME to another folder."
                ),
                home=str(home),
                process=os.read(descriptor, _DIGITS).decode(errors="replace") or "?",
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def require_port(host: str, port: int) -> None:
    """Raises Conflict when `port` is taken, Misconfigured when `host` is no address of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            trial.listen(1)
        except PermissionError:
            raise Misconfigured(
                N_("Port %(port)s is reserved for root. Set VAULT_PORT to one above 1023."), port=str(port)
            ) from None
        except (OSError, OverflowError) as error:
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
                raise Conflict(
                    N_("Port %(port)s is taken by another program. Stop that one, or set VAULT_PORT to a free port."),
                    port=str(port),
                ) from None
            raise Misconfigured(
                N_("Nobody can listen on %(host)s, port %(port)s. Correct VAULT_HOST and VAULT_PORT."),
                host=host,
                port=str(port),
            ) from None


def require_programs(settings: Settings) -> None:
    """Raises Misconfigured when a program that reads documents is missing."""
    if shutil.which("tesseract") is None:
        raise Misconfigured(N_("Tesseract is missing. Install the package tesseract-ocr, then start again."))
    if shutil.which("bwrap") is None and not settings.allow_unsandboxed:
        raise Misconfigured(N_("bubblewrap is missing. Install the package bubblewrap, then start again."))
