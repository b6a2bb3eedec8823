"""Will coverage lapse soon? Source: guide, alert on invoices about to leave the window, 30 and 7 days before."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.coverage.product import GAP, ProductFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: ProductFacts, answer: Answer) -> Iterator[Finding]:
    """A warning from `warn_days` before coverage lapses. The rule book uses it twice, with another severity."""
    left = facts.days_left()
    if not facts.is_covered:
        yield answer.not_applicable(Message(N_("It is not covered now.")))
    elif left is None or left > answer.rule.number("warn_days"):
        yield answer.passed(Message(N_("Coverage lasts.")))
    elif facts.lapses_on == facts.ages_on:
        yield _warned(
            facts,
            answer,
            Message(
                N_("On %(day)s an invoice of “%(title)s” gets too old, and the others do not cover it."), _stated(facts)
            ),
        )
    else:
        yield _warned(
            facts,
            answer,
            Message(
                N_("Selling as it does, “%(title)s” is covered by its invoices only until %(day)s."), _stated(facts)
            ),
        )


def _warned(facts: ProductFacts, answer: Answer, message: Message) -> Finding:
    if facts.supplier:
        named = {"supplier": facts.supplier}
        advice = Message(N_("Buy again with an invoice, and ask %(supplier)s for it before that day."), named)
    else:
        advice = Message(N_("Buy again with an invoice, and ask the supplier for it before that day."))
    return answer.warned(message, advice, why=message.params, gap=GAP)


def _stated(facts: ProductFacts) -> dict[str, str]:
    assert facts.lapses_on is not None, "only called where there is such a day"
    return {"title": facts.name, "day": facts.lapses_on.isoformat()}
