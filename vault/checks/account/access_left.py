"""Does anybody still have access who needs it no longer? Source: guide (access removed on leaving)."""

from collections.abc import Iterator

from vault.checks.account.facts import AccountFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: AccountFacts, answer: Answer) -> Iterator[Finding]:
    left = [each for each in facts.access if each.left_on and each.left_on <= facts.today and not each.removed_on]
    for each in left:
        assert each.left_on is not None
        stated = {"name": each.name, "day": each.left_on.isoformat()}
        yield answer.failed(
            Message(N_("%(name)s left on %(day)s and still has access to the seller account."), stated),
            Message(
                N_(
                    "Remove the access in Seller Central under Settings › User permissions, or under Manage your apps, "
                    "then enter the day here."
                )
            ),
            item=each.id,
            why=stated,
        )
    if not left:
        yield answer.passed(Message(N_("Nobody who has left has access.")))
