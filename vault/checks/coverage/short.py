"""Do the invoices of the window cover the units sold in it? Source: policy, quantity below sales is a reason to refuse."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.coverage.product import GAP, ProductFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: ProductFacts, answer: Answer) -> Iterator[Finding]:
    if not facts.coverage.counted:
        yield answer.not_applicable(Message(N_("There is no invoice to count.")))
    elif facts.is_covered and not facts.is_known:
        # No task of each product: what is missing is one report, and the account's own task asks for it.
        yield answer.not_applicable(Message(N_("Not all sales are known: import the all-orders report.")))
    elif facts.is_covered:
        yield answer.passed(
            Message(N_("%(bought)s units on invoices cover %(sold)s sold."), _some(facts, "bought", "sold"))
        )
    else:
        stated = _some(facts, "title", "sold", "days", "bought", "short")
        yield answer.failed(
            Message(
                N_(
                    "“%(title)s” sold %(sold)s units in %(days)s days, and %(bought)s stand on invoices: %(short)s are missing."
                ),
                stated,
            ),
            _advice(facts),
            why=stated,
            gap=GAP,
        )


def _advice(facts: ProductFacts) -> Message:
    if facts.supplier:
        text = N_("Ask %(supplier)s for an invoice of at least %(short)s units that is not older than %(days)s days.")
        return Message(text, _some(facts, "supplier", "short", "days"))
    text = N_("Ask the supplier for an invoice of at least %(short)s units that is not older than %(days)s days.")
    return Message(text, _some(facts, "short", "days"))


def _some(facts: ProductFacts, *names: str) -> dict[str, str]:
    return {name: facts.stated[name] for name in names}
