"""Making the bundle of an audit: the job that copies, prints, binds and packs, and keeps the result as a document."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from vault.composing.binder import combine
from vault.composing.composer import Composer
from vault.db.entities.audits import Audit, AuditBundle, AuditBundleFile
from vault.domain.ids import new_id
from vault.domain.papers import PaperKind
from vault.services.bundles.bags import BagFile, bag_file, zip_bag
from vault.services.bundles.binding import book_of
from vault.services.bundles.contents import Contents, contents_of
from vault.services.bundles.copies import Copies
from vault.services.bundles.extracts import extract
from vault.services.bundles.files import copied_files, file_at, original_files
from vault.services.bundles.options import BundleOptions
from vault.services.bundles.sheets import Sheets, sales_table
from vault.services.documents.made import add_made, store_made
from vault.services.jobs import jobs
from vault.services.jobs.heartbeat import kept_alive
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.letters.letters import text_for_bundle
from vault.services.vault import Vault
from vault.store.protocol import Stored


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that the making needs of the database, read at one moment."""

    contents: Contents
    options: BundleOptions
    letter: str
    trail: bytes


def make_bundle(vault: Vault, lease: jobs.Lease) -> None:
    """The job. The bundle is the same, byte for byte, however often it runs. Raises LeaseLost; as the parts raise."""
    with kept_alive(vault, lease), tempfile.TemporaryDirectory(prefix="bundle-") as folder:
        with vault.database.reading() as session:
            brief = _brief(session, vault, session.get_one(AuditBundle, lease.subject_id))
        with Composer(allow_unsandboxed=vault.settings.allow_unsandboxed) as composer:
            files = _assemble(vault, composer, brief, Path(folder))
        packed = _pack(brief, files, Path(folder))
        stored = store_made(vault, packed, PaperKind.AUDIT_BUNDLE)
    with jobs.effect(vault, lease) as session:
        _keep(session, vault, lease.subject_id, stored)


def _brief(session: Session, vault: Vault, bundle: AuditBundle) -> Brief:
    audit = session.get_one(Audit, bundle.audit_id)
    contents = contents_of(session, vault, audit)
    trail = extract(session, [each.document.id for each in contents.included])
    return Brief(contents, BundleOptions.load(bundle.options), text_for_bundle(session, vault, audit), trail)


def _assemble(vault: Vault, composer: Composer, brief: Brief, folder: Path) -> list[BagFile]:
    """Every file of the bundle, those that were made lying below `folder`."""
    contents, options = brief.contents, brief.options
    copies = copied_files(vault, Copies(vault, composer, folder, contents.audit.language), contents, options)
    sheets = Sheets(composer, contents, options)
    combined = folder / "combined.pdf"
    combine(composer, book_of(contents, options, copies, sheets, brief.letter), combined)
    files = [
        bag_file("README.pdf", sheets.readme(brief.letter != "")),
        *([bag_file("letter.txt", brief.letter.encode())] if brief.letter else []),
        file_at("combined.pdf", combined),
        *(file_at(f"copies/{copy.name}", copy.path) for copy in copies),
        *(() if options.without_prices else original_files(vault, contents)),
        *(bag_file(f"sales/{each.asin}.csv", sales_table(each)) for each in contents.products if each.need),
    ]
    if contents.suppliers:
        files.append(bag_file("suppliers.pdf", sheets.suppliers()))
    return [*files, bag_file("journal.jsonl", brief.trail)]


def _pack(brief: Brief, files: list[BagFile], folder: Path) -> Path:
    audit, path = brief.contents.audit, folder / "bundle.zip"
    info = {"External-Identifier": audit.case_id or audit.id}
    with path.open("wb") as target:
        for chunk in zip_bag(f"audit-{audit.id[-8:]}", files, info):
            target.write(chunk)
    return path


def _keep(session: Session, vault: Vault, bundle_id: str, stored: Stored) -> None:
    bundle = session.get_one(AuditBundle, bundle_id, with_for_update=True)
    audit = session.get_one(Audit, bundle.audit_id)
    name = f"audit-{audit.id[-8:]}-{bundle.id[-6:]}.zip"
    kind, media = PaperKind.AUDIT_BUNDLE, "application/zip"
    document, notes = add_made(session, vault, audit.account_id, stored, kind, name, media, bundle.made_by)
    session.add(AuditBundleFile(id=new_id(), bundle_id=bundle.id, position=1, document_id=document.id))
    bundle.contents, bundle.finished_at = str(stored.sha256), vault.clock()
    session.flush()
    details = {"document": document.id, "sha256": str(stored.sha256)}
    record(session, vault, [*notes, Note("audit.bundle_made", audit.id, MACHINE, audit.account_id, details)])
