"""`sellervault absence`: who is away, so that deputies take over, for whoever has the machine's terminal."""

from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from vault.cli.named import account_named, account_of, problems_named
from vault.cli.opening import opened_vault
from vault.cli.table import plain
from vault.db.entities.routines import Absence
from vault.services.access import TERMINAL
from vault.services.people import rescue
from vault.services.routines import absences
from vault.services.routines.absences import Away

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(help="Absences: list them, note one, take one back. Meanwhile routines go to the deputy.")
def absence() -> None:
    pass


@absence.command("list", help="Who is or will be away in a seller account, given by its name or id.")
@click.argument("account")
def list_(account: str) -> None:
    table = Table("Person", "From", "Until")
    table.add_column("Id", no_wrap=True)
    with opened_vault() as vault:
        account_id = account_named(vault, account).id
        for row in absences.list_absences(vault, rescue.everywhere(vault, TERMINAL), account_id):
            away = row.absence
            table.add_row(plain(row.name), away.from_on.isoformat(), away.until_on.isoformat(), away.id)
    Console().print(table)


@absence.command(help="Note that a person is away from the first to the last day, both included.")
@click.argument("account")
@click.argument("email")
@click.argument("from_on", type=_DAY, metavar="FROM")
@click.argument("until_on", type=_DAY, metavar="UNTIL")
def add(account: str, email: str, from_on: datetime, until_on: datetime) -> None:
    with opened_vault() as vault, problems_named():
        away = Away(rescue.find_user(vault, email).id, from_on.date(), until_on.date())
        absences.enter(vault, rescue.everywhere(vault, TERMINAL), account_named(vault, account).id, away)
    click.echo(f"{email} is away from {from_on.date()} until {until_on.date()}.")


@absence.command(help="Take an absence back: the person is there after all.")
@click.argument("absence_id")
def remove(absence_id: str) -> None:
    with opened_vault() as vault:
        account_id = account_of(vault, Absence, absence_id)
        absences.remove(vault, rescue.everywhere(vault, TERMINAL), account_id, absence_id)
    click.echo("Taken back.")
