"""`sellervault import orders` and `sellervault coverage`, as somebody at the terminal uses them."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.orders import Order, orders_report
from tests.shop import CATALOGUE, Shop
from vault.cli.main import cli
from vault.services.vault import utc_now

LAMP = CATALOGUE[0]


@pytest.fixture
def report(shop: Shop, tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    orders = [Order(utc_now().date() - timedelta(days=9), LAMP.asin, 4)]
    path.write_bytes(orders_report(orders, separator=",", encoding="cp1252") + b'"302-9",,soon\r\n')
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, env={"COLUMNS": "200"})


def test_orders_are_imported_once_and_show_in_the_coverage(shop: Shop, report: Path) -> None:
    first, last = (str(utc_now().date() - timedelta(days=each)) for each in (365, 1))
    asked = ("import", "orders", "--account", shop.account_id, "--from", first, "--to", last)
    done = run(*asked, str(report))
    assert done.exit_code == 0, done.output
    assert "1 order items read: 1 new, 0 changed." in done.output
    assert "line 3:" in done.output
    assert "nothing was changed" in run(*asked, str(report)).output
    lamp = json.loads(run("coverage", "--account", shop.account_id, "--json").output.splitlines()[0])
    assert (lamp["asin"], lamp["state"], lamp["sold"], lamp["difference"]) == (LAMP.asin, "missing", 4, -4)
    assert "no invoice" in run("coverage").output


def test_what_was_sold_under_skus_that_nobody_knows_is_said_beside_the_list(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "orders.txt"
    path.write_bytes(orders_report([Order(utc_now().date() - timedelta(days=9), "", 4, sku="OLD-1")]))
    first, last = (str(utc_now().date() - timedelta(days=each)) for each in (365, 1))
    run("import", "orders", "--account", shop.account_id, "--from", first, "--to", last, str(path))
    told = run("coverage", "--account", shop.account_id, "--json")
    assert "4 units were sold under 1 SKUs that the catalogue does not know (OLD-1)" in told.stderr


def test_half_an_answer_about_the_days_is_refused(shop: Shop, report: Path) -> None:
    done = run("import", "orders", "--account", shop.account_id, "--from", "2026-01-01", str(report))
    assert done.exit_code != 0
    assert "both" in done.output
