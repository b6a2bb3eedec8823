"""Does the pair share anything that nobody has explained? Source: guide, policy (linked accounts)."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from vault.checks.account.link_facts import LinkFacts
from vault.checks.account.link_texts import advice, sentence
from vault.checks.answer import Answer
from vault.domain.findings import Finding, Outcome, Severity
from vault.domain.links import Contribution, LinkKind
from vault.domain.message import N_, Message

# Values of one kind that a sentence names; the pair's page shows all.
_NAMED = 3


def check(facts: LinkFacts, answer: Answer) -> Iterator[Finding]:
    """A finding for each kind of thing that the pair shares: its `item` is the kind.

    The pair's score stands in none of them: what one shared thing adds would change the tasks of all others.
    """
    if not facts.contributions:
        yield answer.passed(Message(N_("These accounts share nothing that is known.")))
    by_kind = sorted(facts.contributions, key=lambda item: item.kind)
    for kind, group in groupby(by_kind, key=lambda item: item.kind):
        yield _judge(facts, kind, sorted(group, key=lambda item: -item.counted), answer)


def _judge(facts: LinkFacts, kind: LinkKind, shared: list[Contribution], answer: Answer) -> Finding:
    gravest = shared[0]
    shown = ", ".join(item.shown for item in shared[:_NAMED]) + (" …" if len(shared) > _NAMED else "")
    params = {"account": facts.account, "other": facts.other, "shown": shown}
    message = Message(sentence(kind, gravest.how), params)
    why = {"kind": kind.value, "how": gravest.how.value, "weight": str(gravest.counted), "count": str(len(shared))}
    details = {"item": kind.value, "why": why}
    if gravest.documented or gravest.counted < answer.rule.number("min_weight"):
        return answer.passed(message, **details)
    todo = Message(advice(kind), {"account": facts.account})
    found = replace(answer.failed(message, todo, **details), extent=len(shared))
    if gravest.counted < answer.rule.number("fail_score"):
        found = replace(found, outcome=Outcome.WARN)
    return replace(found, severity=_severity(gravest.counted, answer))


def _severity(weight: int, answer: Answer) -> Severity:
    for severity in (Severity.CRITICAL, Severity.HIGH, Severity.NORMAL):
        if weight >= answer.rule.number(f"{severity}_weight"):
            return severity
    return Severity.LOW
