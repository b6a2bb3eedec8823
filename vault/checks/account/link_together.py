"""Do many small things add up to a link? Source: guide, policy (linked accounts); the bounds are this rule book's."""

from collections.abc import Iterator

from vault.checks.account.link_facts import LinkFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.links import Risk
from vault.domain.message import N_, Message

_GRAVITY = tuple(Risk)


def check(facts: LinkFacts, answer: Answer) -> Iterator[Finding]:
    """A gap only where no single shared thing is as grave: those have tasks of their own."""
    kinds = {item.kind for item in facts.contributions}
    params = {
        "account": facts.account,
        "other": facts.other,
        "count": str(len(kinds)),
        "score": str(facts.score),
    }
    why = {"score": str(facts.score), "risk": facts.risk.value, "kinds": ", ".join(sorted(kinds))}
    if _GRAVITY.index(facts.risk) <= _GRAVITY.index(facts.risk_alone) or facts.risk is Risk.LOW:
        yield answer.passed(Message(N_("Nothing adds up to more than the single shared things."), params), why=why)
        return
    message = Message(
        N_(
            "“%(account)s” and “%(other)s” share %(count)s kinds of things, which together make %(score)s of 100 points."
        ),
        params,
    )
    advice = Message(N_("Open the pair and see what would separate the two; begin with what weighs most."))
    make = answer.failed if facts.risk is Risk.FAIL else answer.warned
    yield make(message, advice, why=why)
