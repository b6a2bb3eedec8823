"""A seller account on the machine whose terminal the tests sit at."""

import pytest

from tests.shop import Shop, open_shop
from vault.config import Settings
from vault.services.vault import Vault


@pytest.fixture
def shop(vault: Vault, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Commands find its vault by the environment."""
    monkeypatch.setenv("VAULT_HOME", str(settings.home))
    monkeypatch.setenv("VAULT_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("VAULT_QUEUE_URL", settings.queue_url)
    monkeypatch.setenv("COLUMNS", "240")
    return open_shop(vault, with_catalogue=False)
