"""A big drop through the running service: every file accounted for, none lost, and how long that takes.

    python -m tests.bench.bench_service_drop [--files 500] [--workers 2] [--senders 4]

The embedded set-up (SQLite, files, Valkey) as processes; digital invoices of one or two lines, sent over HTTP as the
upload page sends them. Exits with 1 when a file is lost, altered, or left without an answer.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import select

from tests.first_use import Owner, import_catalogue, make_owner, open_account
from tests.invoices.catalogue import make_catalogue
from tests.invoices.compose import make_buyer, make_invoice
from tests.invoices.render import Layout, render
from tests.servers.schema import create_schema
from tests.servers.service import Service, free_port, running_service
from tests.servers.valkey import running_valkey
from tests.servers.visitor import Drop, Visitor
from vault.config import Settings
from vault.db.entities.documents import Document
from vault.domain.values import Sha256
from vault.services.vault import Vault, open_vault

PRODUCTS = make_catalogue(200)
BUYER = make_buyer(1, "fr")
LOCALES = ("fr", "it", "de")
PATIENCE_SECONDS = 1800


def make_files(count: int) -> list[tuple[str, bytes]]:
    """Different invoices in three languages and four layouts."""
    layouts = (Layout.LETTERHEAD, Layout.SIDEBAR, Layout.DENSE, Layout.SIMPLE)
    invoices = (
        make_invoice(seed, LOCALES[seed % 3], products=PRODUCTS, buyer=BUYER, line_count=1 + seed % 2)
        for seed in range(count)
    )
    return [(f"{place:04d}.pdf", render(made, layouts[place % 4])) for place, made in enumerate(invoices)]


def send_all(drop: Drop, files: Sequence[tuple[str, bytes]], senders: int) -> None:
    """Several requests at a time, as a browser does it."""

    def send(place: int) -> None:
        filename, content = files[place]
        drop.send_one(filename, content, client_key=str(place))

    with ThreadPoolExecutor(senders) as pool:
        list(pool.map(send, range(len(files))))


def kept_checksums(service: Service) -> Counter[str]:
    """The checksums of the stored originals, computed again from the bytes that the store gives back."""
    vault = open_vault(service.settings)
    try:
        with vault.database.reading() as session:
            found = session.scalars(select(Document.sha256)).all()
        return Counter(_checksum(vault, sha256) for sha256 in found)
    finally:
        vault.close()


def _checksum(vault: Vault, sha256: str) -> str:
    with vault.store.open(Sha256(sha256)) as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def set_up(settings: Settings) -> tuple[Owner, str]:
    create_schema(settings.database)
    vault = open_vault(settings)
    try:
        owner = make_owner(vault)
        actor, account_id = open_account(vault, owner, BUYER)
        import_catalogue(vault, actor, account_id, PRODUCTS)
        return owner, account_id
    finally:
        vault.close()


def measure(service: Service, owner: Owner, account_id: str, files: Sequence[tuple[str, bytes]], senders: int) -> bool:
    """Prints the figures; returns whether everything is accounted for."""
    visitor = Visitor(service.url)
    visitor.sign_in(owner)
    drop = visitor.open_drop(account_id, len(files))
    began = time.monotonic()
    send_all(drop, files, senders)
    acknowledged = time.monotonic() - began
    rows = drop.settled(PATIENCE_SECONDS)
    judged = time.monotonic() - began

    sent = Counter(hashlib.sha256(content).hexdigest() for _, content in files)
    lost = sent - kept_checksums(service)
    marks = Counter(str(row["mark"]) for row in rows)
    say(f"{len(files)} files: acknowledged after {acknowledged:.1f} s ({len(files) / acknowledged:.1f}/s), ")
    say(f"judged after {judged:.1f} s ({len(files) / judged:.1f}/s)\n")
    say(f"accounted for: {len(rows)} of {len(files)}; lost or altered: {lost.total()}; outcomes: {dict(marks)}\n")
    return len(rows) == len(files) and not lost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--senders", type=int, default=4)
    wanted = parser.parse_args()
    files = make_files(wanted.files)
    with tempfile.TemporaryDirectory(prefix="sellervault-drop-") as folder, running_valkey() as valkey:
        settings = Settings(home=Path(folder) / "home", queue_url=valkey.url, port=free_port())
        settings.home.mkdir()
        owner, account_id = set_up(settings)
        with running_service(settings, Path(folder), wanted.workers) as service:
            return 0 if measure(service, owner, account_id, files, wanted.senders) else 1


def say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
