"""`sellervault user`: people, for whoever runs the service and has its terminal."""

import sys

import click
from rich.console import Console
from rich.table import Table

from vault.cli.named import problems_named
from vault.cli.opening import opened_vault
from vault.domain.roles import Role
from vault.services.access import TERMINAL
from vault.services.people import joining, rescue


@click.group(help="People: list them, add one, set a new password, keep somebody out.")
def user() -> None:
    pass


@user.command("list", help="Everyone who can sign in.")
def list_users() -> None:
    table = Table("E-mail", "Name", "Administrator", "Second factor", "Seller accounts", "State")
    with opened_vault() as vault:
        for person in rescue.list_users(vault):
            table.add_row(
                person.email,
                person.name,
                "yes" if person.is_administrator else "",
                "on" if person.has_second_factor else "off",
                ", ".join(sorted(f"{role}" for role in person.roles.values())),
                "disabled" if person.is_disabled else "active",
            )
    Console().print(table)


@user.command(help="Add a person. The password is asked for, or read from standard input with --password-stdin.")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--administrator", is_flag=True, help="Runs the installation: opens seller accounts, sees everyone.")
@click.option("--password-stdin", is_flag=True)
def create(email: str, name: str, administrator: bool, password_stdin: bool) -> None:
    with opened_vault() as vault, problems_named():
        entered = joining.NewPerson(name, email, _password(password_stdin))
        person = joining.create_user(vault, entered, administrator, TERMINAL)
    click.echo(f"{person.email} can sign in now.")


@user.command(help="Set a new password; the person is signed out everywhere.")
@click.argument("email")
@click.option("--password-stdin", is_flag=True)
@click.option("--without-second-factor", is_flag=True, help="Also take the second factor away, where it is lost.")
def reset(email: str, password_stdin: bool, without_second_factor: bool) -> None:
    with opened_vault() as vault, problems_named():
        rescue.reset_password(vault, email, _password(password_stdin), TERMINAL, without_second_factor)
    click.echo(f"{email} signs in with the new password from now on.")


@user.command(help="Give a person a role in a seller account, e.g. where its last owner is gone.")
@click.argument("email")
@click.argument("account_id")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def grant(email: str, account_id: str, role: str) -> None:
    with opened_vault() as vault:
        rescue.grant(vault, email, account_id, Role(role), TERMINAL)
    click.echo(f"{email} is now {role} of {account_id}.")


@user.command(help="Keep a person out: no sign-in, and every session ends at once.")
@click.argument("email")
def disable(email: str) -> None:
    with opened_vault() as vault:
        rescue.set_disabled(vault, email, True, TERMINAL)
    click.echo(f"{email} cannot sign in any more.")


@user.command(help="Let a disabled person sign in again.")
@click.argument("email")
def enable(email: str) -> None:
    with opened_vault() as vault:
        rescue.set_disabled(vault, email, False, TERMINAL)
    click.echo(f"{email} can sign in again.")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("New password", hide_input=True, confirmation_prompt=True))
