"""`sellervault risk`, as somebody at the terminal uses it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.first_use import make_owner
from tests.services.links.conftest import IBANS, Agency
from vault.cli.main import cli
from vault.config import Settings
from vault.db.migrate import migrate
from vault.domain.register import AttributeKind
from vault.services.vault import open_vault


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    vault = open_vault(Settings(home=tmp_path))
    migrate(vault.database.engine)
    return Agency(vault, make_owner(vault).actor)


def run(agency: Agency, *arguments: str, stdin: str = "") -> Result:
    home = str(agency.vault.settings.home)
    return CliRunner().invoke(cli, ["risk", *arguments], input=stdin, env={"VAULT_HOME": home, "COLUMNS": "200"})


def test_pairs_are_listed_shown_and_explained(agency: Agency) -> None:
    pair = agency.open("Lavandine"), agency.open("Quercy Outils")
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.BANK_ACCOUNT, IBANS[0])
    link = agency.link(*pair)
    assert link is not None
    listed = run(agency, "list", "--rescore")
    assert link.id in listed.output
    assert "too close" in listed.output
    shown = run(agency, "show", link.id)
    assert "Without bank_account" in shown.output
    explained = run(agency, "explain", link.id, "approval", "Case 123", "--until", "2099-12-31")
    assert explained.output == "36 points are left.\n"
    assert "counts: approval, until 2099-12-31: Case 123" in run(agency, "show", link.id).output
    assert IBANS[0] not in listed.output + shown.output


def test_what_if_reads_the_value_from_standard_input(agency: Agency) -> None:
    elder, later = agency.open("Lavandine"), agency.open("Quercy Outils")
    agency.give(elder, AttributeKind.PHONE, "+33 1 42 68 53 00")
    assert "Lavandine" in run(agency, "what-if", later, "phone", stdin="01 42 68 53 00\n").output
    assert run(agency, "what-if", later, "phone", stdin="01 42 68 53 99\n").output == "Nothing would change.\n"
    refused = run(agency, "what-if", later, "phone", stdin="no number\n")
    assert refused.exit_code == 1
    assert "no number" not in refused.output


def test_what_a_stranger_wrote_does_not_reach_the_terminal_as_a_command(agency: Agency) -> None:
    pair = agency.open("Lavandine\x1b[2J"), agency.open("Quercy Outils")
    for holder_id in pair:
        agency.give(holder_id, AttributeKind.BANK_ACCOUNT, IBANS[0])
    link = agency.link(*pair)
    assert link is not None
    run(agency, "explain", link.id, "approval", "Case \x1b]0;123\x07")
    assert "\x1b" not in run(agency, "list").output + run(agency, "show", link.id).output
