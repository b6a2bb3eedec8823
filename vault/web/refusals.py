"""What a service refused, shown on the next page."""

from flask import flash

from vault.domain.errors import Invalid, VaultError
from vault.web.i18n import say


def say_why(error: VaultError) -> None:
    """Flashes what was refused, what is wrong with each field, and what to do about it."""
    problems = error.problems.values() if isinstance(error, Invalid) else ()
    flash(" ".join(map(say, [error.message, *problems])), "error")
