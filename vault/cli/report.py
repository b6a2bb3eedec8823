"""`sellervault report`: the compliance report of a month, for whoever has the terminal."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from vault.cli.named import account_named
from vault.cli.opening import opened_vault
from vault.cli.table import plain
from vault.db.entities.accounts import SellerAccount
from vault.domain.message import Message
from vault.services.access import TERMINAL, Actor
from vault.services.people import rescue
from vault.services.reports import kept, reports
from vault.services.reports.comparing import NUMBERS
from vault.services.reports.files import as_json
from vault.services.reports.kept import ShownReport
from vault.services.reports.months import month_before, read_month, running_month
from vault.services.reports.reports import OpenReport
from vault.services.vault import Vault


@click.command(help="Makes the compliance report of a month, where its figures have changed, and shows it.")
@click.option("--account", "name", help="Name or id of one seller account; else all that are open.")
@click.option("--month", help="Year and month, such as 2026-10; else the month before this one.")
@click.option("--json", "as_lines", is_flag=True, help="One JSON object a report and line.")
def report(name: str | None, month: str | None, as_lines: bool) -> None:
    with opened_vault() as vault:
        wanted = read_month(month) if month else month_before(running_month(vault))
        actor = rescue.everywhere(vault, TERMINAL)
        for account in [account_named(vault, name)] if name else _accounts(vault):
            shown = _made(vault, actor, account.id, wanted)
            opened = shown.opened
            if as_lines:
                click.echo(
                    json.dumps(json.loads(as_json(opened.report, opened.figures, shown.signature)), ensure_ascii=False)
                )
            else:
                _print(account.name, opened)


def _made(vault: Vault, actor: Actor, account_id: str, month: date) -> ShownReport:
    made = reports.make(vault, actor, account_id, month)
    return kept.show(vault, actor, account_id, made.report.id)


def _accounts(vault: Vault) -> Sequence[SellerAccount]:
    wanted = select(SellerAccount).where(SellerAccount.closed_at.is_(None))
    with vault.database.reading() as session:
        return session.scalars(wanted.order_by(SellerAccount.name, SellerAccount.id)).all()


def _print(name: str, opened: OpenReport) -> None:
    console, figures = Console(highlight=False), opened.figures
    signed = "signed" if opened.report.signed_at else "not signed"
    console.print(f"\n[bold]{plain(name)}[/]  {figures['month']}, revision {opened.report.revision}, {signed}")
    table = Table("Figure", "Value", box=None)
    for way in NUMBERS:
        table.add_row(" ".join(way[1:]).replace("_", " "), _number(figures, way))
    console.print(table)
    for place, each in enumerate(figures["standing"]["next"], 1):
        console.print(f"{place}. {plain(_what(each))}")
    if not figures["standing"]["next"]:
        console.print("Nothing is left to do.")


def _number(figures: Mapping[str, Any], way: Sequence[str]) -> str:
    found: Any = figures
    for step in way:
        found = found[step]
    return "–" if found is None else str(found)


def _what(each: Mapping[str, Any]) -> str:
    if "task" in each:
        return f"{Message(each['title']['text'], each['title']['params'])} (due {each['due_on']})"
    return f"Get an invoice for {each['product']} {each['name']}"
