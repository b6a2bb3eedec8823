"""Are unit prices, the total and the currency there? Source: guide (required), policy (may be redacted)."""

from collections.abc import Iterator
from typing import Any

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.readings import Extracted, LineItem, PageSource, Reading

_ASK = N_("If it is printed, enter it here; if not, ask the supplier for an invoice that shows it.")


def check(facts: InvoiceFacts, answer: Answer) -> Iterator[Finding]:
    yield _head(facts, answer, "total", N_("The total is %(value)s."), N_("No total was found."))
    yield _head(facts, answer, "currency", N_("The currency is %(value)s."), N_("The currency is not known."))
    yield _unit_prices(facts, answer)


def _head(facts: InvoiceFacts, answer: Answer, name: str, found: str, absent: str) -> Finding:
    seen: Extracted[Any] | None = getattr(facts.reading.fields, name)
    if seen is None:
        return answer.missing(facts, Message(absent), Message(_ASK), item=name, path=name)
    stated = {"value": str(seen.value)}
    details = {"seen": seen, "item": name, "path": name, "why": {name: str(seen.value)}}
    if answer.is_doubtful(seen):
        return answer.unknown(
            Message(N_("“%(value)s” could not be read with certainty."), stated),
            Message(N_("Compare it with the page and confirm or correct it.")),
            **details,
        )
    return answer.passed(Message(found, stated), **details)


def _unit_prices(facts: InvoiceFacts, answer: Answer) -> Finding:
    lines = facts.reading.lines
    if not lines:
        return answer.unknown(
            Message(N_("No line items were found, so unit prices could not be checked.")),
            Message(N_("Look at the page: a supplier invoice lists what was bought, with a price for each.")),
            item="unit_price",
        )
    without = [number for number, line in enumerate(lines, 1) if not _is_priced(line)]
    if without:
        numbers = ", ".join(map(str, without))
        absent = Message(N_("No unit price was found for line %(lines)s."), {"lines": numbers}), Message(_ASK)
        details: dict[str, Any] = {
            "item": "unit_price",
            "path": f"lines.{without[0] - 1}.unit_price",
            "why": {"lines": numbers},
        }
        if len(without) < len(lines) and _is_scanned(facts.reading):
            # One gap in a column of a scan was most likely not read; a whole column is most likely not printed.
            return answer.unknown(*absent, **details)
        return answer.missing(facts, *absent, **details)
    return answer.passed(Message(N_("Every line shows its price.")), item="unit_price")


def _is_priced(line: LineItem) -> bool:
    return line.unit_price is not None or (line.amount is not None and line.quantity is not None)


def _is_scanned(reading: Reading) -> bool:
    return any(page.source is PageSource.OCR for page in reading.pages)
