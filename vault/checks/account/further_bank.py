"""Will a further account have a bank account of its own? Source: guide (each account holds its own bank data)."""

from collections.abc import Iterator

from vault.checks.account.further_facts import FurtherFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.register import AttributeKind


def check(facts: FurtherFacts, answer: Answer) -> Iterator[Finding]:
    if AttributeKind.BANK_ACCOUNT in facts.kinds:
        yield answer.passed(Message(N_("The bank account is named.")), path="bank")
    else:
        yield answer.failed(
            Message(N_("The bank account is not named.")),
            Message(N_("Enter the bank account that Amazon is to pay to: it is compared with those of the other accounts.")),
            path="bank",
        )  # fmt: skip
