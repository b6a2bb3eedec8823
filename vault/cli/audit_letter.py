"""`sellervault audit letter`: a letter of an audit as it stands, with what was found in it. Nothing is ever sent."""

import click

from vault.cli.named import audit_named
from vault.cli.opening import opened_vault
from vault.cli.table import plain
from vault.domain.errors import NotFound
from vault.domain.message import N_
from vault.letters.facts import LANGUAGES, LetterKind
from vault.services.access import TERMINAL
from vault.services.letters.editing import read_letter
from vault.services.letters.pages import request_language
from vault.services.people import rescue


@click.command(
    help="Print a letter of an audit, named by its id or its case number; what to look at goes to the errors."
)
@click.argument("audit")
@click.argument("kind", type=click.Choice([kind.value for kind in LetterKind]), default=LetterKind.ANSWER.value)
@click.option("--language", type=click.Choice(LANGUAGES), help="Else the audit's, or the supplier's own.")
@click.option("--supplier", "supplier_id", default="", help="Id of the supplier, for a supplier_request.")
def letter(audit: str, kind: str, language: str | None, supplier_id: str) -> None:
    if kind == LetterKind.SUPPLIER_REQUEST and not supplier_id:
        raise NotFound(N_("Say with --supplier whom the request goes to."))
    with opened_vault() as vault:
        found, actor = audit_named(vault, audit), rescue.everywhere(vault, TERMINAL)
        chosen = language or request_language(vault, actor, found.account_id, found.id, supplier_id)
        read = read_letter(vault, actor, found.account_id, found.id, LetterKind(kind), chosen, supplier_id)
    click.echo(read.text, nl=False)
    for each in read.findings:
        click.echo(f"{each.outcome.value}: {plain(str(each.message))} {plain(str(each.advice))}", err=True)
