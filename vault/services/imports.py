"""Importing Seller Central reports. Importing the same thing twice changes nothing."""

import hashlib
import io
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vault.db.entities.accounts import CatalogueProduct, ReportImport
from vault.db.entities.accounts import Listing as ListingRow
from vault.db.entities.documents import Blob
from vault.db.entities.work import Job
from vault.domain.errors import Invalid
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.journal.entry import JsonValue
from vault.reading.amazon.catalogue import unpacked
from vault.reading.amazon.delimited import RowProblem
from vault.reading.amazon.listings import Listing, ListingsReport, read_listings
from vault.services import jobs
from vault.services.access import Actor
from vault.services.catalogue import LISTINGS
from vault.services.filenames import clean_filename
from vault.services.findings import dump_message
from vault.services.notes import Note, record
from vault.services.vault import Vault
from vault.store.protocol import Stored

# Problems kept of one report: a person corrects the first hundreds and imports again.
_MOST_PROBLEMS = 1000
_MOST_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to. `is_new` False: exactly this file was imported before, and nothing was done."""

    report: ReportImport
    is_new: bool


def import_listings(vault: Vault, actor: Actor, account_id: str, data: bytes, filename: str) -> Imported:
    """Brings the catalogue to what an all-listings report says; documents are matched and judged again by a worker.

    Products and listings that the report no longer names stay: invoices still refer to them.
    Raises NotFound, Forbidden, Unreadable for a file of another kind, Invalid for one that is too large.
    """
    actor.require(Permission.IMPORT, account_id)
    if len(data) > _MOST_BYTES:
        raise Invalid(N_("This report is larger than any Seller Central makes. Export it again and choose that file."))
    if earlier := _imported_before(vault, account_id, hashlib.sha256(data).hexdigest()):
        return Imported(earlier, is_new=False)
    report = read_listings(unpacked(data))
    stored = vault.store.put(io.BytesIO(data), limit=_MOST_BYTES)
    try:
        with vault.database.transaction() as session:
            row, job = _record(session, vault, actor, account_id, report, stored, clean_filename(filename))
    except IntegrityError:  # the same file, by somebody else, in this moment
        if earlier := _imported_before(vault, account_id, str(stored.sha256)):
            return Imported(earlier, is_new=False)
        raise
    if job is not None:
        jobs.send(vault, job)
    return Imported(row, is_new=True)


def _imported_before(vault: Vault, account_id: str, sha256: str) -> ReportImport | None:
    with vault.database.reading() as session:
        return session.scalar(
            select(ReportImport).where(
                ReportImport.account_id == account_id, ReportImport.kind == LISTINGS, ReportImport.sha256 == sha256
            )
        )


def _record(
    session: Session,
    vault: Vault,
    actor: Actor,
    account_id: str,
    report: ListingsReport,
    stored: Stored,
    filename: str,
) -> tuple[ReportImport, Job | None]:
    problems = list(report.problems)
    changes = _Catalogue(session, vault, account_id).take(report, problems)
    if session.get(Blob, str(stored.sha256)) is None:
        session.add(Blob(sha256=str(stored.sha256), size=stored.size, stored_at=vault.clock()))
    row = ReportImport(
        account_id=account_id,
        kind=LISTINGS,
        sha256=str(stored.sha256),
        filename=filename,
        rows=len(report.rows),
        added=changes.added,
        changed=changes.changed,
        problems=[_problem(problem) for problem in sorted(problems, key=lambda item: item.line)[:_MOST_PROBLEMS]],
        imported_at=vault.clock(),
        imported_by=actor.id,
    )
    session.add(row)
    session.flush()
    job = None
    if changes.added or changes.changed:
        job = jobs.add_once(session, vault, jobs.JobKind.REMATCH_ACCOUNT, account_id, account_id)
    details: dict[str, JsonValue] = {
        "kind": LISTINGS,
        "sha256": row.sha256,
        "rows": row.rows,
        "added": row.added,
        "changed": row.changed,
    }
    record(session, vault, [Note("report.imported", row.id, actor.id, account_id, details)])
    return row, job


@dataclass(slots=True)
class _Changes:
    added: int = 0
    changed: int = 0


class _Catalogue:
    """The account's products and listings, being brought to what a report says. Counts SKUs."""

    def __init__(self, session: Session, vault: Vault, account_id: str) -> None:
        self._session, self._now, self._account_id = session, vault.clock(), account_id
        products = select(CatalogueProduct).where(CatalogueProduct.account_id == account_id)
        listings = select(ListingRow).where(ListingRow.account_id == account_id)
        self._products = {product.asin: product for product in session.scalars(products)}
        self._listings = {listing.sku: listing for listing in session.scalars(listings)}

    def take(self, report: ListingsReport, problems: list[RowProblem]) -> _Changes:
        """Takes over every listing that has an ASIN; the others are added to `problems`."""
        changes = _Changes()
        titled: set[str] = set()
        for listing in report.rows:
            if not listing.asin:
                problems.append(RowProblem(listing.line, Message(N_("The listing has no ASIN, so it is left out."))))
                continue
            product, is_other = self._product(listing, titled)
            is_new, is_changed = self._listing(listing, product)
            changes.added += is_new
            changes.changed += not is_new and (is_changed or is_other)
        self._session.flush()
        return changes

    def _product(self, listing: Listing, titled: set[str]) -> tuple[CatalogueProduct, bool]:
        """The listing's product. The first listing with a title gives the product's."""
        title = listing.title[:1000]
        product = self._products.get(listing.asin)
        if product is None:
            product = CatalogueProduct(
                id=new_id(), account_id=self._account_id, asin=listing.asin, title="", created_at=self._now
            )
            self._session.add(product)
            self._products[listing.asin] = product
        is_other = bool(title) and listing.asin not in titled and product.title != title
        if is_other:
            product.title = title
        if is_other or product.updated_at is None:
            product.updated_at = self._now
        if title:
            titled.add(listing.asin)
        return product, is_other

    def _listing(self, listing: Listing, product: CatalogueProduct) -> tuple[bool, bool]:
        """Returns whether the listing is new, and whether something about it is different now."""
        values = {
            "product_id": product.id,
            "gtin": listing.gtin[:14],
            "price": "" if listing.price is None else f"{listing.price:f}"[:40],
            "status": listing.status[:40],
        }
        row = self._listings.get(listing.sku[:200])
        if row is None:
            row = ListingRow(account_id=self._account_id, sku=listing.sku[:200], updated_at=self._now, **values)
            self._session.add(row)
            self._listings[row.sku] = row
            return True, True
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            row.updated_at = self._now
        return False, bool(changed)


def _problem(problem: RowProblem) -> dict[str, object]:
    return {"line": problem.line, "reason": str(problem.reason), "message": dump_message(problem.reason)}
