"""`sellervault init`: makes or migrates a vault without starting it."""

import os

import click

from vault.cli.starting import make_home, prepare
from vault.config import Settings


@click.command()
def init() -> None:
    """Make the vault folder and its key, migrate the database, probe the store.

    May be run at any time. While there is no owner yet, a new one-time link to the set-up is printed.
    """
    settings = Settings.from_environment(os.environ)
    make_home(settings)
    link = prepare(settings)
    click.echo(f"The vault in {settings.home.absolute()} is ready.")
    if link:
        click.echo(f"Create the owner with this link (it works once, for a day): {link}")
