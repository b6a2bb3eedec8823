"""`sellervault import listings`: a report from the terminal of the machine."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.invoices.catalogue import all_listings
from tests.shop import CATALOGUE, Shop
from vault.cli.imports import import_
from vault.db.entities.accounts import CatalogueProduct
from vault.domain.errors import NotFound, Unreadable


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "all-listings.txt"
    path.write_bytes(all_listings(CATALOGUE, "fr"))
    return path


def run(account: str, path: Path, kind: str = "listings") -> Result:
    return CliRunner().invoke(import_, [kind, "--account", account, str(path)])


def test_the_catalogue_is_imported_once(shop: Shop, report: Path) -> None:
    done = run(shop.account_id, report)
    assert done.exit_code == 0, done.output
    assert f"{len(CATALOGUE)} new" in done.output
    assert shop.count(CatalogueProduct) == len(CATALOGUE)
    again = run(shop.account_id, report)
    assert "nothing was changed" in again.output
    assert shop.count(CatalogueProduct) == len(CATALOGUE)


def test_the_labels_of_an_inventory_are_taken_over(shop: Shop, report: Path, tmp_path: Path) -> None:
    run(shop.account_id, report)
    path = tmp_path / "inventory.csv"
    path.write_text(f"sku,fnsku,asin,afn-fulfillable-quantity\n{CATALOGUE[0].sku},X0012AB34C,,3\nOTHER,X1,,1\n")
    done = run(shop.account_id, path, "inventory")
    assert (done.exit_code, "0 new, 1 changed" in done.output, "line 3:" in done.output) == (0, True, True)
    assert isinstance(run(shop.account_id, report, "inventory").exception, Unreadable)


def test_the_terminal_stands_in_the_journal(shop: Shop, report: Path) -> None:
    run(shop.account_id, report)
    assert "report.imported" in [action for action, _ in shop.journal()]


def test_an_account_that_is_not_there_is_named(shop: Shop, report: Path) -> None:
    done = run("Nobody", report)
    assert isinstance(done.exception, NotFound)
    assert "Nobody" in str(done.exception)
