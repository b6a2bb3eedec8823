"""Has Amazon suspended the account? Source: guide (a suspension freezes payments and shipments at once)."""

from collections.abc import Iterator

from vault.checks.account.facts import AccountFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.register import AccountStatus


def check(facts: AccountFacts, answer: Answer) -> Iterator[Finding]:
    why = {"status": facts.status.value}
    if facts.status is not AccountStatus.SUSPENDED:
        yield answer.passed(Message(N_("The seller account is not suspended.")), why=why)
        return
    advice = Message(
        N_(
            "Gather the proof that Amazon asks for, then answer calmly and factually before the deadline of its notice. "
            "Change the status here when Amazon lifts the suspension."
        )
    )
    if facts.status_since is None:
        yield answer.failed(Message(N_("Amazon has suspended the seller account.")), advice, why=why)
        return
    since = facts.status_since.isoformat()
    message = Message(N_("Amazon has suspended the seller account since %(since)s."), {"since": since})
    yield answer.failed(message, advice, why={**why, "since": since})
