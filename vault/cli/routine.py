"""`sellervault routine`: what is due, and attesting it, for whoever runs the service and has its terminal."""

from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from vault.cli.opening import opened_vault
from vault.cli.table import plain
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.routines import Routine
from vault.domain.errors import NotFound
from vault.domain.roles import Role
from vault.services.access import TERMINAL, Actor
from vault.services.days import today
from vault.services.routines import attestations
from vault.services.routines import pages as routine_pages
from vault.services.vault import Vault


@click.group(help="Routines: list them with what is due, attest one.")
def routine() -> None:
    pass


@routine.command("list", help="Every routine of a seller account with how it stands today.")
@click.argument("account_id")
def list_(account_id: str) -> None:
    table = Table("Routine", "How often", "Owner", "State", "Due", "Skipped in 30 days")
    table.add_column("Id", no_wrap=True)
    with opened_vault() as vault:
        found = routine_pages.list_routines(vault, _owner(vault, account_id), account_id)
    for row in found.rows:
        each = row.standing
        due = each.open.due_on if each.open else each.next_due
        table.add_row(
            plain(each.routine.title),
            str(row.cadence),
            plain(found.names.get(each.routine.owner_id or "", "nobody")),
            each.open.state.value if each.open else each.routine.state,
            due.isoformat() if due else "",
            str(row.skipped),
            each.routine.id,
        )
    Console().print(table)


@routine.command(help="Say that a routine was done: of today, or of the day on which it was due.")
@click.argument("routine_id")
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it was due; without it, today.")
@click.option("--note", default="", help="What was seen or done.")
def attest(routine_id: str, due: datetime | None, note: str) -> None:
    with opened_vault() as vault:
        with vault.database.reading() as session:
            found = session.get(Routine, routine_id)
        if found is None:
            raise NotFound()
        actor, words = _owner(vault, found.account_id), attestations.Words(note)
        due_on = due.date() if due else today(vault)
        made = attestations.attest(vault, actor, found.account_id, routine_id, due_on, words)
    Console(highlight=False).print(f"“{plain(found.title)}” of {made.due_on} is attested.", soft_wrap=True)


def _owner(vault: Vault, account_id: str) -> Actor:
    """The terminal, with the rights of an owner of the account. Raises NotFound where there is no such account."""
    with vault.database.reading() as session:
        if session.get(SellerAccount, account_id) is None:
            raise NotFound()
    return Actor(TERMINAL, TERMINAL, {account_id: Role.OWNER})
