"""Does somebody answer for the audit? Source: good practice; the guide says that speed counts."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.audit.facts import AuditFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    if facts.has_owner:
        yield answer.passed(Message(N_("Somebody answers for it.")))
        return
    yield answer.failed(Message(N_("Nobody answers for this audit.")), Message(N_("Give it to one person.")))
