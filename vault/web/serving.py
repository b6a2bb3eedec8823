"""How a web process is run: gunicorn's configuration, beside what the command line says."""

import gc


def settle() -> None:
    """Says that everything there is now stays: call it when a process has started, before it answers.

    Python looks through all its objects for cycles again and again, for more than a tenth of a second each time with
    all that is imported here, while somebody waits for a page. What has been there from the start it need not look at.
    """
    gc.collect()
    gc.freeze()


def post_worker_init(_worker: object) -> None:
    """Called by gunicorn in each process that has loaded the application."""
    settle()
