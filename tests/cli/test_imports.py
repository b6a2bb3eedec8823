"""`sellervault import listings`: a report from the terminal of the machine."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.invoices.catalogue import all_listings
from tests.shop import CATALOGUE, Shop, open_shop
from vault.cli.imports import import_
from vault.config import Settings
from vault.db.entities.accounts import CatalogueProduct
from vault.domain.errors import NotFound
from vault.services.vault import Vault


@pytest.fixture
def shop(vault: Vault, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setenv("VAULT_HOME", str(settings.home))
    monkeypatch.setenv("VAULT_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("VAULT_QUEUE_URL", settings.queue_url)
    return open_shop(vault, with_catalogue=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "all-listings.txt"
    path.write_bytes(all_listings(CATALOGUE, "fr"))
    return path


def run(account: str, path: Path) -> Result:
    return CliRunner().invoke(import_, ["listings", "--account", account, str(path)])


def test_the_catalogue_is_imported_once(shop: Shop, report: Path) -> None:
    done = run(shop.account_id, report)
    assert done.exit_code == 0, done.output
    assert f"{len(CATALOGUE)} new" in done.output
    assert shop.count(CatalogueProduct) == len(CATALOGUE)
    again = run(shop.account_id, report)
    assert "nothing was changed" in again.output
    assert shop.count(CatalogueProduct) == len(CATALOGUE)


def test_the_terminal_stands_in_the_journal(shop: Shop, report: Path) -> None:
    run(shop.account_id, report)
    assert "report.imported" in [action for action, _ in shop.journal()]


def test_an_account_that_is_not_there_is_named(shop: Shop, report: Path) -> None:
    done = run("Nobody", report)
    assert isinstance(done.exception, NotFound)
    assert "Nobody" in str(done.exception)
