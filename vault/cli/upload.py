"""`sellervault upload`: papers from files into the vault, where workers read them as any others."""

import sys
from pathlib import Path

import click

from vault.cli.named import account_named
from vault.cli.opening import opened_vault
from vault.db.entities.documents import UploadItemState
from vault.domain.errors import Refused
from vault.domain.papers import PaperKind
from vault.domain.roles import Role
from vault.services.access import TERMINAL, Actor
from vault.services.documents.intake import Kept, keep, open_batch


@click.command()
@click.option("--account", "name", required=True, help="Name or id of the seller account.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in PaperKind if not kind.is_made_here]),
    help="What all these files are. Without it they are taken for supplier invoices.",
)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE..."
)
def upload(name: str, kind: str | None, files: tuple[Path, ...]) -> None:
    """Keep files byte for byte and have them read. A file that is here already is kept once."""
    refused = 0
    with opened_vault() as vault:
        account = account_named(vault, name)
        actor = Actor(TERMINAL, TERMINAL, {account.id: Role.OWNER})
        batch = open_batch(vault, actor, account.id, len(files), PaperKind(kind) if kind else None)
        for number, path in enumerate(files):
            try:
                with path.open("rb") as stream:
                    kept = keep(vault, actor, account.id, stream, path.name, batch.id, str(number))
            except Refused as refusal:
                click.echo(f"{path}: {refusal}", err=True)
                refused += 1
            else:
                click.echo(_line(path, kept))
    sys.exit(1 if refused else 0)


def _line(path: Path, kept: Kept) -> str:
    if kept.kept_as is not None:
        what = kept.kept_as.value.replace("_", " ")
        return f"{kept.document_id}  {path}: here already, as {kept.duplicate_of}, and stays {what}: say otherwise on its page"
    if kept.state is UploadItemState.DUPLICATE:
        return f"{kept.document_id}  {path}: here already, as {kept.duplicate_of}"
    return f"{kept.document_id}  {path}: kept"
