"""`sellervault import`: Seller Central reports from files."""

from datetime import datetime
from pathlib import Path

import click

from vault.checks.coverage.facts import Days
from vault.cli.named import account_named
from vault.cli.opening import opened_vault
from vault.domain.roles import Role
from vault.reading.amazon.kinds import ReportKind
from vault.services import browsing
from vault.services.access import TERMINAL, Actor
from vault.services.catalogue.imports import import_file


@click.group(name="import")
def import_() -> None:
    """Import reports as downloaded from Seller Central."""


_ACCOUNT = click.option("--account", "name", required=True, help="Name or id of the seller account.")
_DAY = click.DateTime(formats=["%Y-%m-%d"])
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


@import_.command()
@_ACCOUNT
@click.option("--from", "first", type=_DAY, help="First day that the report was requested for.")
@click.option("--to", "last", type=_DAY, help="Last day that the report was requested for.")
@_FILE
def orders(name: str, first: datetime | None, last: datetime | None, file: Path) -> None:
    """Count what an all-orders report says was sold. Importing a file twice changes nothing."""
    if (first is None) != (last is None):
        raise click.UsageError("Give both --from and --to, or neither.")
    covers = Days(first.date(), last.date()) if first and last else None
    _import(name, file, ReportKind.ORDERS, "order items", covers)


def _import(name: str, file: Path, kind: ReportKind, rows: str, covers: Days | None = None) -> None:
    """`rows`: what the rows of the report are called."""
    with opened_vault() as vault, file.open("rb") as stream:
        account = account_named(vault, name)
        actor = Actor(TERMINAL, TERMINAL, {account.id: Role.OWNER})
        done = import_file(vault, actor, account.id, stream, file.name, kind, covers, waits=True)
        report = browsing.get_import(vault, actor, account.id, done.report.id)[0]
    if not done.is_new:
        click.echo(f"This file was imported on {report.imported_at:%Y-%m-%d %H:%M} UTC already; nothing was changed.")
        return
    click.echo(f"{report.rows} {rows} read: {report.added} new, {report.changed} changed.")
    for problem in report.problems:
        click.echo(f"line {problem['line']}: {problem['reason']}", err=True)
