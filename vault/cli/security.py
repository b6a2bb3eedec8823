"""`sellervault security`: how well a seller account is protected, and attesting its duties, from the terminal."""

from datetime import datetime

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from vault.cli.opening import opened_vault
from vault.domain.errors import Invalid
from vault.domain.roles import Role
from vault.domain.security import Control
from vault.services.access import TERMINAL, Actor
from vault.services.days import today
from vault.services.register.accounts import get_account
from vault.services.security import control_records
from vault.services.security.control_statements import Statement
from vault.services.security.security import overview


@click.group(help="Security duties of a seller account: how they stand, and attesting them.")
def security() -> None:
    pass


@security.command(
    help="Every duty of the seller account, the worst first. Exit code 3 while one of them needs somebody."
)
@click.argument("account_id")
@click.pass_context
def status(context: click.Context, account_id: str) -> None:
    with opened_vault() as vault:
        actor = _actor(account_id)
        get_account(vault, actor, account_id)
        found = overview(vault, actor, account_id)
    table = Table("State", "Control", "About", "Finding", "Due")
    for duty in found.duties:
        due_on = duty.due_on.isoformat() if duty.due_on else ""
        message = _plain(str(duty.finding.message))
        table.add_row(duty.finding.outcome.value, duty.control.value, duty.about, message, due_on)
    Console().print(table)
    if found.emergency is not None:
        click.echo(f"The emergency routine is running since {found.emergency.opened_at:%Y-%m-%d %H:%M} UTC.")
    if any(duty.finding.is_gap for duty in found.duties):
        context.exit(3)


@security.command(help="Record that a duty was done. ABOUT: what `status` shows for a person or a paper.")
@click.argument("account_id")
@click.argument("control", type=click.Choice([control.value for control in Control]))
@click.option("--about", default="", help="The access grant of the person, or the paper.")
@click.option("--on", "done_on", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it was done; default today.")
@click.option("--by", "done_by", required=True, help="Who did it.")
@click.option("--detail", "details", multiple=True, metavar="NAME=VALUE", help="E.g. unique=yes. Never a password.")
@click.option("--note", default="")
@click.option("--document", "document_id", help="The id of a document in the vault that shows it.")
def attest(
    account_id: str,
    control: str,
    about: str,
    done_on: datetime | None,
    done_by: str,
    details: tuple[str, ...],
    note: str,
    document_id: str | None,
) -> None:
    said = dict(_pair(detail) for detail in details)
    with opened_vault() as vault:
        day = done_on.date() if done_on else today(vault)
        statement = Statement(Control(control), day, about, done_by, said, note, document_id)
        try:
            control_records.attest(vault, _actor(account_id), account_id, statement)
        except Invalid as error:
            lines = [f"{name}: {message}" for name, message in error.problems.items()]
            raise click.ClickException("\n".join([str(error), *lines])) from None
    click.echo("Recorded.")


def _actor(account_id: str) -> Actor:
    """Whoever has the machine may do what an owner may."""
    return Actor(TERMINAL, TERMINAL, {account_id: Role.OWNER})


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator:
        raise click.BadParameter("write NAME=VALUE", param_hint="--detail")
    return name, value


def _plain(text: str) -> str:
    """What a stranger wrote cannot colour or move the terminal."""
    return escape("".join(char if char.isprintable() else "·" for char in text))
