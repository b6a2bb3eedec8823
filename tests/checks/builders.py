"""Facts for check tests: a good invoice, of which a test changes one thing."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from vault.checks.facts import InvoiceFacts
from vault.checks.judge import judge_invoice
from vault.domain.findings import Finding
from vault.domain.products import Candidate, Decision, LineMatch, Product
from vault.domain.readings import (
    Box,
    DocumentKind,
    Extracted,
    Fields,
    LineItem,
    Page,
    PageSource,
    Reading,
    Source,
    Word,
)
from vault.rules.loader import load_rules

LAMP = Product(id="p1", title="Desk lamp, brass", asin="B0LAMP0001", gtins=("4006381333931",))
ON_PAGE = Box(0.1, 0.1, 0.3, 0.12)


def seen(value: Any, confidence: float = 0.95) -> Extracted[Any]:
    """`value` as read from the text layer of page 1."""
    return Extracted(value, confidence, Source.TEXT, str(value), 1, ON_PAGE)


def line(quantity: str = "10", price: str = "12.50", amount: str = "125.00", text: str = "Desk lamp brass") -> LineItem:
    return LineItem(seen(text), seen(Decimal(quantity)), seen(Decimal(price)), seen(Decimal(amount)))


def page(source: PageSource = PageSource.TEXT, confidence: float = 1.0, dpi: float | None = None) -> Page:
    return Page(1, source, (Word("Invoice", ON_PAGE),), confidence=confidence, dpi=dpi)


def matched(product: Product = LAMP) -> LineMatch:
    return LineMatch(Decision.MATCH, product.id, (Candidate(product.id, 0.97, ("EAN",)),))


def good_facts(**changes: Any) -> InvoiceFacts:
    """A born-digital invoice on which every check of the guide profile passes."""
    facts = InvoiceFacts(
        reading=Reading(
            kind=seen(DocumentKind.INVOICE),
            pages=(page(),),
            fields=Fields(
                supplier_name=seen("Lumière et Fils SARL"),
                supplier_address=seen("12 rue des Forges\n21000 Dijon\nFrance"),
                supplier_country=seen("FR"),
                number=seen("2026-17"),
                issue_date=seen(date(2026, 3, 1)),
                currency=seen("EUR"),
                net=seen(Decimal("125.00")),
                tax=seen(Decimal("25.00")),
                total=seen(Decimal("150.00")),
            ),
            lines=(line(),),
            signs=(),
        ),
        as_of=date(2026, 4, 1),
        matches=(matched(),),
        products={LAMP.id: LAMP},
        has_catalogue=True,
    )
    return replace(facts, **changes)


def with_fields(**changes: Any) -> InvoiceFacts:
    """The good invoice with other head fields."""
    facts = good_facts()
    return replace(facts, reading=replace(facts.reading, fields=replace(facts.reading.fields, **changes)))


def with_reading(**changes: Any) -> InvoiceFacts:
    """The good invoice with another kind, pages or lines; each line keeps a match."""
    facts = good_facts()
    reading = replace(facts.reading, **changes)
    return replace(facts, reading=reading, matches=tuple(matched() for _ in reading.lines))


def findings_of(check: str, facts: InvoiceFacts) -> list[Finding]:
    profile = load_rules().profiles["guide"]
    return [finding for finding in judge_invoice(facts, profile) if finding.check == check]


def outcomes(findings: Iterable[Finding]) -> dict[str, str]:
    """item -> outcome"""
    return {finding.item: finding.outcome.value for finding in findings}
