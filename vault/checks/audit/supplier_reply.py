"""Has a supplier who was asked sent the invoice? Source: guide (acknowledge at once, then chase the supplier)."""

from collections.abc import Iterator
from datetime import timedelta

from vault.checks.answer import Answer
from vault.checks.audit.facts import AskedSupplier, AuditFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    """A finding for each product whose invoices are still missing: its `item` is the ASIN."""
    awaited = facts.awaited if facts.is_answered_now else ()
    if not awaited:
        yield answer.not_applicable(Message(N_("No supplier's invoice is awaited.")))
    for asked in awaited:
        yield _follow_up(asked, facts, answer)


def _follow_up(asked: AskedSupplier, facts: AuditFacts, answer: Answer) -> Finding:
    again_on = asked.asked_on + timedelta(days=answer.rule.number("wait_days"))
    stated = {
        "supplier": asked.supplier,
        "title": asked.title or asked.asin,
        "date": asked.asked_on.isoformat(),
        "again": again_on.isoformat(),
    }
    is_late = facts.as_of >= again_on
    return answer.warned(
        Message(N_("%(supplier)s was asked on %(date)s for an invoice of %(title)s. It is not there yet."), stated),
        Message(N_("Call %(supplier)s, or ask somebody else who sold it to you."), stated)
        if is_late
        else Message(
            N_("Upload the invoice as soon as it comes. Call %(supplier)s on %(again)s if it has not."), stated
        ),
        item=asked.asin,
        why={"asked_on": stated["date"]},
    )
