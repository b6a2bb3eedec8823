"""Is the duty done that was due? Source: guide, the routines of a seller account; daily ones are skipped, not chased."""

from collections.abc import Iterator
from datetime import timedelta

from vault.checks.answer import Answer
from vault.checks.routine.facts import RoutineFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: RoutineFacts, answer: Answer) -> Iterator[Finding]:
    grace = timedelta(days=answer.rule.number("grace_days"))
    if facts.open is None or facts.open.due_on + grace >= facts.as_of:
        yield answer.passed(Message(N_("Nothing of this routine is overdue.")))
        return
    apart = facts.next_due - facts.open.due_on if facts.next_due else timedelta.max
    if apart < timedelta(days=answer.rule.number("chased_from_days")):
        yield answer.passed(Message(N_("What was missed is skipped when the next one falls due.")))
        return
    stated = {"title": facts.title, "day": facts.open.due_on.isoformat()}
    yield answer.failed(
        Message(N_("“%(title)s” was due on %(day)s and nobody has attested it."), stated),
        Message(N_("Do it and attest it, or say why it is skipped this time.")),
        why=stated,
    )
