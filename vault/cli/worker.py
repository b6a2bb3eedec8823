"""`sellervault worker`: one worker, or the scheduler, in the foreground."""

import os
import sys

import click


@click.command()
@click.option("--scheduler", is_flag=True, help="Run the scheduler and reconciler instead of a worker.")
def worker(scheduler: bool) -> None:
    """Take jobs from the queue until SIGTERM. Start as many as there are cores to spare, on any machine."""
    # Another program by name: nothing in `vault` knows the code of `workers`.
    role = "scheduler" if scheduler else "worker"
    os.execv(sys.executable, [sys.executable, "-m", "workers.main", role])
