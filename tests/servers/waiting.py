"""Waiting for something that another process does, never longer than it may take."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(probe: Callable[[], T], what: str, seconds: float = 30, pause: float = 0.05) -> T:
    """Asks `probe` until its answer is true, and returns that answer. Raises AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (answer := probe()):
        assert time.monotonic() < deadline, f"waited {seconds:g} s in vain until {what}"
        time.sleep(pause)
    return answer
