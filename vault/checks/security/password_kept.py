"""Is the Amazon password used nowhere else, and kept in a password manager? Source: guide."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.security.facts import SecurityFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: SecurityFacts, answer: Answer) -> Iterator[Finding]:
    """Says nothing about somebody whose renewal was never attested: that is the other check's gap."""
    for person in facts.people:
        if person.password is None:
            continue
        said = person.password.details
        why = {name: said.get(name, "no") for name in ("unique", "manager")}
        if set(why.values()) == {"yes"}:
            text = N_("%(name)s uses a unique password from a password manager.")
            yield answer.passed(Message(text, {"name": person.name}), item=person.id, why=why)
        else:
            yield answer.failed(
                Message(
                    N_("%(name)s's Amazon password is not both unique and from a password manager."),
                    {"name": person.name},
                ),
                Message(N_("Let a password manager make a new one, use it nowhere else, and attest the renewal here.")),
                item=person.id,
                why=why,
            )
