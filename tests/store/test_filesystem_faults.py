"""A filesystem store under fire: full and failing disks, and kill -9 at each system call of a put."""

import hashlib
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from vault.domain.errors import Misconfigured, OutOfSpace, Unavailable, VaultError
from vault.domain.values import Sha256
from vault.store.filesystem import FilesystemStore
from vault.store.layout import name_of

pytestmark = pytest.mark.fault

ROOT = Path(__file__).parents[2]
CONTENT = b"an invoice" * 20_000
SHA256 = Sha256(hashlib.sha256(CONTENT).hexdigest())

# Puts CONTENT and says so when it was acknowledged; an expected error is told by the exit code.
PUT = """
import io, os, sys
from pathlib import Path
from vault.domain.errors import VaultError
from vault.store.filesystem import FilesystemStore
try:
    FilesystemStore(Path(sys.argv[1])).put(io.BytesIO(b"an invoice" * 20_000), limit=10**9)
    os.write(1, b"kept")
except VaultError as error:
    os._exit({exit_codes}[error.code])
"""
EXIT_CODES: dict[type[VaultError], int] = {OutOfSpace: 41, Unavailable: 42}
# Every system call by which a put changes what is on the disk, and the ones around them.
STEPS = ["mkdir", "openat", "flock", "write", "fchmod", "fsync", "link", "rename", "close", "unlink"]


@dataclass(frozen=True, slots=True)
class Outcome:
    acknowledged: bool
    exit_code: int


def put_under_strace(folder: Path, log: Path, *options: str) -> Outcome:
    codes = {error.code: number for error, number in EXIT_CODES.items()}
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{PUT.replace('{exit_codes}', str(codes))}"
    child = [sys.executable, "-B", "-I", "-c", program, str(folder)]
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), *options, *child], capture_output=True, timeout=60, check=False
    )
    return Outcome(done.stdout == b"kept", done.returncode)


def calls_of_a_put(folder: Path, log: Path) -> Iterator[tuple[str, int]]:
    """Each (system call, which one of its kind) from the first that touches `folder`, as one whole put makes them."""
    assert put_under_strace(folder, log, f"-etrace={','.join(STEPS)}").acknowledged
    seen: dict[str, int] = {}
    reached = False
    for line in log.read_text().splitlines():
        if found := re.match(r"\d+ +(\w+)\(", line):
            call = found[1]
            seen[call] = seen.get(call, 0) + 1
            reached = reached or str(folder) in line
            if '"kept"' in line:
                return
            if reached:
                yield call, seen[call]


def test_kill_9_at_any_system_call_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    steps = list(calls_of_a_put(tmp_path / "rehearsal", tmp_path / "log"))
    assert {"mkdir", "write", "fsync", "link"} <= {call for call, _ in steps}

    for number, (call, occurrence) in enumerate(steps):
        folder = tmp_path / f"{number}"
        outcome = put_under_strace(folder, tmp_path / "log", f"-einject={call}:signal=SIGKILL:when={occurrence}")

        store = FilesystemStore(folder)
        store.probe()
        assert list((folder / "spool").iterdir()) == []
        kept = list(store.ids())
        assert kept == [SHA256] or (not kept and not outcome.acknowledged)
        assert all(store.verify(sha256) == len(CONTENT) for sha256 in kept)
        assert put_under_strace(folder, tmp_path / "log", "-etrace=none").acknowledged
        assert list(store.ids()) == [SHA256]


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        ("write:error=ENOSPC", OutOfSpace),
        ("write:error=EDQUOT", OutOfSpace),
        ("write:error=EIO", Unavailable),
        ("mkdir:error=ENOSPC:when=1+", OutOfSpace),
        ("fsync:error=EIO:when=1", Unavailable),
        ("fsync:error=EIO:when=2", Unavailable),
        ("fsync:error=EIO:when=5", Unavailable),
        ("link:error=EIO", Unavailable),
        ("link:error=EROFS", Unavailable),
        ("link:error=ENOSPC", OutOfSpace),
        ("fchmod:error=EIO", Unavailable),
    ],
)
def test_a_disk_that_fails_is_told_and_nothing_is_acknowledged(
    tmp_path: Path, fault: str, answer: type[VaultError]
) -> None:
    folder = tmp_path / "store"
    store = FilesystemStore(folder)
    store.probe()

    done = put_under_strace(folder, tmp_path / "log", f"-einject={fault}")

    assert (done.acknowledged, done.exit_code) == (False, EXIT_CODES[answer])
    assert list((folder / "spool").iterdir()) == []
    assert put_under_strace(folder, tmp_path / "log", "-etrace=none").acknowledged
    assert store.verify(SHA256) == len(CONTENT)


def test_reading_goes_on_while_nothing_can_be_written(tmp_path: Path) -> None:
    store = FilesystemStore(tmp_path)
    store.put(io.BytesIO(CONTENT), limit=len(CONTENT))

    done = put_under_strace(tmp_path, tmp_path / "log", "-einject=write:error=ENOSPC")

    assert done.exit_code == EXIT_CODES[OutOfSpace]
    with store.open(SHA256) as stream:
        assert stream.read() == CONTENT


def test_an_object_is_a_read_only_file_of_its_bytes(tmp_path: Path) -> None:
    FilesystemStore(tmp_path).put(io.BytesIO(CONTENT), limit=len(CONTENT))

    path = tmp_path / "blobs" / name_of(SHA256)
    assert path.read_bytes() == CONTENT
    assert path.stat().st_mode & 0o222 == 0


def test_a_link_in_the_place_of_an_object_is_not_followed(tmp_path: Path) -> None:
    store = FilesystemStore(tmp_path / "store")
    store.put(io.BytesIO(CONTENT), limit=len(CONTENT))
    path = tmp_path / "store" / "blobs" / name_of(SHA256)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(Unavailable):
        store.verify(SHA256)


def test_what_a_dead_writer_left_is_reaped_and_a_living_one_is_left_alone(tmp_path: Path) -> None:
    store = FilesystemStore(tmp_path)
    store.probe()
    (tmp_path / "spool" / "left-by-a-crash").write_bytes(b"half of an upload")

    class Uploading:
        """Probes the store, as a second process starting up does, in the middle of an upload."""

        def __init__(self) -> None:
            self._rest = [b"second half", b"first half, "]

        def read(self, size: int = -1, /) -> bytes:
            FilesystemStore(tmp_path).probe()
            return self._rest.pop() if self._rest else b""

    stored = store.put(Uploading(), limit=100)

    assert stored.sha256 == Sha256(hashlib.sha256(b"first half, second half").hexdigest())
    assert store.verify(stored.sha256) == stored.size
    assert list((tmp_path / "spool").iterdir()) == []


def test_a_folder_that_cannot_be_used_is_told_at_start_up(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(Misconfigured, match="VAULT_HOME"):
        FilesystemStore(tmp_path / "file" / "store").probe()
