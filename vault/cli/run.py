"""`sellervault run`: the whole service on this machine, or its web server alone."""

import os

import click

from vault.cli.embedded import programs, web_program
from vault.cli.starting import make_home, only_one, prepare, require_port, require_programs
from vault.cli.supervisor import Supervisor
from vault.config import Settings


@click.command()
@click.option("--only-web", is_flag=True, help="Run the web server alone; workers and the scheduler run elsewhere.")
def run(only_web: bool) -> None:
    """Run Seller Vault: web, workers, scheduler and, unless VAULT_QUEUE_URL names one, the queue's server.

    Settings come from the environment (docs/operating.md). Stop it with Ctrl-C.
    """
    settings = Settings.from_environment(os.environ)
    make_home(settings)
    if only_web:
        command = web_program(settings).command
        os.execv(command[0], command)
    with only_one(settings.home):
        require_programs(settings)
        require_port(settings.host, settings.port)
        link = prepare(settings)
        Supervisor(programs(settings)).run(when_ready=lambda: _announce(settings, link))


def _announce(settings: Settings, link: str | None) -> None:
    click.echo(f"Seller Vault is running at {settings.address} with its data in {settings.home.absolute()}")
    if link:
        click.echo(f"Create the owner with this link (it works once, for a day): {link}")
    click.echo("Stop it with Ctrl-C.")
