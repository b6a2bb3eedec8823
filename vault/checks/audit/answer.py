"""Can the letter be sent as it is? Source: guide (point by point with proof; root cause, action taken, prevention)."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.audit.facts import AuditFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    if not facts.is_answered_now or facts.letter_flaws is None:
        yield answer.not_applicable(Message(N_("No letter is written now.")))
    elif facts.has_idle_plan:
        yield answer.failed(
            Message(
                N_("Amazon asked for papers, and the answer tells a plan of action: that is a reason to refuse it.")
            ),
            Message(N_("Open the answer on the audit's page and leave the marked places out.")),
        )
    elif facts.letter_flaws:
        yield answer.failed(
            Message(N_("The answer to Amazon is not ready: something is missing in it, or does not belong there.")),
            Message(N_("Open the answer on the audit's page: each place is marked, with what to do.")),
        )
    else:
        yield answer.passed(Message(N_("The answer to Amazon can be sent as it is.")))
