"""Findings as a table that a person can read on a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from vault.domain.findings import Finding, Outcome

_SIGNS = {
    Outcome.PASS: "[green]✓ pass[/]",
    Outcome.FAIL: "[red]✗ fail[/]",
    Outcome.WARN: "[yellow]! warn[/]",
    Outcome.UNKNOWN: "[magenta]? unknown[/]",
    Outcome.NOT_APPLICABLE: "[dim]– not applicable[/]",
}


def print_document(line: Mapping[str, Any], findings: Sequence[Finding]) -> None:
    """The verdict and every finding of one file. What a stranger wrote cannot colour or move the terminal."""
    console = Console(highlight=False)
    console.print(f"\n[bold]{plain(line['file'])}[/]  {_SIGNS[Outcome(line['verdict'])]}")
    if line["error"]:
        console.print(plain(line["error"]["message"]))
        return
    print_findings(console, findings)


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Each finding with its sign, what it says and what to do."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        advice = f"\n[dim]{plain(str(finding.advice))}[/]" if finding.advice else ""
        table.add_row(_SIGNS[finding.outcome], finding.check, f"{plain(str(finding.message))}{advice}")
    console.print(table)


def plain(text: str) -> str:
    """What a stranger wrote, as text that neither colours nor moves the terminal."""
    return escape("".join(char if char.isprintable() else "·" for char in text))
