"""The shared fixtures do what other tests take for granted."""

from sqlalchemy import text

from tests.clock import Clock
from tests.servers.valkey import Valkey
from vault.services.people import users
from vault.services.vault import Vault


def test_a_new_vault_is_empty(vault: Vault) -> None:
    assert not users.exist(vault)


def test_each_test_has_a_database_of_its_own(vault: Vault) -> None:
    with vault.database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))  # fails when it is there already


def test_and_so_does_the_next(vault: Vault) -> None:
    with vault.database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE left_behind (id INTEGER)"))


def test_the_queue_is_real_and_empty(vault: Vault, valkey: Valkey) -> None:
    assert valkey.answers()
    assert vault.queue.waiting() == frozenset()
    assert vault.queue.send("0" * 26)
    assert vault.queue.waiting() == frozenset({"0" * 26 + "-0"})


def test_the_vault_lives_on_the_day_of_its_clock(vault: Vault, clock: Clock) -> None:
    assert vault.clock() == clock.now
