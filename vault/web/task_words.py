"""What the forms of tasks say when something is not accepted."""

from flask import flash

from vault.domain.errors import Invalid, VaultError
from vault.web.i18n import say


def say_why(error: VaultError) -> None:
    """Shows what was refused, and what is wrong with each field, on the next page."""
    problems = error.problems.values() if isinstance(error, Invalid) else ()
    flash(" ".join(map(say, [error.message, *problems])), "error")
