"""Is the supplier named? Source: guide (supplier's name), policy (its legal name)."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    seen = facts.reading.fields.supplier_name
    if seen is None or not seen.value.strip():
        yield answer.missing(
            facts,
            Message(N_("No supplier name was found.")),
            Message(N_("If the name is printed, enter it here; if not, ask the supplier for a complete invoice.")),
            path="supplier_name",
        )
        return
    stated = {"name": seen.value}
    details = {"seen": seen, "path": "supplier_name", "why": stated}
    if answer.is_doubtful(seen):
        yield answer.unknown(
            Message(N_("The supplier may be “%(name)s”, but this could not be read with certainty."), stated),
            Message(N_("Compare it with the page and confirm or correct it.")),
            **details,
        )
        return
    yield answer.passed(Message(N_("Supplier: %(name)s"), stated), **details)
