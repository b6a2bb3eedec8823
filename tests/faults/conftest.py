"""A vault as `make run` has it, and a process that uploads into it and can be treated badly."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.killing import Uploader, running_uploader
from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.servers.valkey import Valkey
from vault.config import Settings
from vault.services.vault import Vault, open_vault


@pytest.fixture
def embedded(tmp_path: Path, sqlite_template: Path, valkey: Valkey) -> Iterator[Vault]:
    """A vault as `make run` has it: everything in one folder."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copyfile(sqlite_template, home / "vault.db")
    valkey.flush()
    vault = open_vault(Settings(home=home, queue_url=valkey.url))
    vault.store.probe()
    yield vault
    vault.close()


@pytest.fixture
def uploader(embedded: Vault, tmp_path: Path) -> Iterator[Uploader]:
    actor, account_id = open_account(embedded, make_owner(embedded), make_buyer(1, "fr"))
    with running_uploader(embedded.settings, actor.id, account_id, tmp_path / "strace.log") as uploader:
        yield uploader
