"""Was the Amazon password of everybody with access renewed in time, and since the last emergency? Source: guide."""

from collections.abc import Iterator
from dataclasses import replace

from vault.checks.answer import Answer
from vault.checks.security.age import Wording, judge_age
from vault.checks.security.facts import Person, SecurityFacts
from vault.domain.findings import Finding, Severity
from vault.domain.message import N_, Message

_WORDING = Wording(
    never=N_("It is not known when %(name)s last renewed the Amazon password."),
    fine=N_("%(name)s renewed the Amazon password on %(done_on)s; it is due again on %(due_on)s."),
    due=N_("%(name)s should renew the Amazon password: the last time was %(done_on)s."),
    overdue=N_("%(name)s has not renewed the Amazon password since %(done_on)s."),
    advice=N_(
        "Ask %(name)s to change it with a password manager (Seller Central › Settings › Login settings › Password), "
        "then attest the day here. The password itself never comes here."
    ),
)


def check(facts: SecurityFacts, answer: Answer) -> Iterator[Finding]:
    for person in facts.people:
        if person.must_renew:
            yield replace(_at_once(person, answer), severity=Severity.CRITICAL)
        else:
            yield judge_age(person.password, facts.today, answer, _WORDING, item=person.id, name=person.name)


def _at_once(person: Person, answer: Answer) -> Finding:
    return answer.failed(
        Message(
            N_("%(name)s has not renewed the Amazon password since the account was compromised."), {"name": person.name}
        ),
        Message(
            N_(
                "Change it now, on a device that is clean (Seller Central › Settings › Login settings › Password). If it "
                "was changed on the day of the alarm, after it, attest that here."
            ),
        ),
        item=person.id,
    )
