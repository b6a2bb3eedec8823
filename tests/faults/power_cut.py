"""Power cuts, as far as one machine can have them: a filesystem that stops in the middle of uploads and forgets
everything that was not on the disk.

    python -m tests.faults.power_cut [--rounds 20]      (as root: it mounts a filesystem of its own)

Each round uploads until the filesystem is shut down at a random moment, mounts it again, and counts what was
acknowledged and is not there. Ends with 1 if anything was lost.
"""

import argparse
import fcntl
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from tests.faults.killing import Uploader, running_uploader
from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.servers.schema import create_schema
from tests.servers.valkey import running_valkey
from vault.config import Settings
from vault.db.entities.documents import Document
from vault.services.vault import open_vault
from vault.services.verification.vault import parts_in, verify_vault

_MEGABYTES = 256
# ioctl(2) of ext4 and xfs: stop now. The argument says that not even the filesystem's own journal is written out.
_SHUTDOWN, _WITHOUT_FLUSH = 0x8004587D, 2


@contextmanager
def mounted(image: Path, folder: Path) -> Iterator[None]:
    subprocess.run(["mount", "-o", "loop", str(image), str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def cut_power(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.ioctl(descriptor, _SHUTDOWN, struct.pack("I", _WITHOUT_FLUSH))
    finally:
        os.close(descriptor)


def upload_until_cut(uploader: Uploader, folder: Path, name: str, seconds: float) -> list[str]:
    """The ids of what was acknowledged before the power went."""
    first = uploader.upload(f"{name} first")
    assert first, "the filesystem does not work to begin with"
    acknowledged = [first]
    cut = threading.Timer(seconds, cut_power, [folder])
    cut.start()
    number = 0
    while document_id := uploader.upload(f"{name} {number}"):
        acknowledged.append(document_id)
        number += 1
    cut.join()
    return acknowledged


def lost(settings: Settings, acknowledged: list[str]) -> list[str]:
    """What was acknowledged and is gone, and whatever else is not as it was recorded."""
    vault = open_vault(settings)
    vault.store.probe()
    with vault.database.reading() as session:
        found = set(session.scalars(select(Document.id)))
    vault.close()
    return [*(set(acknowledged) - found), *(difference.name for difference in verify_vault(parts_in(settings.home)))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    work = Path(tempfile.mkdtemp(prefix="sellervault-power-"))
    image, folder = work / "disk", work / "mount"
    folder.mkdir()
    with image.open("wb") as file:
        file.truncate(_MEGABYTES << 20)
    subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
    acknowledged: list[str] = []
    missing: list[str] = []
    with running_valkey() as valkey:
        settings = Settings(home=folder / "home", queue_url=valkey.url)
        with mounted(image, folder):
            settings.home.mkdir()
            create_schema(settings.database)
            vault = open_vault(settings)
            actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
            vault.close()
        for number in range(rounds):
            with mounted(image, folder), running_uploader(settings, actor.id, account_id, work / "log") as uploader:
                acknowledged += upload_until_cut(uploader, folder, f"round {number}", random.uniform(0.1, 2.5))
            with mounted(image, folder):
                missing += lost(settings, acknowledged)
            sys.stdout.write(f"cut {number + 1}: {len(acknowledged)} acknowledged so far, {len(missing)} lost\n")
    shutil.rmtree(work)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
