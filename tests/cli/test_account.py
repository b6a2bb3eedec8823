"""`sellervault account`: registers from the terminal of the machine, values masked and never on the command line."""

from pathlib import Path

from click.testing import CliRunner, Result

from tests.registers import IBAN, enter, second_shop
from tests.shop import Shop
from vault.cli.account import account
from vault.db.entities.register import RegisterEntry
from vault.domain.errors import NotFound
from vault.domain.register import AttributeKind


def run(*arguments: str, entered: str = "") -> Result:
    return CliRunner().invoke(account, arguments, input=entered)


def test_values_come_from_standard_input_once_and_bad_lines_are_named(shop: Shop) -> None:
    entered = f"iban; {IBAN}; payouts\nshoe size; 44\nphone; 01 42 68 53 00\n"
    tried = run("import", "--dry-run", shop.account_id, "-", entered=entered)
    assert ("2 would be added" in tried.output, shop.count(RegisterEntry)) == (True, 0)
    done = run("import", shop.account_id, "-", entered=entered)
    assert (done.exit_code, "2 added, 0 there already" in done.output) == (0, True), done.output
    assert "line 2: The first cell is no kind of value" in done.output
    assert "0 added, 2 there already" in run("import", shop.account_id, "-", entered=entered).output


def test_a_file_may_name_the_account_of_each_line_and_who_shares_is_told(shop: Shop, tmp_path: Path) -> None:
    other = second_shop(shop)
    enter(shop, AttributeKind.BANK_ACCOUNT, IBAN)
    path = tmp_path / "values.csv"
    path.write_text(f"account;kind;value\n{other.account_id};iban;{IBAN}\n")
    done = run("import", shop.account_id, str(path))
    assert "1 added" in done.output
    assert "line 2: held by" in done.output


def test_a_register_is_shown_masked(shop: Shop) -> None:
    enter(shop, AttributeKind.BANK_ACCOUNT, IBAN, "[red]payouts")
    shown = run("show", shop.account_id).output
    assert ("••••0189" in shown, "[red]payouts" in shown) == (True, True)
    assert "6000" not in shown


def test_the_list_names_every_account_with_its_status(shop: Shop) -> None:
    second_shop(shop)
    listed = run("list").output
    assert ("Brightwell" in listed, shop.account_id in listed, "active" in listed) == (True, True, True)


def test_an_unknown_account_is_named_as_such(shop: Shop) -> None:
    assert isinstance(run("show", "nobody").exception, NotFound)
