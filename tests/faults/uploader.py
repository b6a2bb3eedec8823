"""Uploads on demand, each in a forked process of its own that waits until it is told to go.

Reads ``upload TEXT`` from standard input; answers ``process PID``, waits for ``go``, and answers ``kept ID`` once the
upload is acknowledged. ``ended STATUS`` follows when the process is gone, however it went. Run by
`tests.faults.killing`; the imports, which take far longer than an upload, are done once.
"""

import io
import os
import sys

from vault.config import Settings
from vault.domain.errors import VaultError
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.documents.intake import keep
from vault.services.vault import open_vault


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def listen() -> str:
    """The next line; read without a buffer, which a forked process would share."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            sys.exit(0)
        line += byte
    return line.decode().strip()


def upload(user_id: str, account_id: str, text: str) -> None:
    vault = open_vault(Settings.from_environment(os.environ))
    actor = Actor(user_id, "Owner", {account_id: Role.OWNER})
    say(f"process {os.getpid()}")
    assert listen() == "go"
    content = io.BytesIO(f"%PDF-1.7\n{text}\n%%EOF\n".encode())
    say(f"kept {keep(vault, actor, account_id, content, f'{text}.pdf').document_id}")


def main() -> None:
    user_id, account_id = sys.argv[1:]
    while command := listen():
        child = os.fork()
        if child == 0:
            try:
                upload(user_id, account_id, command.removeprefix("upload "))
            except (OSError, VaultError) as error:
                sys.stderr.write(f"not kept: {error}\n")
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        say(f"ended {status}")


if __name__ == "__main__":
    main()
