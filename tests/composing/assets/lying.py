"""Instead of composing, answers with the document that it was given."""

from collections.abc import Callable

from vault.sandbox.limits import Limits


def warm_up() -> None:
    pass


def perform(request: bytes, data: bytes, limits: Limits, progress: Callable[[int, int], None]) -> bytes:
    return data
