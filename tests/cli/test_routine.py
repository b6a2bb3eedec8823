"""`sellervault routine`: the terminal sees what is due and attests it."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from vault.cli.main import cli
from vault.config import Settings
from vault.db.migrate import migrate
from vault.domain.cadence import parse_cadence
from vault.domain.errors import Invalid, NotFound
from vault.services.access import Actor
from vault.services.days import today
from vault.services.routines import routines
from vault.services.routines.pages import list_routines
from vault.services.routines.routines import RoutineDetails
from vault.services.vault import Vault, open_vault


@pytest.fixture
def home(tmp_path: Path) -> Path:
    vault = open_vault(Settings(home=tmp_path))
    migrate(vault.database.engine)
    vault.close()
    return tmp_path


def kept(home: Path) -> tuple[Vault, Actor, str, str]:
    """A seller account with the daily look: the vault, its owner, the account's id and the routine's."""
    vault = open_vault(Settings(home=home))
    actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    routines.take_over(vault, actor, account_id, ["daily_look"])
    [row] = list_routines(vault, actor, account_id).rows
    return vault, actor, account_id, row.standing.routine.id


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["routine", *arguments], env={"VAULT_HOME": str(home), "COLUMNS": "200"})


def test_routines_are_listed_and_attested(home: Path) -> None:
    vault, actor, account_id, routine_id = kept(home)
    listed = run(home, "list", account_id)
    assert listed.exit_code == 0, listed.output
    assert "A look at the account" in listed.output
    assert routine_id in listed.output
    done = run(home, "attest", routine_id, "--note", "From the terminal")
    assert done.exit_code == 0, done.output
    [row] = list_routines(vault, actor, account_id).rows
    assert row.standing.open is None


def test_what_a_person_called_a_routine_does_not_command_the_terminal(home: Path) -> None:
    vault, actor, account_id, routine_id = kept(home)
    details = RoutineDetails("[red]Look\x1b[2J", parse_cadence("weekly 1234567"), 5)
    routines.change(vault, actor, account_id, routine_id, details)
    said = run(home, "list", account_id).output + run(home, "attest", routine_id).output
    assert said.count("[red]Look·[2J") == 2


def test_a_day_on_which_nothing_was_due_is_refused(home: Path) -> None:
    vault, _, _, routine_id = kept(home)
    earlier = (today(vault) - timedelta(days=3)).isoformat()
    assert isinstance(run(home, "attest", routine_id, "--due", earlier).exception, Invalid)


def test_what_is_not_there_is_said_to_be_unknown(home: Path) -> None:
    assert isinstance(run(home, "list", "nothing").exception, NotFound)
    assert isinstance(run(home, "attest", "nothing").exception, NotFound)
