"""Is anything going in that Amazon may refuse? Source: policy (reasons why invoices are refused)."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.audit.facts import AuditFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    """A finding for each invoice that goes in and does not pass the audit's profile: its `item` is the document's id."""
    if not facts.is_answered_now or not facts.doubtful:
        yield answer.not_applicable(Message(N_("No invoice goes in that Amazon may refuse.")))
        return
    for invoice in facts.doubtful:
        stated = {"name": invoice.filename, "points": str(invoice.points)}
        yield answer.warned(
            Message(N_("Amazon may refuse “%(name)s”: it does not pass %(points)s checks."), stated),
            Message(
                N_(
                    "Look at each point on the audit's page: correct what was misread, ask the supplier for a better one, or leave it out."
                )
            ),
            item=invoice.document_id,
            why=stated,
        )
