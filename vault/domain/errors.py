"""Everything that can go wrong on purpose: typed, with a stable code, what happened and what to do next.

The core knows no HTTP: the web, the API and the terminal each map these classes in one place.
"""

from collections.abc import Mapping
from typing import ClassVar

from vault.domain.message import N_, Message

_NOT_FOUND = N_("There is nothing here that you can see. Check the address, or ask an owner for access.")
_FORBIDDEN = N_("Your role does not allow this. Ask an owner or a manager of this seller account.")


class VaultError(Exception):
    """Base of every expected error.

    `code` is stable and never translated; `message` says what happened and what to do next.
    """

    code: ClassVar[str] = "error"

    def __init__(self, text: str, /, **params: str) -> None:
        self.message = Message(text, params)
        super().__init__(str(self.message))


class NotFound(VaultError):
    """The thing does not exist, or exists where this person may not look: the two are never told apart."""

    code = "not_found"

    def __init__(self, text: str = _NOT_FOUND, /, **params: str) -> None:
        super().__init__(text, **params)


class Forbidden(VaultError):
    """The person may see the thing but not do this to it."""

    code = "forbidden"

    def __init__(self, text: str = _FORBIDDEN, /, **params: str) -> None:
        super().__init__(text, **params)


class Invalid(VaultError):
    """Input that cannot be accepted as it is. `problems` maps a field name to its sentence."""

    code = "invalid"

    def __init__(self, text: str, /, problems: Mapping[str, Message] | None = None, **params: str) -> None:
        super().__init__(text, **params)
        self.problems = dict(problems or {})


class Conflict(VaultError):
    """The thing changed or exists already."""

    code = "conflict"


class Refused(VaultError):
    """An upload that is not kept. `reason` is a stable code below `refused`, e.g. ``unsupported_type``."""

    code = "refused"

    def __init__(self, reason: str, text: str, /, **params: str) -> None:
        super().__init__(text, **params)
        self.reason = reason


class Unreadable(VaultError):
    """A kept document that cannot be read. `reason` is stable, e.g. ``encrypted``, ``too_many_pages``, ``damaged``."""

    code = "unreadable"

    def __init__(self, reason: str, text: str, /, **params: str) -> None:
        super().__init__(text, **params)
        self.reason = reason


class Unavailable(VaultError):
    """A part that the service needs does not answer now; trying again later can succeed."""

    code = "unavailable"


class OutOfSpace(Unavailable):
    """The store is full: nothing was kept."""

    code = "out_of_space"


class Damaged(VaultError):
    """Stored bytes or records are not what was stored. Wrong bytes are never returned."""

    code = "damaged"


class Misconfigured(VaultError):
    """The service cannot start as it is set up."""

    code = "misconfigured"


class Throttled(VaultError):
    """Asked too often. `seconds`: after how long another try makes sense."""

    code = "throttled"

    def __init__(self, text: str, /, seconds: int, **params: str) -> None:
        super().__init__(text, **params)
        self.seconds = seconds
