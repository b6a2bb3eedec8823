"""Is it known why each person, agency and tool has access? Source: guide (who has access, why, since when)."""

from collections.abc import Iterator

from vault.checks.account.facts import AccountFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AccountFacts, answer: Answer) -> Iterator[Finding]:
    inside = [each for each in facts.access if not each.removed_on]
    without = [each for each in inside if not each.reason.strip()]
    for each in without:
        yield answer.failed(
            Message(N_("It is not written down why %(name)s has access."), {"name": each.name}),
            Message(N_("Write down what the access is for. If there is no reason, remove it in Seller Central.")),
            item=each.id,
        )
    if inside and not without:
        yield answer.passed(Message(N_("Every access has its reason.")))
    elif not inside:
        yield answer.not_applicable(Message(N_("Nobody has been given access.")))
