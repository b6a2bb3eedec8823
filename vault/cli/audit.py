"""`sellervault audit`: what Amazon demands, what is missing, and the bundle, for whoever has the terminal."""

import click
from rich.console import Console
from rich.table import Table

from vault.cli.audit_guests import guests
from vault.cli.audit_letter import letter
from vault.cli.named import account_named, audit_named
from vault.cli.opening import opened_vault
from vault.cli.table import plain
from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.rules.channels import NO_LIMIT
from vault.services.access import TERMINAL
from vault.services.audits.pages import OpenAudit, list_audits, read_audit
from vault.services.bundles.bundles import ask_for_bundle, try_again
from vault.services.bundles.options import BundleOptions
from vault.services.bundles.standing import MadeBundle
from vault.services.days import today
from vault.services.people import rescue


@click.group(help="Audits: list them, show what is missing, have the bundle made.")
def audit() -> None:
    pass


audit.add_command(guests)
audit.add_command(letter)


@audit.command("list", help="Audits of a seller account (its name or id), what is to be answered first.")
@click.argument("account")
def list_(account: str) -> None:
    with opened_vault() as vault:
        found = list_audits(vault, rescue.everywhere(vault, TERMINAL), account_named(vault, account).id)
    table = Table("Answer until", "State", "About", "Case", "Products", "Owner")
    table.add_column("Id", no_wrap=True)
    for row in found:
        each = row.audit
        until = f"{each.deadline:%Y-%m-%d %H:%M} UTC" if each.deadline else "–"
        kind = each.kind.replace("_", " ") or "to confirm"
        table.add_row(until, each.state, kind, plain(each.case_id), str(row.products), plain(row.owner), each.id)
    Console().print(table)


@audit.command(help="One audit, by its id or its case number: the evidence, what is missing, the bundles.")
@click.argument("audit")
def show(audit: str) -> None:
    with opened_vault() as vault:
        found = audit_named(vault, audit)
        opened = read_audit(vault, rescue.everywhere(vault, TERMINAL), found.account_id, found.id)
    _print(opened)


@audit.command(help="Have the bundle of an audit made, named by its id or its case number. A worker makes it.")
@click.argument("audit")
@click.option("--without-prices", is_flag=True, help="Copies of invoices without prices in place of the originals.")
@click.option("--contact", default="", help="Whom Amazon may ask.")
@click.option("--channel", default=NO_LIMIT, show_default=True, help="How it will be sent: a channel of the rule book.")
def bundle(audit: str, without_prices: bool, contact: str, channel: str) -> None:
    with opened_vault() as vault:
        if channel not in vault.rules.channels:
            known = ", ".join(vault.rules.channels)
            raise Invalid(N_("There is no channel “%(name)s”. Choose one of: %(known)s."), name=channel, known=known)
        found, actor = audit_named(vault, audit), rescue.everywhere(vault, TERMINAL)
        wanted = BundleOptions(today(vault), without_prices, contact=contact, channel=channel)
        ask_for_bundle(vault, actor, found.account_id, found.id, wanted)
        opened = read_audit(vault, actor, found.account_id, found.id)
    if any(finding.is_gap for finding in opened.findings):
        click.echo("It is made as it is now. Open, and perhaps a reason to refuse it:")
        _print_gaps(opened)
    click.echo(f"The bundle is being made. “sellervault audit show {found.id}” tells when it is ready.")


@audit.command(help="Try once more to make a bundle that could not be made, named by its id.")
@click.argument("audit")
@click.argument("bundle")
def again(audit: str, bundle: str) -> None:
    with opened_vault() as vault:
        found, actor = audit_named(vault, audit), rescue.everywhere(vault, TERMINAL)
        try_again(vault, actor, found.account_id, found.id, bundle)
    click.echo(f"It is tried again. “sellervault audit show {found.id}” tells when it is ready.")


def _print_gaps(opened: OpenAudit) -> None:
    say = Console(highlight=False).print
    for finding in opened.findings:
        if finding.is_gap:
            say(f"- {plain(str(finding.message))}" + (f" {plain(str(finding.advice))}" if finding.advice else ""))


def _print(opened: OpenAudit) -> None:
    say, each = Console(highlight=False).print, opened.audit
    say(f"[bold]{each.kind.replace('_', ' ') or 'A notice to confirm'}[/]  {plain(each.case_id)}  {each.state}")
    if each.deadline:
        say(f"Answer until {each.deadline:%Y-%m-%d %H:%M} UTC")
    for section in opened.sections:
        units = f", {section.need.bought} of {section.need.wanted} units" if section.need else ""
        if section.need and section.need.credited:
            units += f" (without {section.need.credited} that credit notes take back)"
        count = "missing" if section.is_missing else f"{len(section.chosen)} of {len(section.candidates)} go in"
        say(f"{plain(section.part.name)} {section.asin}: {count}{units}")
    _print_gaps(opened)
    if opened.gathered is not None:
        say(f"The invoices are being looked through, {opened.gathered} so far.")
    for made in opened.bundles:
        _print_bundle(made)


def _print_bundle(made: MadeBundle) -> None:
    say = Console(highlight=False, soft_wrap=True).print
    state = "could not be made" if made.is_failed else "being made" if made.is_running else "ready"
    if made.is_running and made.progress:
        state += f" ({made.progress['step']}, {made.progress['done']} of {made.progress['of']})"
    sent = f", sent {made.bundle.sent_at:%Y-%m-%d %H:%M} UTC" if made.bundle.sent_at else ""
    channel = made.bundle.options.get("channel", NO_LIMIT)
    say(f"bundle {made.bundle.id} of {made.bundle.made_at:%Y-%m-%d %H:%M} UTC, {channel}: {state}{sent}")
    if made.problem:
        say(f"  {plain(str(made.problem))}")
    for file in made.files:
        kept = "  for your own records" if made.is_for_records(file) else ""
        say(f"  {plain(file.filename)}  {file.size} bytes  {file.sha256}  ({file.id}){kept}")
    for each in made.without_copy:
        where = "NOT IN IT" if made.is_lossy else "without a copy"
        say(f"  {where}: {plain(each.name)}. {plain(str(each.message))}")
    if made.bundle.flaws:
        say(f"  not wholly PDF/A: {', '.join(made.bundle.flaws)}")
