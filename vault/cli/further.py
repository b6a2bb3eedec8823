"""`sellervault further`: the files of further accounts, for whoever has the machine's terminal."""

from pathlib import Path
from typing import BinaryIO

import click
from rich.console import Console
from rich.table import Table

from vault.app import create_app
from vault.cli.named import account_named, account_of
from vault.cli.opening import opened_vault
from vault.cli.table import plain, print_findings
from vault.db.entities.further import FurtherAccount
from vault.services.access import TERMINAL
from vault.services.further import further as further_files
from vault.services.further.reading import OpenFile, pack_folder, read_file
from vault.services.people import rescue
from vault.services.register.accounts import get_account
from vault.web.further_view import folder_summary


@click.group(help="Further accounts: list the files of plans, show one with its checks, export its folder.")
def further() -> None:
    pass


@further.command("list", help="The files of a seller account, given by its name or id.")
@click.argument("account")
def list_(account: str) -> None:
    table = Table("Working name", "State", "There", "Begun")
    table.add_column("Id", no_wrap=True)
    with opened_vault() as vault:
        account_id = account_named(vault, account).id
        for row in further_files.list_files(vault, rescue.everywhere(vault, TERMINAL), account_id):
            begun = row.file.created_at.date().isoformat()
            table.add_row(plain(row.file.name), row.file.state, f"{row.done} of {row.items}", begun, row.file.id)
    Console().print(table)


@further.command(help="One file: what was written, its documents, and what is missing. Exit code 3 while something is.")
@click.argument("file_id")
@click.pass_context
def show(context: click.Context, file_id: str) -> None:
    with opened_vault() as vault:
        account_id = account_of(vault, FurtherAccount, file_id)
        opened = read_file(vault, rescue.everywhere(vault, TERMINAL), account_id, file_id)
    console = Console(highlight=False)
    console.print(
        f"[bold]{plain(opened.file.name)}[/], {opened.file.state}, {opened.file.marketplace or 'no store yet'}"
    )
    print_findings(console, opened.findings)
    _print_contents(console, opened)
    if any(finding.is_gap for finding in opened.findings):
        context.exit(3)


@further.command(
    help="Write the file's folder, with every original and checksums, to OUT, a zip file; - for standard output."
)
@click.argument("file_id")
@click.argument("out", type=click.File("wb", lazy=True))
def export(file_id: str, out: BinaryIO) -> None:
    with opened_vault() as vault:
        actor, account_id = rescue.everywhere(vault, TERMINAL), account_of(vault, FurtherAccount, file_id)
        opened = read_file(vault, actor, account_id, file_id)
        with create_app(vault=vault).test_request_context():
            summary = folder_summary(opened, get_account(vault, actor, account_id))
        for chunk in pack_folder(vault, actor, account_id, file_id, summary):
            out.write(chunk)
    click.echo(f"{len(opened.papers)} documents exported to {Path(out.name).name}.", err=True)


def _print_contents(console: Console, opened: OpenFile) -> None:
    for paper in opened.papers:
        console.print(f"{paper.purpose}: {plain(paper.document.filename)}")
    for value in opened.values:
        console.print(f"{value.kind}: {plain(value.masked)}")
    for link in opened.links:
        console.print(f"would be linked with {plain(link.other.name)}: {link.score} points")
