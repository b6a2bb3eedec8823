"""Has a product that sells any invoice at all? Source: guide, a missing invoice can mean suspension at once."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.coverage.product import GAP, ProductFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: ProductFacts, answer: Answer) -> Iterator[Finding]:
    if not facts.coverage.sold:
        yield answer.not_applicable(Message(N_("It was not sold.")))
    elif facts.coverage.counted:
        yield answer.passed(Message(N_("At least one invoice counts for it.")))
    else:
        stated = {name: facts.stated[name] for name in ("title", "sold", "days")}
        yield answer.failed(
            Message(
                N_("“%(title)s” sold %(sold)s units in %(days)s days, and no invoice counts for it."),
                stated,
            ),
            Message(
                N_(
                    "Upload its supplier invoices. If they are here already, open the product to see why they do not count."
                )
            ),
            why=stated,
            gap=GAP,
        )
