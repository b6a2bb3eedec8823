"""Does everybody with access know the threats: phishing, malware, ransomware, careless or angry staff? Source: guide."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.security.age import Wording, judge_age
from vault.checks.security.facts import SecurityFacts
from vault.domain.findings import Finding
from vault.domain.message import N_

_WORDING = Wording(
    never=N_("It is not known whether %(name)s was trained to recognise phishing and malware."),
    fine=N_("%(name)s was trained on %(done_on)s; the next training is due on %(due_on)s."),
    due=N_("%(name)s should be trained again: the last time was %(done_on)s."),
    overdue=N_("%(name)s has not been trained since %(done_on)s."),
    advice=N_(
        "Go through phishing, malware, ransomware and safe sign-ins with %(name)s, and attest the day. A list of who "
        "took part makes a good document."
    ),
)


def check(facts: SecurityFacts, answer: Answer) -> Iterator[Finding]:
    for person in facts.people:
        yield judge_age(person.training, facts.today, answer, _WORDING, item=person.id, name=person.name)
