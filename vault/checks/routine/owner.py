"""Does the duty belong to somebody who can do it? Source: issue of this product, work that is owned and on time."""

from collections.abc import Iterator

from vault.checks.answer import Answer
from vault.checks.routine.facts import RoutineFacts
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: RoutineFacts, answer: Answer) -> Iterator[Finding]:
    stated = {"title": facts.title, "name": facts.owner}
    if facts.owner_has_left:
        yield answer.failed(
            Message(N_("“%(title)s” belongs to %(name)s, who cannot work for this seller account any more."), stated),
            Message(N_("Choose somebody else as its owner.")),
            why=stated,
        )
    elif not facts.owner:
        yield answer.failed(
            Message(N_("“%(title)s” belongs to nobody."), {"title": facts.title}),
            Message(N_("Choose who does it, and a deputy for when that person is away.")),
        )
    else:
        yield answer.passed(Message(N_("Belongs to %(name)s."), {"name": facts.owner}))
