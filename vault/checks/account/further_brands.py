"""Are the brands of a further account proven to be others? Source: guide (licences, registrations)."""

from collections.abc import Iterator

from vault.checks.account.further_facts import FurtherFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: FurtherFacts, answer: Answer) -> Iterator[Finding]:
    count, least = facts.papers.get("brands", 0), answer.rule.number("min_documents")
    why = {"documents": str(count), "least": str(least)}
    if count >= least:
        yield answer.passed(Message(N_("Proof of distinct brands is in the file.")), path="brands", why=why)
    else:
        yield answer.failed(
            Message(N_("Proof of distinct brands is missing.")),
            Message(N_("Add the trademark registration, the licence or the contract with the brand's owner.")),
            path="brands",
            why=why,
        )
