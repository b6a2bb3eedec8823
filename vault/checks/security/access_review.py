"""Was the list of who has access gone through in time? Source: guide (every 3 to 6 months)."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.security.age import Wording, judge_age
from vault.checks.security.facts import SecurityFacts
from vault.domain.findings import Finding
from vault.domain.message import N_

_WORDING = Wording(
    never=N_("It is not known when the list of people and tools with access was last gone through."),
    fine=N_("The list of who has access was gone through on %(done_on)s; it is due again on %(due_on)s."),
    due=N_("Go through the list of who has access again: the last time was %(done_on)s."),
    overdue=N_("Nobody has gone through the list of who has access since %(done_on)s."),
    advice=N_(
        "Compare Seller Central › Settings › User permissions, and Apps and services › Manage your apps, with the list "
        "here. Remove whoever no longer needs access, then attest it."
    ),
)


def check(facts: SecurityFacts, answer: Answer) -> Iterator[Finding]:
    yield judge_age(facts.access_review, facts.today, answer, _WORDING)
