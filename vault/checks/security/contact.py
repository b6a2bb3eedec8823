"""Are the contact details at Amazon still right, so that its warnings arrive? Source: guide."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.security.age import Wording, judge_age
from vault.checks.security.facts import SecurityFacts
from vault.domain.findings import Finding
from vault.domain.message import N_

_WORDING = Wording(
    never=N_("It is not known whether Amazon has the right contact details."),
    fine=N_("The contact details at Amazon were confirmed on %(done_on)s; confirm them again on %(due_on)s."),
    due=N_("Confirm the contact details at Amazon again: the last time was %(done_on)s."),
    overdue=N_("The contact details at Amazon have not been confirmed since %(done_on)s."),
    advice=N_(
        "Compare e-mail addresses, phone numbers and the emergency contact in Seller Central › Settings › Account info "
        "and Notification preferences, then attest it here."
    ),
)


def check(facts: SecurityFacts, answer: Answer) -> Iterator[Finding]:
    yield judge_age(facts.contact, facts.today, answer, _WORDING)
