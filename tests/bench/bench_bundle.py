"""How long the bundle of an audit takes and how much memory, against `zip -0` of the same files.

    python -m tests.bench.bench_bundle [--invoices 1000] [--gigabytes 10] [--scans 0.05]

Two audits of one seller account, each in a vault on SQLite and files: one with many invoices that were read and judged, a
share of them scans; one with few very heavy scans (A4 at 600 dpi with grain, about 100 MB each). Measured is the job alone
that makes the bundle: copies, combined PDF, archive, and keeping it. Nothing is left behind.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from tests.bench.heavy_scans import heavy_scans
from tests.bench.measured import measured
from tests.first_use import import_catalogue, make_owner, open_account
from tests.invoices.compose import make_buyer, make_invoice
from tests.invoices.degrade import RECIPES, as_scan
from tests.invoices.render import Layout, render
from tests.servers.schema import create_schema
from tests.servers.valkey import running_valkey
from tests.shop import CATALOGUE, Shop
from vault.config import Settings
from vault.db.entities.audits import Audit, AuditBundleFile, AuditEvidence
from vault.db.entities.documents import Document
from vault.db.entities.work import Job
from vault.domain.audits import AuditKind
from vault.domain.ids import new_id
from vault.domain.papers import PaperKind
from vault.services.audits import audits
from vault.services.audits.confirming import Confirmed, confirm
from vault.services.bundles.bundles import ask_for_bundle
from vault.services.bundles.options import BundleOptions
from vault.services.days import today
from vault.services.documents import intake
from vault.services.jobs.jobs import JobKind
from vault.services.jobs.work import perform
from vault.services.vault import open_vault

ASINS = tuple(product.asin for product in CATALOGUE[:10])
_LAYOUTS = tuple(Layout)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--invoices", type=int, default=100, help="0 leaves this measurement out")
    parser.add_argument("--gigabytes", type=float, default=1, help="0 leaves this measurement out")
    parser.add_argument("--scans", type=float, default=0.05, help="the share of the invoices that are scans")
    given = parser.parse_args()
    with running_valkey() as valkey:
        if given.invoices:
            _measure(valkey.url, f"{given.invoices:,} invoices", invoices=given.invoices, scans=given.scans)
        if given.gigabytes:
            _measure(valkey.url, f"{given.gigabytes:g} GB of heavy scans", gigabytes=given.gigabytes)
    return 0


def _measure(queue: str, what: str, invoices: int = 0, scans: float = 0, gigabytes: float = 0) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-bundle-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        settings = Settings(home=home, database_url=f"sqlite:///{folder}/vault.db", queue_url=queue)
        create_schema(settings.database)
        vault = open_vault(settings)
        try:
            actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
            shop = Shop(vault, actor, account_id)
            import_catalogue(vault, actor, account_id, CATALOGUE)
            shop.work()
            began = time.perf_counter()
            kept = _keep_invoices(shop, invoices, scans) if invoices else _keep_scans(shop, Path(folder), gigabytes)
            audit = _audit_with(shop, kept, "invoices" if invoices else "payment")
            print(f"{what}: furnished in {time.perf_counter() - began:.0f} s", flush=True)
            archive = _make(shop, audit)
            _compare(archive, Path(folder) / "unpacked")
        finally:
            vault.close()


def _keep_invoices(shop: Shop, count: int, scans: float) -> list[str]:
    """Ids of the documents, read and judged."""
    day, buyer, ids = today(shop.vault), make_buyer(1, "fr"), []
    for seed in range(count):
        product = CATALOGUE[seed % len(ASINS)]
        invoice = make_invoice(seed, "fr", line_count=1, products=[product], buyer=buyer)
        invoice = replace(invoice, issue_date=day - timedelta(days=1 + seed % 300), due_date=None)
        pdf = render(invoice, _LAYOUTS[seed % len(_LAYOUTS)])
        if seed < count * scans:
            pdf = as_scan(pdf, RECIPES["scan"], seed)
        ids.append(shop.keep(pdf, f"invoice-{seed:04d}.pdf").document_id)
    shop.work()
    return ids


def _keep_scans(shop: Shop, folder: Path, gigabytes: float) -> list[str]:
    """Ids of the documents. Nobody reads them: that is not what is measured."""
    ids = []
    for path in heavy_scans(folder, gigabytes):
        with path.open("rb") as stream:
            kind = PaperKind.PROOF_OF_PAYMENT
            kept = intake.keep(shop.vault, shop.actor, shop.account_id, stream, path.name, kind=kind)
        path.unlink()
        ids.append(kept.document_id)
    return ids


def _audit_with(shop: Shop, document_ids: Iterable[str], part: str) -> Audit:
    """An audit into which a person has put these documents."""
    audit = audits.open_audit(shop.vault, shop.actor, shop.account_id, "A notice")
    now, asins = shop.vault.clock(), ASINS if part == "invoices" else ASINS[:1]
    day, deadline = today(shop.vault), now + timedelta(days=9)
    said = Confirmed(kind=AuditKind.AUTHENTICITY, noticed_on=day, deadline=deadline, asins=asins)
    confirm(shop.vault, shop.actor, shop.account_id, audit.id, said)
    _perform_all(shop, JobKind.GATHER_AUDIT)
    with shop.vault.database.transaction() as session:
        for number, document_id in enumerate(document_ids):
            asin = ASINS[number % len(ASINS)] if part == "invoices" else ""
            place = {"audit_id": audit.id, "part": part, "asin": asin, "document_id": document_id}
            row = AuditEvidence(id=new_id(), is_in=True, decided_at=now, decided_by=shop.actor.id, **place)
            session.add(row)
    return audit


def _perform_all(shop: Shop, kind: JobKind) -> None:
    with shop.vault.database.reading() as session:
        ids = session.scalars(select(Job.id).where(Job.kind == kind)).all()
    for job_id in ids:
        perform(shop.vault, job_id)


def _make(shop: Shop, audit: Audit) -> Path:
    """The archive, where the store keeps it."""
    bundle = ask_for_bundle(shop.vault, shop.actor, shop.account_id, audit.id, BundleOptions(today(shop.vault)))
    with measured() as found:
        _perform_all(shop, JobKind.MAKE_BUNDLE)
    with shop.vault.database.reading() as session:
        wanted = select(Document.sha256).join(AuditBundleFile, AuditBundleFile.document_id == Document.id)
        sha256 = session.scalars(wanted.where(AuditBundleFile.bundle_id == bundle.id)).one()
    archive = next(path for path in shop.vault.settings.home.rglob(f"*{sha256}*"))
    print(f"  bundle of {archive.stat().st_size / 1e6:,.0f} MB: {found}", flush=True)
    _print_sizes(archive)
    return archive


def _print_sizes(archive: Path) -> None:
    sizes: dict[str, int] = {}
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            top = "/".join(member.filename.split("/")[1:3]) if "/data/" in member.filename else "records"
            sizes[top] = sizes.get(top, 0) + member.file_size
    print("  " + ", ".join(f"{name} {size / 1e6:,.1f} MB" for name, size in sizes.items() if size > 1e5))


def _compare(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    target = folder.with_suffix(".zip")
    program = shutil.which("zip")
    with measured() as found:
        if program:
            subprocess.run([program, "-0", "-q", "-r", target, folder.name], cwd=folder.parent, check=True)
        else:
            _store(folder, target)
    print(f"  {'zip -0' if program else 'zipfile'} of what is in it: {found.seconds:.1f} s", flush=True)


def _store(folder: Path, target: Path) -> None:
    """What `zip -0` does, where that is not installed."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))


if __name__ == "__main__":
    sys.exit(main())
