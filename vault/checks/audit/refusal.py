"""Is anything going in that Amazon may refuse? Source: policy (reasons why invoices are refused)."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.audit.facts import AuditFacts
from vault.checks.audit.names import joined_names
from vault.checks.audit.reasons import TEXTS, Reason
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    """A finding for each reason why something that goes in may be refused: its `item` is the `Reason`."""
    if not facts.is_answered_now or not facts.doubtful:
        yield answer.not_applicable(Message(N_("No invoice goes in that Amazon may refuse.")))
        return
    for reason in Reason:
        names = [each.filename for each in facts.doubtful if reason in each.reasons]
        if names:
            stated = {"names": joined_names(names)}
            texts = TEXTS[reason]
            why = {"reason": reason.value, "count": str(len(names))}
            yield answer.warned(Message(texts.found, stated), Message(texts.advice), item=reason.value, why=why)
