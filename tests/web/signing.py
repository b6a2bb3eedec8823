"""Codes as an authenticator app shows them at the vault's time."""

import pyotp

from tests.first_use import Owner
from vault.services.vault import Vault

STEP_SECONDS = 30


def current_code(vault: Vault, owner: Owner, steps_later: int = 0) -> str:
    """The code of the time step that is now, or some steps later (before, when negative)."""
    return pyotp.HOTP(owner.secret).at(int(vault.clock().timestamp()) // STEP_SECONDS + steps_later)
