"""Has Amazon replied to what was sent? Source: good practice; a case without an answer is asked about."""

from collections.abc import Iterator
from datetime import timedelta

from vault.checks.answer import Answer
from vault.checks.audit.facts import AuditFacts
from vault.domain.audits import AuditState
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AuditFacts, answer: Answer) -> Iterator[Finding]:
    if facts.state is not AuditState.SENT or facts.sent_on is None:
        yield answer.not_applicable(Message(N_("No reply of Amazon's is awaited.")))
        return
    stated = {"date": facts.sent_on.isoformat()}
    if facts.sent_on > facts.as_of - timedelta(days=answer.rule.number("wait_days")):
        yield answer.passed(Message(N_("Sent on %(date)s. Amazon's reply is awaited."), stated), why=stated)
        return
    yield answer.warned(
        Message(N_("Amazon has not replied to what was sent on %(date)s."), stated),
        Message(
            N_("Look into the account's messages. Note the reply on the audit, or ask politely how far the case is.")
        ),
        why=stated,
    )
