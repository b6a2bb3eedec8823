"""`sellervault task`: the work list on a terminal."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from vault.cli.main import cli
from vault.config import Settings
from vault.db.entities.work import Task
from vault.db.migrate import migrate
from vault.services.days import today
from vault.services.people import rescue
from vault.services.tasks import tasks_work
from vault.services.tasks.tasks_work import ManualTask
from vault.services.vault import open_vault


@pytest.fixture
def home(tmp_path: Path) -> Path:
    vault = open_vault(Settings(home=tmp_path))
    migrate(vault.database.engine)
    vault.close()
    return tmp_path


@pytest.fixture
def made(home: Path) -> Task:
    vault = open_vault(Settings(home=home))
    owner = make_owner(vault)
    actor, account_id = open_account(vault, owner, make_buyer(1, "fr"))
    task = tasks_work.add_task(vault, actor, account_id, ManualTask("Call [red]Meyer[/]"))
    vault.close()
    return task


def run(home: Path, *arguments: str) -> Result:
    environment = {"VAULT_HOME": str(home), "COLUMNS": "200"}
    return CliRunner().invoke(cli, ["task", *arguments], env=environment)


def kept(home: Path, task: Task) -> Task:
    vault = open_vault(Settings(home=home))
    with vault.database.reading() as session:
        found = session.get_one(Task, task.id)
    vault.close()
    return found


def owner_of(home: Path) -> str:
    vault = open_vault(Settings(home=home))
    email = rescue.list_users(vault)[0].email
    vault.close()
    return email


def test_tasks_are_listed_as_they_are_written(home: Path, made: Task) -> None:
    listed = run(home, "list")
    assert listed.exit_code == 0, listed.output
    assert "Call [red]Meyer[/]" in listed.output
    assert made.id in run(home, "list", made.account_id, "--assignee", "nobody", "--text", "meyer").output
    assert made.id not in run(home, "list", made.account_id, "--state", "done").output


def test_a_task_is_given_discussed_and_closed(home: Path, made: Task) -> None:
    email = owner_of(home)
    assert run(home, "assign", made.id, email).exit_code == 0
    assert kept(home, made).assignee_id is not None
    assert run(home, "comment", made.id, "They call back", "--as", email).exit_code == 0
    shown = run(home, "show", made.id).output
    assert "They call back" in shown
    assert "task.assigned by terminal" in shown
    assert run(home, "done", made.id).exit_code == 0
    assert kept(home, made).state == "done"


def test_a_task_is_waived_with_its_reason(home: Path, made: Task) -> None:
    vault = open_vault(Settings(home=home))
    until = today(vault) + timedelta(days=3)
    vault.close()
    assert run(home, "waive", made.id, "--reason", "Closed for summer", "--until", until.isoformat()).exit_code == 0
    assert (kept(home, made).waived_reason, kept(home, made).waived_until) == ("Closed for summer", until)


def test_what_cannot_be_done_is_said(home: Path, made: Task) -> None:
    refused = run(home, "waive", made.id, "--reason", " ", "--until", "2020-01-01")
    assert refused.exit_code == 1
    assert "an auditor will ask" in refused.output
