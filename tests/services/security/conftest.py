"""What the tests of security duties share."""

import pytest

from tests.security_desk import SecurityDesk, open_desk
from vault.services.vault import Vault


@pytest.fixture
def desk(vault: Vault) -> SecurityDesk:
    return open_desk(vault)
