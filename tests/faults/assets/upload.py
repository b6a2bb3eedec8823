"""Uploads one file as the service does, and says so only afterwards: ``upload.py ACCOUNT FILE`` in a vault's environment."""

import os
import sys
from pathlib import Path

from vault.config import Settings
from vault.domain.errors import VaultError
from vault.domain.roles import Role
from vault.services import intake
from vault.services.access import Actor
from vault.services.vault import open_vault

account_id, path = sys.argv[1], Path(sys.argv[2])
vault = open_vault(Settings.from_environment(os.environ))
actor = Actor("somebody", "Somebody", {account_id: Role.OWNER})
try:
    with path.open("rb") as stream:
        kept = intake.keep(vault, actor, account_id, stream, path.name)
except VaultError as error:
    sys.stderr.write(error.code)
    sys.exit(3)
sys.stdout.write(kept.document_id)
sys.stdout.flush()
os._exit(0)
