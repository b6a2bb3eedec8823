"""What is still to do in an emergency: each step of the routine is a gap until somebody has answered for it."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.security.facts import SecurityFacts
from vault.domain.findings import Finding
from vault.domain.message import Message
from vault.rules.emergency import step_named


def check(facts: SecurityFacts, answer: Answer) -> Iterator[Finding]:
    for name in facts.emergency_steps:
        step = step_named(name)
        yield answer.failed(Message(step.title), Message(step.how), item=name)
