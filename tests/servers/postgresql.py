"""A throwaway PostgreSQL server for tests: Debian's binaries, a folder of its own, a Unix socket, no network."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

_SUPERUSER = "tests"
# Nothing here outlives the test run, so nothing has to reach the disk. Templates are copied block by block: for a
# small database that is far faster than through the write-ahead log.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
}


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """A running server. `url` gives the address of one of its databases."""

    socket_folder: Path

    def url(self, database: str) -> str:
        return f"postgresql://{_SUPERUSER}@/{database}?host={quote(str(self.socket_folder), safe='')}"

    def create(self, database: str, template: str = "template1") -> str:
        """Creates a database as a copy of `template` and returns its address. Nobody may be connected to it."""
        self._execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url(database)

    def drop(self, database: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]  # names are made here, not by strangers


@contextmanager
def running_postgresql() -> Iterator[PostgreSQL]:
    """Starts a server and stops it afterwards. PostgreSQL refuses root, so root starts it as an unprivileged account."""
    folder = Path(tempfile.mkdtemp(prefix="sellervault-pg-"))
    account = _account()
    try:
        if account:
            os.chown(folder, account["user"], account["group"])
        data = folder / "data"
        initdb = ["initdb", "-D", str(data), "-U", _SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        _run(initdb, folder, account)
        settings = {**_SETTINGS, "unix_socket_directories": str(folder)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        control = ["pg_ctl", "-D", str(data), "-w", "-t", "60", "-l", str(folder / "log")]
        _run([*control, "-o", options, "start"], folder, account)
        try:
            yield PostgreSQL(folder)
        finally:
            _run([*control, "-m", "immediate", "stop"], folder, account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> Mapping[str, int]:
    """Who runs the server: nobody special, or ourselves when we are not root."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid}


def _run(command: list[str], folder: Path, account: Mapping[str, int]) -> None:
    program, *arguments = command
    output = folder / f"{program}.out"
    with output.open("wb") as log:
        done = subprocess.run(
            [_binary(program), *arguments],
            cwd=folder,
            stdout=log,
            stderr=log,
            env=_environment(),
            check=False,
            **account,
        )
    assert done.returncode == 0, f"{program} failed:\n{output.read_text(errors='replace')}"


def _environment() -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}


def _binary(name: str) -> str:
    """Debian keeps one folder a version, outside the PATH; the newest is taken."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which(name)
    assert found, f"{name} is missing: install the package postgresql"
    return found
