"""Has a person confirmed what the notice says? Source: good practice; nothing can be gathered before."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.audit.facts import AuditFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    if facts.is_confirmed:
        yield answer.passed(Message(N_("What the notice says is confirmed.")))
        return
    yield answer.failed(
        Message(N_("Amazon has sent a notice, and nobody has confirmed what it says.")),
        Message(
            N_(
                "Open the audit, compare what was recognised with the notice, and confirm it: then the papers are gathered."
            )
        ),
    )
