"""`sellervault audit guests`: who outside may look at an audit."""

import click
from rich.console import Console
from rich.table import Table

from vault.cli.named import audit_named, problems_named
from vault.cli.opening import opened_vault
from vault.cli.table import plain
from vault.services.access import TERMINAL
from vault.services.audits import guests as service
from vault.services.people import rescue


@click.group(help="Guests of an audit, named by its id or its case number: list, invite, revoke.")
def guests() -> None:
    pass


@guests.command("list", help="Everybody who was ever invited, the latest first.")
@click.argument("audit")
def list_(audit: str) -> None:
    with opened_vault() as vault:
        found = audit_named(vault, audit)
        rows = service.list_guests(vault, rescue.everywhere(vault, TERMINAL), found.account_id, found.id)
    table = Table("Who", "Until", "May look", "Bundles", "Looked last")
    table.add_column("Id", no_wrap=True)
    for row in rows:
        state = "yes" if row.is_open else "revoked" if row.revoked_at else "over"
        looked = f"{row.looked_at:%Y-%m-%d %H:%M} UTC" if row.looked_at else "–"
        bundles = "yes" if row.may_have_bundles else "no"
        table.add_row(plain(row.name), f"{row.expires_at:%Y-%m-%d %H:%M} UTC", state, bundles, looked, row.id)
    Console().print(table)


@guests.command(help="Let somebody look. The link is printed this once: whoever has it may look.")
@click.argument("audit")
@click.argument("name")
@click.option("--days", type=int, default=7, show_default=True, help="For how many days.")
@click.option("--with-bundles", is_flag=True, help="May download the bundles as well.")
def invite(audit: str, name: str, days: int, with_bundles: bool) -> None:
    with opened_vault() as vault, problems_named():
        found, actor = audit_named(vault, audit), rescue.everywhere(vault, TERMINAL)
        place = vault, actor, found.account_id, found.id
        invited = service.invite(*place, name, days, may_have_bundles=with_bundles)
    click.echo(f"{invited.name} may look until {invited.expires_at:%Y-%m-%d %H:%M} UTC:")
    click.echo(invited.link)


@guests.command(help="End a guest's looking at once; it cannot be undone.")
@click.argument("audit")
@click.argument("guest_id")
def revoke(audit: str, guest_id: str) -> None:
    with opened_vault() as vault:
        found = audit_named(vault, audit)
        service.revoke(vault, rescue.everywhere(vault, TERMINAL), found.account_id, found.id, guest_id)
    click.echo("Revoked. The link opens nothing any more.")
