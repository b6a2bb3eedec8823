"""`sellervault import`: Seller Central reports from files."""

from pathlib import Path

import click

from vault.cli.named import account_named
from vault.cli.opening import opened_vault
from vault.domain.roles import Role
from vault.reading.amazon.kinds import ReportKind
from vault.services.access import TERMINAL, Actor
from vault.services.catalogue.imports import import_report


@click.group(name="import")
def import_() -> None:
    """Import reports as downloaded from Seller Central."""


_ACCOUNT = click.option("--account", "name", required=True, help="Name or id of the seller account.")
_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@import_.command()
@_ACCOUNT
@_FILE
def listings(name: str, file: Path) -> None:
    """Bring the catalogue to what an all-listings report says. Importing a file twice changes nothing."""
    _import(name, file, ReportKind.LISTINGS, "listings")


@import_.command()
@_ACCOUNT
@_FILE
def inventory(name: str, file: Path) -> None:
    """Take over the labels (FNSKU) of an FBA inventory report. Importing a file twice changes nothing."""
    _import(name, file, ReportKind.INVENTORY, "labels")


def _import(name: str, file: Path, kind: ReportKind, rows: str) -> None:
    """`rows`: what the rows of the report are called."""
    with opened_vault() as vault:
        account = account_named(vault, name)
        actor = Actor(TERMINAL, TERMINAL, {account.id: Role.OWNER})
        done = import_report(vault, actor, account.id, file.read_bytes(), file.name, kind)
    report = done.report
    if not done.is_new:
        click.echo(f"This file was imported on {report.imported_at:%Y-%m-%d %H:%M} UTC already; nothing was changed.")
        return
    click.echo(f"{report.rows} {rows} read: {report.added} new, {report.changed} changed.")
    for problem in report.problems:
        click.echo(f"line {problem['line']}: {problem['reason']}", err=True)
