"""`sellervault absence`: who is away, from the terminal."""

from datetime import timedelta

from click.testing import CliRunner, Result

from tests.shop import Shop
from vault.cli.main import cli
from vault.db.entities.routines import Absence
from vault.domain.errors import NotFound
from vault.services.days import today
from vault.services.people import rescue
from vault.services.routines import absences
from vault.services.vault import Vault, open_vault


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["absence", *arguments])


def now(shop: Shop) -> Vault:
    """The vault on the day that the commands live on."""
    return open_vault(shop.vault.settings)


def test_an_absence_is_noted_listed_and_taken_back(shop: Shop) -> None:
    vault = now(shop)
    email, day = rescue.list_users(vault)[0].email, today(vault)
    until = day + timedelta(days=5)
    noted = run("add", shop.account_id, email, day.isoformat(), until.isoformat())
    assert noted.exit_code == 0, noted.output
    [row] = absences.list_absences(vault, shop.actor, shop.account_id)
    listed = run("list", shop.account_id).output
    assert (row.name in listed, until.isoformat() in listed, row.absence.id in listed) == (True, True, True)
    assert run("remove", row.absence.id).exit_code == 0
    assert shop.count(Absence) == 0
    assert [action for action, _ in shop.journal()][-2:] == ["absence.entered", "absence.removed"]
    vault.close()


def test_what_cannot_be_noted_is_said(shop: Shop) -> None:
    vault = now(shop)
    email = rescue.list_users(vault)[0].email
    refused = run("add", shop.account_id, email, "2020-01-01", "2020-01-05")
    assert (refused.exit_code, "what is past stands as it was" in refused.output) == (1, True)
    assert isinstance(run("add", shop.account_id, "nobody@x.example", "2020-01-01", "2020-01-05").exception, NotFound)
    assert isinstance(run("remove", "0" * 26).exception, NotFound)
    vault.close()
