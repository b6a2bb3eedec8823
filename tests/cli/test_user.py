"""`sellervault user`: what the terminal does for people who cannot help themselves."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.first_use import PASSWORD, make_owner
from vault.cli.main import cli
from vault.config import Settings
from vault.db.migrate import migrate
from vault.domain.errors import Invalid, Misconfigured, NotFound
from vault.services.people import rescue, sign_in
from vault.services.vault import Vault, open_vault

NEW_PASSWORD = "sept-renards-dansent-32"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    vault = open_vault(Settings(home=tmp_path))
    migrate(vault.database.engine)
    vault.close()
    return tmp_path


def run(home: Path, *arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(cli, ["user", *arguments], input=stdin, env={"VAULT_HOME": str(home)})


def opened(home: Path) -> Vault:
    return open_vault(Settings(home=home))


def test_a_person_is_added_and_can_sign_in(home: Path) -> None:
    added = run(home, "create", "Bo@X.example", "--name", "Bo", "--password-stdin", stdin=PASSWORD + "\n")
    assert added.exit_code == 0, added.output
    assert sign_in.check_password(opened(home), "bo@x.example", PASSWORD, "terminal").name == "Bo"
    assert "bo@x.example" in run(home, "list").output


def test_a_guessable_password_is_refused_with_the_reason(home: Path) -> None:
    refused = run(home, "create", "bo@x.example", "--name", "Bo", "--password-stdin", stdin="password1234\n")
    assert refused.exit_code == 1
    assert "Too easy to guess" in refused.output


def test_a_lost_password_and_a_lost_phone_are_helped_with(home: Path) -> None:
    owner = make_owner(opened(home))
    done = run(home, "reset", owner.email, "--password-stdin", "--without-second-factor", stdin=NEW_PASSWORD + "\n")
    assert done.exit_code == 0, done.output
    person = sign_in.check_password(opened(home), owner.email, NEW_PASSWORD, "terminal")
    assert person.must_enrol
    with pytest.raises(Invalid):
        sign_in.check_password(opened(home), owner.email, PASSWORD, "terminal")


def test_a_person_is_kept_out_and_let_in_again(home: Path) -> None:
    owner = make_owner(opened(home))
    assert run(home, "disable", owner.email).exit_code == 0
    assert rescue.list_users(opened(home))[0].is_disabled
    assert run(home, "enable", owner.email).exit_code == 0
    assert not rescue.list_users(opened(home))[0].is_disabled


def test_an_unknown_person_is_said_to_be_unknown(home: Path) -> None:
    assert isinstance(run(home, "disable", "nobody@x.example").exception, NotFound)


def test_where_there_is_no_vault_the_way_to_one_is_named(tmp_path: Path) -> None:
    refused = run(tmp_path / "nowhere", "list")
    assert isinstance(refused.exception, Misconfigured)
    assert "sellervault init" in str(refused.exception)
    assert not (tmp_path / "nowhere").exists()
