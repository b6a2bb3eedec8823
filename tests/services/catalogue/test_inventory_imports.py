"""Importing the FBA inventory: the catalogue learns the labels of its goods, and mixed goods link accounts."""

import pytest
from sqlalchemy import select

from tests.first_use import import_catalogue
from tests.registers import second_shop
from tests.shop import CATALOGUE, Shop
from vault.db.entities.accounts import CatalogueProduct, Listing
from vault.db.entities.links import Link
from vault.db.entities.work import Job
from vault.domain.links import LinkKind
from vault.reading.amazon.kinds import ReportKind
from vault.services.catalogue.catalogue import catalogue_version
from vault.services.catalogue.imports import Imported, import_report

LABEL = "X0012AB34C"


def inventory(*rows: tuple[str, str, str]) -> bytes:
    """(SKU, FNSKU, ASIN) of each row."""
    lines = [
        "sku\tfnsku\tasin\tproduct-name\tafn-fulfillable-quantity",
        *("\t".join((*row, "Lamp", "3")) for row in rows),
    ]
    return "\r\n".join(lines).encode()


def bring(shop: Shop, data: bytes) -> Imported:
    return import_report(shop.vault, shop.actor, shop.account_id, data, "inventory.txt")


def labels(shop: Shop) -> dict[str, str]:
    wanted = select(Listing.sku, Listing.fnsku).where(Listing.account_id == shop.account_id, Listing.fnsku != "")
    with shop.vault.database.reading() as session:
        return {row.sku: row.fnsku for row in session.execute(wanted)}


def test_the_catalogue_learns_its_labels_and_keeps_everything_else(shop: Shop) -> None:
    first = CATALOGUE[0]
    with shop.vault.database.reading() as session:
        before = catalogue_version(session, shop.account_id)
    done = bring(shop, inventory((first.sku, LABEL, "")))
    assert (done.report.kind, done.report.added, done.report.changed) == (ReportKind.INVENTORY, 0, 1)
    assert labels(shop) == {first.sku: LABEL}
    with shop.vault.database.reading() as session:
        product = session.scalars(select(CatalogueProduct).where(CatalogueProduct.asin == first.asin)).one()
        assert product.title == first.title("fr")
        assert catalogue_version(session, shop.account_id) != before


def test_goods_that_the_catalogue_does_not_know_are_added_or_named(shop: Shop) -> None:
    done = bring(shop, inventory(("NEW-1", LABEL, "B0NEWNEW01"), ("NEW-2", "X0000000ZZ", "")))
    assert (done.report.added, done.report.changed) == (1, 0)
    assert [problem["line"] for problem in done.report.problems] == [3]
    assert labels(shop) == {"NEW-1": LABEL}


def test_twice_is_once(shop: Shop) -> None:
    data = inventory((CATALOGUE[0].sku, LABEL, CATALOGUE[0].asin))
    bring(shop, data)
    shop.work()
    journal, jobs = shop.journal(), shop.count(Job)
    assert not bring(shop, data).is_new
    assert (shop.journal(), shop.count(Job)) == (journal, jobs)
    again = bring(shop, data + b"\r\n")
    assert (again.is_new, again.report.changed, shop.count(Job)) == (True, 0, jobs)


def test_a_newer_listings_report_leaves_the_labels(shop: Shop) -> None:
    bring(shop, inventory((CATALOGUE[0].sku, LABEL, "")))
    import_catalogue(shop.vault, shop.actor, shop.account_id, tuple(reversed(CATALOGUE)))
    assert labels(shop) == {CATALOGUE[0].sku: LABEL}


@pytest.mark.parametrize(("label", "is_mixed"), [(LABEL, True), (CATALOGUE[0].asin, False)])
def test_goods_under_one_label_link_two_accounts(shop: Shop, label: str, is_mixed: bool) -> None:
    """Where the maker's barcode is the label, Amazon prints the ASIN, and everybody's goods are under it."""
    other = second_shop(shop)
    data = inventory((CATALOGUE[0].sku, label, CATALOGUE[0].asin))
    bring(shop, data)
    bring(other, data)
    shop.work()
    with shop.vault.database.reading() as session:
        kinds = {each["kind"] for link in session.scalars(select(Link)) for each in link.contributions}
    assert (LinkKind.MIXED_INVENTORY in kinds) is is_mixed
