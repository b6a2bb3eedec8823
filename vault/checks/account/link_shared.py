"""Does the pair share anything that nobody has explained? Source: guide, policy (linked accounts)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from vault.checks.account.link_facts import LinkFacts
from vault.checks.account.link_texts import advice, confirm_advice, sentence
from vault.checks.answer import Answer
from vault.domain.findings import Finding, Outcome, Severity
from vault.domain.links import Contribution
from vault.domain.message import N_, Message


def check(facts: LinkFacts, answer: Answer) -> Iterator[Finding]:
    """A finding for each shared thing: its `item` is the thing's key.

    Each is judged by what it weighs alone, and the pair's score stands in none of them: what one shared thing adds would
    change the tasks of all others.
    """
    if not facts.contributions:
        yield answer.passed(Message(N_("These accounts share nothing that is known.")))
    for item in sorted(facts.contributions, key=lambda item: item.key):
        yield _judge(facts, item, answer)


def _judge(facts: LinkFacts, item: Contribution, answer: Answer) -> Finding:
    params = {"account": facts.account, "other": facts.other, "shown": item.shown}
    message = Message(sentence(item.kind, item.how), params)
    why = {"kind": item.kind.value, "how": item.how.value, "weight": str(item.alone)}
    details: Mapping[str, Any] = {"item": item.key, "why": why}
    least = answer.rule.number("min_weight")
    if item.awaits and item.weight >= least:
        return _unconfirmed(facts, item, answer, message, details)
    if item.documented or item.alone < least:
        return answer.passed(message, **details)
    todo = Message(advice(item.kind), {"account": facts.account})
    found = answer.failed(message, todo, **details)
    if item.alone < answer.rule.number("fail_score"):
        found = replace(found, outcome=Outcome.WARN)
    return replace(found, severity=_severity(item.alone, answer))


def _unconfirmed(
    facts: LinkFacts, item: Contribution, answer: Answer, message: Message, details: Mapping[str, Any]
) -> Finding:
    """It came to be shared after an explanation of such things was given: a person says whether that holds for it.

    Where the score counts the explanation meanwhile, only the answer is missing: that is no alarm.
    """
    given = next(each for each in facts.explanations if each.id == item.awaits)
    todo = Message(confirm_advice(given.kind), {"account": facts.account})
    severity = _severity(item.weight, answer)
    if item.explanation_id == item.awaits and severity in (Severity.CRITICAL, Severity.HIGH):
        severity = Severity.NORMAL
    return replace(answer.warned(message, todo, **details), severity=severity)


def _severity(weight: int, answer: Answer) -> Severity:
    for severity in (Severity.CRITICAL, Severity.HIGH, Severity.NORMAL):
        if weight >= answer.rule.number(f"{severity}_weight"):
            return severity
    return Severity.LOW
