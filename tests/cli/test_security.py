"""`sellervault security`: how the duties stand, and attesting them, for whoever has the machine."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.security_desk import SecurityDesk, open_desk
from vault.cli.main import cli
from vault.config import Settings
from vault.db.migrate import migrate
from vault.domain.errors import NotFound
from vault.domain.ids import new_id
from vault.services.vault import open_vault


@pytest.fixture
def desk(tmp_path: Path) -> SecurityDesk:
    vault = open_vault(Settings(home=tmp_path))
    migrate(vault.database.engine)
    return open_desk(vault)


def run(desk: SecurityDesk, *arguments: str) -> Result:
    environment = {"VAULT_HOME": str(desk.vault.settings.home), "COLUMNS": "200"}
    return CliRunner().invoke(cli, ["security", *arguments], env=environment)


def test_the_status_names_each_duty_and_tells_by_its_exit_code_whether_one_needs_somebody(desk: SecurityDesk) -> None:
    before = run(desk, "status", desk.account_id)
    assert (before.exit_code, desk.anna in before.output, "password" in before.output) == (3, True, True)
    desk.attest_everything()
    after = run(desk, "status", desk.account_id)
    assert (after.exit_code, "unknown" in after.output) == (0, False)


def test_a_duty_is_attested_with_its_details(desk: SecurityDesk) -> None:
    said = ("--about", desk.anna, "--by", "Anna", "--detail", "unique=yes", "--detail", "manager=yes")
    assert run(desk, "attest", desk.account_id, "password", *said).exit_code == 0
    assert (desk.outcome("password"), desk.outcome("password_kept")) == ("pass", "pass")


def test_what_cannot_be_is_refused_with_its_reason(desk: SecurityDesk) -> None:
    refused = run(desk, "attest", desk.account_id, "contact", "--by", "Anna", "--on", "2999-01-01")
    assert (refused.exit_code, "Choose today or an earlier day." in refused.output) == (1, True)
    assert run(desk, "attest", desk.account_id, "contact", "--by", "Anna", "--detail", "x").exit_code == 2
    assert isinstance(run(desk, "status", new_id()).exception, NotFound)
