"""Was Amazon told at once that the papers are being gathered? Source: guide (always answer, even before they are ready)."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.audit.facts import AuditFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    if not facts.state.is_ours or not facts.is_confirmed:
        yield answer.not_applicable(Message(N_("Nothing is to be acknowledged now.")))
    elif facts.is_acknowledged:
        yield answer.passed(Message(N_("Amazon was told that the papers are being gathered.")))
    else:
        yield answer.failed(
            Message(N_("Amazon has not been told yet that the papers are being gathered.")),
            Message(N_("Send the acknowledgement that is ready on the audit's page, and note that it was sent.")),
        )
