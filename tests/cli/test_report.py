"""`sellervault report`, as somebody at the terminal uses it."""

import json

from click.testing import CliRunner, Result

from tests.shop import Shop
from vault.cli.main import cli


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, env={"COLUMNS": "200"})


def test_a_month_is_made_and_shown_and_not_made_twice(shop: Shop) -> None:
    done = run("report", "--account", shop.account_id, "--month", "2026-10", "--json")
    assert done.exit_code == 0, done.output
    made = json.loads(done.output)
    assert (made["figures"]["month"], made["revision"]) == ("2026-10", 1)
    assert made["figures"]["happened"]["invoices"]["came_in"] == 0
    assert json.loads(run("report", "--month", "2026-10", "--json").output)["report"] == made["report"]
    shown = run("report", "--month", "2026-10").output
    assert "2026-10, revision 1, not signed" in shown
    assert "invoices came in" in shown
    assert "Nothing is left to do." in shown


def test_what_is_no_month_is_refused(shop: Shop) -> None:
    assert run("report", "--month", "soon").exit_code == 1
