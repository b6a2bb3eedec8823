"""`sellervault account`: seller accounts and their registers, for whoever has the machine's terminal.

Values are read from a file or from standard input, never from the command line, which every user of the machine can
list; and they are shown masked.
"""

from collections.abc import Iterator
from typing import BinaryIO

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import select

from vault.cli.opening import opened_vault
from vault.db.entities.accounts import SellerAccount
from vault.domain.errors import NotFound
from vault.domain.message import N_
from vault.domain.roles import Role
from vault.services.access import TERMINAL, Actor
from vault.services.register import access_grants, register
from vault.services.register import bulk as register_bulk
from vault.services.register.bulk import BulkRow, RowOutcome
from vault.services.register.sheet import MOST_BYTES
from vault.services.vault import Vault


@click.group(help="Seller accounts: list them, show a register with its values masked, import values.")
def account() -> None:
    pass


@account.command("list", help="Every seller account of this vault.")
def list_accounts() -> None:
    table = Table("Id", "Name", "Status", "Health rating", "Legal name")
    with opened_vault() as vault:
        for each in _accounts(vault):
            rating = "" if each.health_rating is None else str(each.health_rating)
            table.add_row(each.id, _plain(each.name), each.status, rating, _plain(each.legal_name))
    Console().print(table)


@account.command(help="The register of one seller account, values masked, and who has access to it.")
@click.argument("name")
def show(name: str) -> None:
    console = Console()
    with opened_vault() as vault:
        shown, actor = _named(vault, name)
        found = register.read_register(vault, actor, shown.id)
        grants = access_grants.list_grants(vault, actor, shown.id)
    values = Table("Kind", "Value", "Label", "Until", "Held by others", title=_plain(shown.name))
    for value in found.values:
        label, until = (value.entry.label, value.entry.until) if value.entry else ("", None)
        others = ", ".join(dict.fromkeys(one.name for one in value.shared))
        values.add_row(value.kind, _plain(value.masked), _plain(label), str(until or ""), _plain(others))
    console.print(values)
    if grants:
        access = Table("Access", "Kind", "Why", "Since", "Left", "Removed")
        for grant in grants:
            days = (str(day or "") for day in (grant.since, grant.left_on, grant.removed_on))
            access.add_row(_plain(grant.name), grant.kind, _plain(grant.reason), *days)
        console.print(access)


@account.command("import")
@click.argument("name")
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", is_flag=True, help="Only say what would be taken over.")
def import_(name: str, file: BinaryIO, dry_run: bool) -> None:
    """Take over values from FILE, - for standard input: “kind; value; label; since; until” a line, or a CSV file.

    A first line that names the columns may add “account”: its lines go to the seller accounts of those names. Taking
    the same list twice changes nothing. Lines that cannot be read are named, the others are taken.
    """
    with opened_vault() as vault:
        shown, actor = _named(vault, name)
        act = register_bulk.preview if dry_run else register_bulk.take
        rows = act(vault, actor, shown.id, file.read(MOST_BYTES + 1))
    for line in _problems(rows):
        click.echo(line, err=True)
    new, known = (sum(row.outcome is outcome for row in rows) for outcome in (RowOutcome.NEW, RowOutcome.KNOWN))
    said = "would be added" if dry_run else "added"
    click.echo(f"{len(rows)} values read: {new} {said}, {known} there already.")


def _problems(rows: list[BulkRow]) -> Iterator[str]:
    for row in rows:
        if row.reason is not None:
            yield f"line {row.line}: {row.reason}"
        elif row.outcome is RowOutcome.NEW and row.shared:
            names = ", ".join(dict.fromkeys(one.name for one in row.shared))
            yield f"line {row.line}: held by {names} too, which links the accounts"


def _accounts(vault: Vault) -> list[SellerAccount]:
    with vault.database.reading() as session:
        return list(session.scalars(select(SellerAccount).order_by(SellerAccount.name, SellerAccount.id)))


def _named(vault: Vault, name: str) -> tuple[SellerAccount, Actor]:
    """The account of this exact name or id, and the terminal as an owner of every account, as who has the machine is."""
    everyone = _accounts(vault)
    found = [each for each in everyone if name in (each.id, each.name)]
    if len(found) != 1:
        raise NotFound(N_("There is no single seller account “%(name)s”. Use its exact name or its id."), name=name)
    return found[0], Actor(TERMINAL, TERMINAL, {each.id: Role.OWNER for each in everyone})


def _plain(text: str) -> str:
    """What a stranger wrote cannot colour or move the terminal."""
    return escape("".join(char if char.isprintable() else "·" for char in text))
