"""Has Amazon marked the account as at risk? Source: policy (account health; suspension follows where nothing is done)."""

from collections.abc import Iterator

from vault.checks.account.facts import AccountFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.register import AccountStatus


def check(facts: AccountFacts, answer: Answer) -> Iterator[Finding]:
    why = {"status": facts.status.value}
    if facts.status is not AccountStatus.AT_RISK:
        yield answer.passed(Message(N_("The seller account is not marked as at risk.")), why=why)
        return
    yield answer.failed(
        Message(N_("Amazon has marked the seller account as at risk of deactivation.")),
        Message(
            N_(
                "Open Performance › Account health in Seller Central, answer each violation with its proof, and change "
                "the status here when it is lifted."
            )
        ),
        why=why,
    )
