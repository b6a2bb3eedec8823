"""Does anything go in that was sent before? Source: policy (the same file sent again is a reason for refusal)."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.audit.facts import AuditFacts
from vault.checks.audit.names import joined_names
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    """A finding for each day on which some of it was sent: its `item` is that day."""
    if not facts.is_answered_now or not facts.sent_before:
        yield answer.not_applicable(Message(N_("Nothing goes in that was sent before.")))
        return
    for day in sorted({each.sent_on for each in facts.sent_before}):
        names = [each.filename for each in facts.sent_before if each.sent_on == day]
        stated = {"date": day.isoformat(), "names": joined_names(names)}
        yield answer.warned(
            Message(N_("Amazon has had this already, sent on %(date)s: %(names)s."), stated),
            Message(
                N_(
                    "The same file sent again is often refused. Put in a better copy or further proof, or say in the answer why not."
                )
            ),
            item=day.isoformat(),
            why=stated,
        )
