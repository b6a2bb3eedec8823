"""`sellervault read`: what stands in these files, without a server or a database."""

import click

from vault.cli.documents import read_files
from vault.cli.lines import as_json, document_line, print_utf8


@click.command()
@click.option("--no-xml", is_flag=True, help="Ignore embedded e-invoice XML: read the pages only.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Documents read side by side.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def read(no_xml: bool, jobs: int, files: tuple[str, ...]) -> None:
    """Read documents and print one line of JSON for each, in the order given."""
    print_utf8()
    for done in read_files(files, use_xml=not no_xml, jobs=jobs):
        click.echo(as_json(document_line(done)))
