"""`sellervault check`: would these invoices pass? Without a server or a database, by the same checks."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from vault.checks.facts import Buyer, InvoiceFacts
from vault.checks.judge import judge_invoice
from vault.cli.buyer import read_buyer
from vault.cli.documents import ReadFile, read_files
from vault.cli.lines import as_json, document_line, finding_entry, print_utf8
from vault.cli.table import print_document
from vault.config import Settings
from vault.domain.errors import Invalid
from vault.domain.findings import Finding, Verdict, verdict_of
from vault.domain.message import N_
from vault.domain.products import Product
from vault.domain.readings import Reading
from vault.matching.index import Index, build_index
from vault.matching.matcher import match_line
from vault.reading.amazon.catalogue import read_catalogue
from vault.rules.book import Profile
from vault.rules.loader import load_rules

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--profile", default="guide", show_default=True, help="The checklist to judge by.")
@click.option("--catalogue", type=_FILE, help="All-listings report as downloaded, or JSON Lines with id and title.")
@click.option("--buyer", type=_FILE, help='Whom the invoice must be made out to: {"name": …, "address": …}.')
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Judge as on this day; today without it.")
@click.option("--no-xml", is_flag=True, help="Ignore embedded e-invoice XML: read the pages only.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Documents read side by side.")
@click.option("--json", "json_lines", is_flag=True, help="One line of JSON a file, for other programs.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check(
    profile: str,
    catalogue: Path | None,
    buyer: Path | None,
    as_of: datetime | None,
    no_xml: bool,
    jobs: int,
    json_lines: bool,
    files: tuple[str, ...],
) -> None:
    """Read invoices, judge each against a checklist and print what is wrong and what to do."""
    products = read_catalogue(catalogue.read_bytes()) if catalogue else ()
    judge = Judge(
        profile=_profile(profile),
        as_of=as_of.date() if as_of else datetime.now(UTC).date(),
        catalogue=build_index(products) if catalogue else None,
        products={product.id: product for product in products},
        buyer=read_buyer(buyer) if buyer else None,
    )
    if not catalogue:
        click.echo("No --catalogue was given: the lines are not compared with your products.", err=True)
    print_utf8()
    for done in read_files(files, use_xml=not no_xml, jobs=jobs):
        line, findings = judge.line_of(done)
        if json_lines:
            click.echo(as_json(line))
        else:
            print_document(line, findings)


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges files as the service would, as far as that goes without its database: it knows no other documents."""

    profile: Profile
    as_of: date
    catalogue: Index | None
    products: Mapping[str, Product]
    buyer: Buyer | None

    def line_of(self, done: ReadFile) -> tuple[dict[str, Any], tuple[Finding, ...]]:
        """The file's line of output and its findings. What could not be read has the verdict unknown."""
        began = time.perf_counter()
        findings = judge_invoice(self.facts(done.answer), self.profile) if isinstance(done.answer, Reading) else ()
        verdict = verdict_of(findings) if findings else Verdict.UNKNOWN
        line = document_line(done)
        line["took_ms"] += round((time.perf_counter() - began) * 1000)
        return {**line, "verdict": verdict.value, "findings": [finding_entry(item) for item in findings]}, findings

    def facts(self, reading: Reading) -> InvoiceFacts:
        """What is known about the document, here and now."""
        matches = tuple(match_line(self.catalogue, line) for line in reading.lines) if self.catalogue else ()
        return InvoiceFacts(
            reading=reading,
            as_of=self.as_of,
            matches=matches,
            products=self.products,
            has_catalogue=self.catalogue is not None,
            buyer=self.buyer,
            twins=None,
        )


def _profile(name: str) -> Profile:
    book = load_rules(Settings.from_environment(os.environ).rules_file)
    profiles = {name: profile for name, profile in book.profiles.items() if profile.about == "invoice"}
    if name not in profiles:
        raise Invalid(
            N_("There is no profile “%(name)s”. Choose one of: %(known)s."), name=name, known=", ".join(profiles)
        )
    return profiles[name]
