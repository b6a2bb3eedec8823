"""`sellervault risk`: which accounts are linked, for whoever runs the service and has its terminal."""

import sys
from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from vault.cli.opening import opened_vault
from vault.cli.table import plain
from vault.domain.errors import Invalid
from vault.domain.links import Contribution, ExplanationKind, LinkKind
from vault.domain.register import AttributeKind
from vault.services.access import TERMINAL
from vault.services.links import explanations as link_explanations
from vault.services.links import links
from vault.services.links import scoring as link_scoring
from vault.services.links import what_if as link_what_if
from vault.services.links.explanations import NewExplanation
from vault.services.links.links import Pair
from vault.services.people import rescue

_SIGNS = {
    "fail": "[red]✗ too close[/]",
    "warn": "[yellow]! close[/]",
    "low": "[dim]– little[/]",
    "none": "[green]✓ apart[/]",
}
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group(help="Linked accounts: list pairs, show one, explain it, and ask what a value would change.")
def risk() -> None:
    pass


@risk.command("list", help="All pairs that share something, the worst first.")
@click.option("--rescore", is_flag=True, help="Score all pairs again before, catalogues included.")
def list_pairs(rescore: bool) -> None:
    table = Table("Pair", "Account", "Other account", "Points", "Risk", "Shares", box=None)
    with opened_vault() as vault:
        if rescore:
            link_scoring.rescore_all(vault, TERMINAL, catalogues=True)
        for pair in links.pairs(vault, rescue.everywhere(vault, TERMINAL)):
            shares = ", ".join(kind.value for kind in pair.kinds)
            names = (plain(pair.low.name), plain(pair.high.name))
            table.add_row(pair.id, *names, str(pair.score), _SIGNS[pair.risk], shares)
    Console().print(table)


@risk.command(help="What the two accounts of a pair share, what explains it, and what would separate them.")
@click.argument("pair_id")
def show(pair_id: str) -> None:
    with opened_vault() as vault:
        actor = rescue.everywhere(vault, TERMINAL)
        view = links.show(vault, actor, pair_id)
        apart = links.separating(vault, actor, pair_id)
    console = Console(highlight=False)
    console.print(_headline(view.pair))
    console.print(_contributions(view.pair.contributions))
    for item in view.explanations:
        until = f", until {item.valid_until}" if item.valid_until else ""
        console.print(f"{item.state}: {item.kind}{until}: {plain(item.reason)}")
    if apart.must_go:
        names = ", ".join(f"{item.kind} {plain(item.shown)}" for item in apart.must_go)
        console.print(f"Without {names}: {apart.score} points, less than {apart.below}.")


@risk.command(help="Say why the two accounts of a pair share what they share.")
@click.argument("pair_id")
@click.argument("kind", type=click.Choice([kind.value for kind in ExplanationKind]))
@click.argument("reason")
@click.option("--document", "document_id", help="The id of a document of one of the two that proves it.")
@click.option("--until", type=_DAY, help="The last day on which it counts, e.g. 2027-12-31.")
@click.option("--only", multiple=True, type=click.Choice([kind.value for kind in LinkKind]), help="What it explains.")
def explain(
    pair_id: str, kind: str, reason: str, document_id: str | None, until: datetime | None, only: tuple[str, ...]
) -> None:
    kinds = tuple(LinkKind(each) for each in only)
    given = NewExplanation(ExplanationKind(kind), reason, document_id, until.date() if until else None, kinds)
    with opened_vault() as vault:
        actor = rescue.everywhere(vault, TERMINAL)
        try:
            link_explanations.explain(vault, actor, pair_id, given)
        except Invalid as error:
            raise _named(error) from None
        click.echo(f"{links.show(vault, actor, pair_id).pair.score} points are left.")


@risk.command("what-if", help="What would change if an account had one more value. It is read from standard input.")
@click.argument("account_id")
@click.argument("kind", type=click.Choice([kind.value for kind in AttributeKind]))
def what_if(account_id: str, kind: str) -> None:
    # Not an argument: those stand in the shell's history and in the list of processes.
    text = click.prompt("Value", hide_input=True) if sys.stdin.isatty() else sys.stdin.read()
    table = Table("Account", "Points now", "Points then", "Risk then", "Would share", box=None)
    with opened_vault() as vault:
        try:
            changes = link_what_if.what_if(
                vault, rescue.everywhere(vault, TERMINAL), account_id, AttributeKind(kind), text
            )
        except Invalid as error:
            raise _named(error) from None
    for change in changes:
        added = ", ".join(f"{item.kind} {plain(item.shown)} ({item.how})" for item in change.added)
        table.add_row(plain(change.other.name), str(change.before), str(change.after), _SIGNS[change.risk_after], added)
    if changes:
        Console().print(table)
    else:
        click.echo("Nothing would change.")


def _headline(pair: Pair) -> str:
    return f"[bold]{plain(pair.low.name)}[/] and [bold]{plain(pair.high.name)}[/]: {pair.score} points  {_SIGNS[pair.risk]}"


def _contributions(contributions: tuple[Contribution, ...]) -> Table:
    table = Table("Shared", "How", "Value", "Weighs", "Counts", "Points", "", box=None)
    for item in contributions:
        remarks = [word for word, said in (("ended", item.ended), ("explained", item.explanation_id)) if said]
        figures = (f"{item.weight} %", f"{item.counted} %", str(item.points))
        table.add_row(item.kind, item.how, plain(item.shown), *figures, ", ".join(remarks))
    return table


def _named(error: Invalid) -> click.ClickException:
    return click.ClickException(" ".join(str(problem) for problem in error.problems.values()) or str(error))
