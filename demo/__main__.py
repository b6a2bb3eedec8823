"""`make demo`: the service on a throwaway folder, filled by its own pipeline while you watch."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import urllib3

from demo.audits import demand
from demo.business import furnish
from demo.papers import BUYER, make_papers
from demo.reports import Past, first_day
from demo.sales import sell
from tests.clock import Clock
from tests.first_use import Owner, drop, import_catalogue, make_owner, open_account
from tests.invoices.catalogue import Product, make_catalogue
from tests.servers.waiting import wait_until
from vault.config import Settings
from vault.db.migrate import migrate
from vault.services.access import Actor
from vault.services.vault import Vault, open_vault, utc_now

CATALOGUE_SIZE = 80


@dataclass(frozen=True, slots=True)
class Demo:
    """A vault with an owner, two seller accounts, their registers and a catalogue, and no documents yet.

    `account_id` is the one that the papers are for.
    """

    vault: Vault
    owner: Owner
    actor: Actor
    account_id: str


@contextmanager
def prepared(home: Path, port: int) -> Iterator[Demo]:
    """Sets the vault up below `home`, the way the set-up pages do it, and lets it be in use for three months."""
    settings, catalogue = Settings(home=home, port=port), make_catalogue(CATALOGUE_SIZE)
    owner, actor, account_id = _lived(settings, catalogue)
    vault = open_vault(settings)
    try:
        sell(vault, actor, account_id, catalogue)
        demand(vault, actor, account_id, catalogue)
        yield Demo(vault, owner, furnish(vault, owner, account_id), account_id)
    finally:
        vault.close()


def _lived(settings: Settings, catalogue: tuple[Product, ...]) -> tuple[Owner, Actor, str]:
    today = utc_now().date()
    clock = Clock(first_day(today))
    vault = open_vault(settings, clock)
    try:
        migrate(vault.database.engine)
        owner = make_owner(vault)
        actor, account_id = open_account(vault, owner, BUYER)
        import_catalogue(vault, actor, account_id, catalogue)
        Past(vault, clock, actor, account_id, catalogue).live(today)
        return owner, actor, account_id
    finally:
        vault.close()


@contextmanager
def running(demo: Demo, output: int | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """The service itself under its own supervisor, until the block ends. `output`: as in Popen, default inherited."""
    settings = demo.vault.settings
    environment = {**_environment(), "VAULT_HOME": str(settings.home), "VAULT_PORT": str(settings.port)}
    command = [sys.executable, "-c", "from vault.cli.main import main; main()", "run"]
    process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        wait_until(lambda: _answers(settings, process), "the service answers", seconds=60)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def fill(demo: Demo) -> str:
    """Drops the demonstration's papers. Returns the address of the drop's page."""
    vault = demo.vault
    papers = make_papers(make_catalogue(CATALOGUE_SIZE), vault.clock().date())
    files = [(paper.filename, paper.content) for paper in papers]
    batch_id = drop(vault, demo.actor, demo.account_id, files, len(files))
    return f"{vault.settings.address}/a/{demo.account_id}/uploads/{batch_id}"


def free_port(wanted: int) -> int:
    """`wanted` when nobody listens there, else one that is free."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on 127.0.0.1")


def main() -> None:
    home = Path(tempfile.mkdtemp(prefix="sellervault-demo-"))
    try:
        with prepared(home, free_port(Settings().port)) as demo, running(demo) as service:
            _say(demo)
            address = fill(demo)
            print(f"\n  The invoices are dropped; watch them being judged: {address}\n", flush=True)  # noqa: T201
            service.wait()
    except KeyboardInterrupt:
        pass
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _say(demo: Demo) -> None:
    owner = demo.owner
    lines = (
        f"Seller Vault, a demonstration: {demo.vault.settings.address}",
        f"E-mail:    {owner.email}",
        f"Password:  {owner.password}",
        "When it asks for a code, type one of these; each works once:",
        *(f"           {code}" for code in owner.recovery_codes[:5]),
        f"(or add the secret {owner.secret} to an authenticator app)",
        "Ctrl-C stops it and deletes everything.",
    )
    print("\n" + "\n".join(f"  {line}" for line in lines) + "\n", flush=True)  # noqa: T201


def _answers(settings: Settings, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "the service did not start; what it said stands above"
    try:
        return urllib3.request("GET", f"{settings.address}/health", timeout=2, retries=False).status == 200
    except urllib3.exceptions.HTTPError:
        return False


def _environment() -> Mapping[str, str]:
    """Ours, without settings that belong to another installation."""
    return {name: value for name, value in os.environ.items() if not name.startswith("VAULT_")}


if __name__ == "__main__":
    main()
