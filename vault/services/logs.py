"""What a process writes to its log: never the values that a function was working on when it failed."""

import structlog


def keep_values_out_of_logs() -> None:
    """Has faults logged as plain tracebacks. The default shows local variables: passwords, secrets, bank accounts."""
    *before, _ = structlog.get_config()["processors"]
    renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*before, renderer])
