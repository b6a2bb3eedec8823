"""What is taken over from each kind of report. A kind is read before the transaction, and taken over within it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from sqlalchemy.orm import Session

from vault.domain.message import N_, Message
from vault.reading.amazon.delimited import RowProblem
from vault.reading.amazon.inventory import InventoryReport, read_inventory
from vault.reading.amazon.kinds import ReportKind
from vault.reading.amazon.listings import ListingsReport, read_listings
from vault.services.catalogue.catalogue_update import CatalogueUpdate, Changes
from vault.services.jobs.jobs import JobKind
from vault.services.vault import Vault

# After a change of the catalogue: its documents are matched and judged again, and it is compared with the others.
_AFTER_CATALOGUE = (JobKind.REMATCH_ACCOUNT, JobKind.COMPARE_CATALOGUE)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a report came to. `jobs`: what has to be done for the seller account now that something has changed."""

    rows: int
    changes: Changes
    problems: Sequence[RowProblem]
    jobs: Sequence[JobKind] = field(default=())


class Report(Protocol):
    """A report that was read, waiting to be taken over."""

    def take(self, session: Session, vault: Vault, account_id: str) -> Taken:
        """Brings the seller account to what the report says; saying it twice changes nothing."""


@dataclass(frozen=True, slots=True)
class _Listings:
    report: ListingsReport

    def take(self, session: Session, vault: Vault, account_id: str) -> Taken:
        catalogue = CatalogueUpdate(session, account_id, vault.clock())
        problems = list(self.report.problems)
        for listing in self.report.rows:
            if listing.asin:
                catalogue.take(listing)
            else:
                problems.append(RowProblem(listing.line, Message(N_("The listing has no ASIN, so it is left out."))))
        return _catalogue_taken(len(self.report.rows), catalogue.write(), problems)


@dataclass(frozen=True, slots=True)
class _Inventory:
    report: InventoryReport

    def take(self, session: Session, vault: Vault, account_id: str) -> Taken:
        catalogue = CatalogueUpdate(session, account_id, vault.clock())
        problems = list(self.report.problems)
        for label in self.report.rows:
            if not catalogue.label(label):
                reason = N_(
                    "The catalogue has no SKU %(sku)s, and the line no ASIN. Import the all listings report first."
                )
                problems.append(RowProblem(label.line, Message(reason, {"sku": label.sku})))
        return _catalogue_taken(len(self.report.rows), catalogue.write(), problems)


READERS: Mapping[ReportKind, Callable[[bytes], Report]] = MappingProxyType(
    {
        ReportKind.LISTINGS: lambda data: _Listings(read_listings(data)),
        ReportKind.INVENTORY: lambda data: _Inventory(read_inventory(data)),
    }
)


def _catalogue_taken(rows: int, changes: Changes, problems: Sequence[RowProblem]) -> Taken:
    return Taken(rows, changes, problems, _AFTER_CATALOGUE if changes.added or changes.changed else ())
