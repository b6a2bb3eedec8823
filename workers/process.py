"""The vault of this process: the queue gives a worker nothing but a job's id."""

import os
from functools import cache

from vault.config import Settings
from vault.services.logs import keep_values_out_of_logs
from vault.services.vault import Vault, open_vault


@cache
def process_vault() -> Vault:
    """Opened from the environment with the first job, warm for all others."""
    keep_values_out_of_logs()
    return open_vault(Settings.from_environment(os.environ))
