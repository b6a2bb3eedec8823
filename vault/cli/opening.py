"""The vault that the settings name, for commands that work in one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from vault.config import Settings
from vault.domain.errors import Misconfigured
from vault.domain.message import N_
from vault.services.vault import Vault, open_vault


@contextmanager
def opened_vault() -> Iterator[Vault]:
    """The vault, closed afterwards. Raises Misconfigured where none was made yet."""
    settings = Settings.from_environment(os.environ)
    if not settings.database_url and not (settings.home / "vault.db").is_file():
        raise Misconfigured(
            N_("There is no vault in %(folder)s. Set VAULT_HOME to its folder, or make one with “sellervault init”."),
            folder=str(settings.home.absolute()),
        )
    vault = open_vault(settings)
    try:
        yield vault
    finally:
        vault.close()
