"""A TCP proxy on loopback that passes everything on until a test tells it to misbehave."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class FaultProxy:
    """Between a client and `upstream` (``host:port``). Faults concern what the upstream answers."""

    def __init__(self, upstream: str) -> None:
        host, port = upstream.split(":")
        self._upstream = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._budget: int | None = None
        self._flip_at: int | None = None
        self._stalled = threading.Event()
        self._closed = threading.Event()

    @property
    def endpoint(self) -> str:
        host, port = self._listener.getsockname()
        return f"{host}:{port}"

    def cut_after(self, count: int) -> None:
        """Lets `count` more bytes of answers through, then cuts the connection, each time."""
        self.heal()
        self._budget = count

    def flip_bit_after(self, count: int) -> None:
        """Flips one bit after `count` more bytes of answers, once."""
        self.heal()
        self._flip_at = count

    def stall(self) -> None:
        """Answers stop without the connection being closed."""
        self.heal()
        self._stalled.set()

    def heal(self) -> None:
        """Behaves again."""
        self._budget = self._flip_at = None
        self._stalled.clear()

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _connect(self, client: socket.socket) -> None:
        with client, suppress(OSError), socket.create_connection(self._upstream) as server:
            threading.Thread(target=self._pass_on, args=(client, server), daemon=True).start()
            while chunk := server.recv(65_536):
                while self._stalled.is_set() and not self._closed.wait(0.05):
                    pass
                chunk, cut = self._mangled(chunk)
                client.sendall(chunk)
                if cut:
                    break
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
            server.shutdown(socket.SHUT_RDWR)

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while chunk := client.recv(65_536):
                server.sendall(chunk)
            server.shutdown(socket.SHUT_WR)

    def _mangled(self, chunk: bytes) -> tuple[bytes, bool]:
        with self._lock:
            if self._flip_at is not None:
                at, self._flip_at = self._flip_at, self._flip_at - len(chunk)
                if at < len(chunk):
                    self._flip_at = None
                    return chunk[:at] + bytes([chunk[at] ^ 1]) + chunk[at + 1 :], False
            if self._budget is not None:
                allowed, self._budget = self._budget, max(0, self._budget - len(chunk))
                return chunk[:allowed], allowed < len(chunk)
        return chunk, False


@contextmanager
def running_fault_proxy(upstream: str) -> Iterator[FaultProxy]:
    """A proxy that behaves, until told otherwise."""
    proxy = FaultProxy(upstream)
    thread = threading.Thread(target=proxy.serve, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.close()
        thread.join(5)
