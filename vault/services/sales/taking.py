"""Taking the items of an orders report over into the ledger, in steps: on SQLite all others wait meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from vault.db.entities.accounts import ReportImport
from vault.db.entities.sales import SalesReport, SoldItem
from vault.db.queries.among import among
from vault.domain.values import Sha256
from vault.services.coverage import judging as coverage_judging
from vault.services.coverage.ledger import asins_of_skus
from vault.services.jobs import jobs
from vault.services.journal.notes import MACHINE, Note, record
from vault.services.locks import lock_account
from vault.services.sales.extract import read_extract
from vault.services.sales.gathering import Item
from vault.services.vault import Vault

# Items taken over in one transaction.
_STEP = 4000

Values = dict[str, Any]


def take_sales(vault: Vault, lease: jobs.Lease) -> None:
    """Takes over the report of one import, then judges which products their invoices cover. Raises LeaseLost.

    An item replaces what an earlier report said of the same order and SKU, unless the order has changed since.
    """
    with vault.database.reading() as session:
        report = session.get_one(SalesReport, lease.subject_id)
    progress = {name: int(lease.progress.get(name, 0)) for name in ("done", "all", "added", "changed")}
    progress["all"] = report.items
    for items in _steps(read_extract(vault, Sha256(report.extract_sha256), skip=progress["done"])):
        progress["done"] += len(items)
        with jobs.step(vault, lease, progress) as session:
            added, changed = _take(session, report.account_id, items)
            progress["added"] += added
            progress["changed"] += changed
            jobs.note_progress(session, lease, progress)  # what this step came to
    with jobs.effect(vault, lease) as session:
        _finish(session, vault, report, progress)


def _steps(items: Iterator[Item]) -> Iterator[Sequence[Item]]:
    while step := tuple(islice(items, _STEP)):
        yield step


def _take(session: Session, account_id: str, items: Sequence[Item]) -> tuple[int, int]:
    """Returns how many items are new and how many are different now. Two reports of one account wait for each other."""
    lock_account(session, account_id)
    kept = _kept(session, account_id, items)
    asins = asins_of_skus(session, account_id, [item.sku for item in items if not item.asin])
    new: list[Values] = []
    changed: list[Values] = []
    for item in items:
        values = _values(item, asins)
        row = kept.get((item.order_key, item.sku))
        if row is None:
            new.append({"account_id": account_id, "order_key": item.order_key, "sku": item.sku, **values})
        elif not _is_older(item, row) and any(getattr(row, name) != value for name, value in values.items()):
            changed.append({"account_id": account_id, "order_key": item.order_key, "sku": item.sku, **values})
    if new:
        session.execute(insert(SoldItem), new)
    if changed:
        session.execute(update(SoldItem), changed)
    return len(new), len(changed)


def _kept(session: Session, account_id: str, items: Sequence[Item]) -> Mapping[tuple[str, str], Any]:
    columns = (SoldItem.order_key, SoldItem.sku, SoldItem.asin, SoldItem.day, SoldItem.channel, SoldItem.units)
    wanted = select(*columns, SoldItem.updated_at).where(
        SoldItem.account_id == account_id, among(SoldItem.order_key, [item.order_key for item in items])
    )
    return {(row.order_key, row.sku): row for row in session.execute(wanted)}


def _values(item: Item, asins: Mapping[str, str]) -> Values:
    return {
        "asin": item.asin or asins.get(item.sku, ""),
        "day": item.day,
        "channel": item.channel,
        "units": item.units,
        "updated_at": item.updated,
    }


def _is_older(item: Item, row: Any) -> bool:
    return item.updated is not None and row.updated_at is not None and item.updated < row.updated_at


def _finish(session: Session, vault: Vault, report: SalesReport, came_to: Mapping[str, int]) -> None:
    session.get_one(SalesReport, report.import_id).finished_at = vault.clock()
    imported = session.get_one(ReportImport, report.import_id)
    imported.added, imported.changed = came_to["added"], came_to["changed"]
    session.flush()
    notes = coverage_judging.judge(session, vault, report.account_id)
    details = {"added": imported.added, "changed": imported.changed}
    record(session, vault, [Note("report.taken", imported.id, MACHINE, report.account_id, details), *notes])
