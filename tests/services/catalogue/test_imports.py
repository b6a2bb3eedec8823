"""Importing the all-listings report: the catalogue is what it says, and twice is once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, select

from tests.invoices.catalogue import Product, all_listings
from tests.shop import CATALOGUE, Shop
from vault.db.entities.accounts import CatalogueProduct, Listing, ReportImport
from vault.db.entities.work import Job
from vault.domain.errors import Forbidden, NotFound, Unreadable
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.catalogue.imports import Imported, import_report
from vault.services.documents import corrections


def bring(shop: Shop, products: Sequence[Product], name: str = "listings.txt") -> Imported:
    return import_report(shop.vault, shop.actor, shop.account_id, all_listings(products, "fr"), name)


def catalogue(shop: Shop) -> dict[str, tuple[str, str, str]]:
    """SKU to (ASIN, title, price)."""
    rows = select(Listing.sku, CatalogueProduct.asin, CatalogueProduct.title, Listing.price).join(CatalogueProduct)
    with shop.vault.database.reading() as session:
        return {sku: (asin, title, price) for sku, asin, title, price in session.execute(rows)}


def statements(shop: Shop, products: Sequence[Product]) -> int:
    """How many statements it takes to import these."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(shop.vault.database.engine, "before_cursor_execute", note)
    bring(shop, products)
    event.remove(shop.vault.database.engine, "before_cursor_execute", note)
    return len(sent)


def test_every_listing_becomes_part_of_the_catalogue(shop: Shop) -> None:
    found = catalogue(shop)
    assert {sku: asin for sku, (asin, _, _) in found.items()} == {item.sku: item.asin for item in CATALOGUE}
    assert found[CATALOGUE[0].sku][1] == CATALOGUE[0].title("fr")


def test_the_same_file_twice_changes_nothing(shop: Shop) -> None:
    before, jobs = shop.journal(), shop.count(Job)
    assert not bring(shop, CATALOGUE).is_new
    assert (shop.journal(), shop.count(Job)) == (before, jobs)
    assert shop.count(ReportImport) == 1


def test_the_same_content_in_another_file_changes_no_product(shop: Shop) -> None:
    before = catalogue(shop)
    again = bring(shop, tuple(reversed(CATALOGUE)))
    assert again.is_new
    assert again.report.added == 0
    assert {sku: asin for sku, (asin, _, _) in catalogue(shop).items()} == {
        sku: asin for sku, (asin, _, _) in before.items()
    }


def test_new_and_changed_listings_are_counted_and_the_others_stay(shop: Shop) -> None:
    newcomer = replace(CATALOGUE[0], asin="B0NEWNEW01", sku="NEW-1", model="ZZ-1")
    other = replace(CATALOGUE[1], model="QQ-111")
    done = bring(shop, (newcomer, other))
    assert (done.report.added, done.report.changed) == (1, 1)
    found = catalogue(shop)
    assert len(found) == len(CATALOGUE) + 1
    assert "QQ-111" in found[other.sku][1]


def test_a_long_report_holds_the_database_no_more_often_than_a_short_one(shop: Shop) -> None:
    """Uploads wait while an import writes: it says everything in a few statements, however many rows there are."""
    long_ago = tuple(replace(item, model="QQ-111") for item in CATALOGUE)
    of_a_short_one = statements(shop, long_ago[:2])
    shop.work()
    assert statements(shop, long_ago[2:]) <= of_a_short_one + 1  # among the others are offers that changed too


def test_a_sku_that_moved_to_another_product_is_one_listing_of_the_new_one(shop: Shop) -> None:
    moved = replace(CATALOGUE[0], asin="B0NEWNEW01")
    done = bring(shop, (moved,))
    assert (done.report.added, done.report.changed) == (0, 1)
    assert catalogue(shop)[moved.sku][0] == "B0NEWNEW01"
    assert shop.count(Listing) == len(CATALOGUE)


def test_lines_that_cannot_be_taken_are_named_and_the_rest_is_imported(shop: Shop) -> None:
    report = all_listings(CATALOGUE[:3], "fr").decode()
    header, first, second, third = report.splitlines()
    columns = header.split("\t")
    broken = first.split("\t")
    broken[columns.index("asin1")] = "no asin"
    broken[columns.index("product-id")] = ""
    broken[columns.index("seller-sku")] = "BROKEN-1"
    data = "\n".join((header, "\t".join(broken), second, third)).encode()
    done = import_report(shop.vault, shop.actor, shop.account_id, data, "broken.txt")
    assert done.report.rows == 3
    assert {problem["line"] for problem in done.report.problems} == {2}
    assert "BROKEN-1" not in catalogue(shop)


def test_another_kind_of_file_is_refused_and_changes_nothing(shop: Shop) -> None:
    before = shop.journal()
    for data in (b"", b"a,b\n1,2\n", b"%PDF-1.7"):
        with pytest.raises(Unreadable):
            import_report(shop.vault, shop.actor, shop.account_id, data, "x")
    assert shop.journal() == before


def test_what_a_person_picked_outlives_an_import(shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    corrections.pick_product(shop.vault, shop.actor, document_id, 0, None)
    newcomer = replace(CATALOGUE[0], asin="B0NEWNEW01", sku="NEW-1", model="ZZ-1")
    bring(shop, (*CATALOGUE, newcomer))
    assert shop.work() == 2  # its documents, and what its catalogue shares with others
    assert shop.findings(document_id)["invoice.description line 1"].outcome == "not_applicable"
    assert shop.findings(document_id)["invoice.description line 2"].outcome == "pass"


def test_only_those_who_may_import_can(shop: Shop) -> None:
    auditor, stranger = Actor("a", "A", {shop.account_id: Role.AUDITOR}), Actor("s", "S")
    with pytest.raises(Forbidden):
        import_report(shop.vault, auditor, shop.account_id, b"", "x")
    with pytest.raises(NotFound):
        import_report(shop.vault, stranger, shop.account_id, b"", "x")
