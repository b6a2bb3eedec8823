"""`sellervault verify PATH`: names everything in a vault, a journal or a bundle that is not as it was recorded."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import click

from vault.config import Settings
from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.journal.entry import Head
from vault.journal.verifier import Difference
from vault.services.verification.bundle import is_bundle, verify_bundle
from vault.services.verification.journal import is_journal, read_earlier_head, verify_journal
from vault.services.verification.vault import VaultParts, is_vault, parts_in, parts_of, verify_vault

_DIFFERENT = 3


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--head",
    "earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An earlier export of the journal (or its last line): finds what was cut off or rewritten since.",
)
@click.pass_context
def verify(context: click.Context, path: Path, earlier: Path | None) -> None:
    """Verify a vault folder, an exported journal or a bundle (a BagIt folder or zip archive), offline.

    One JSON object on standard output; what differs also on standard error, as it is found. Exit code 0: clean,
    3: something differs, 1: PATH is nothing that can be verified.
    """
    kind = _kind_of(path)
    differences = []
    for difference in _verified(kind, path, read_earlier_head(earlier) if earlier else None):
        click.echo(f"{difference.name}: {difference.message}", err=True)
        differences.append({"name": difference.name, "message": str(difference.message)})
    answer = {"path": str(path), "kind": kind, "ok": not differences, "differences": differences}
    click.echo(json.dumps(answer, ensure_ascii=False))
    context.exit(_DIFFERENT if differences else 0)


def _kind_of(path: Path) -> str:
    if path.is_dir() and is_vault(path):
        return "vault"
    if is_bundle(path):
        return "bundle"
    if path.is_file() and is_journal(path):
        return "journal"
    raise Invalid(
        N_("%(path)s is no vault folder (VAULT_HOME), no exported journal and no bundle. Give one of these."),
        path=str(path),
    )


def _verified(kind: str, path: Path, earlier: Head | None) -> Iterator[Difference]:
    if kind == "bundle":
        return verify_bundle(path)
    return verify_vault(_parts_of(path), earlier) if kind == "vault" else verify_journal(path, earlier)


def _parts_of(folder: Path) -> VaultParts:
    """A copy of a vault is all in its folder; of the vault in use, the settings say where records and objects are."""
    settings = Settings.from_environment(os.environ)
    return parts_of(settings) if settings.home.resolve() == folder.resolve() else parts_in(folder)
