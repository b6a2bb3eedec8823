"""Errors of PostgreSQL without the values that its server adds to them: they end in logs and in the rows of jobs.

The server says which rule was broken in its first line, and in DETAIL which row or key did it: there stands what people
have entered. What it calls data exceptions repeats a value in the first line already.
"""

import psycopg
from sqlalchemy import Engine, ExceptionContext, event


def leave_values_unsaid(engine: Engine) -> None:
    """Has every error of `engine`, and the driver's own behind it, say no more than what went wrong."""
    event.listen(engine, "handle_error", _leave_values_unsaid)


def _leave_values_unsaid(context: ExceptionContext) -> None:
    error = context.original_exception
    if not isinstance(error, psycopg.Error) or error.diag.message_primary is None:
        return
    before, after = str(error), _without_values(error)
    error.args = (after,)
    shown = context.sqlalchemy_exception
    if shown is not None:
        shown.args = tuple(part.replace(before, after) if isinstance(part, str) else part for part in shown.args)


def _without_values(error: psycopg.Error) -> str:
    if isinstance(error, psycopg.DataError):
        return f"a value does not fit ({error.sqlstate})"
    return error.diag.message_primary or ""
