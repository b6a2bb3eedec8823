"""Does an explanation of a link run out? Source: good practice; licences and contracts end."""

from collections.abc import Iterator
from datetime import date, timedelta

from vault.checks.account.link_facts import GivenExplanation, LinkFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: LinkFacts, answer: Answer) -> Iterator[Finding]:
    """A finding for each explanation that ends: its `item` is the explanation's id."""
    soon = facts.as_of + timedelta(days=answer.rule.number("warn_days"))
    for given in facts.explanations:
        if given.valid_until is not None:
            yield _judge(facts, given, given.valid_until, soon, answer)


def _judge(facts: LinkFacts, given: GivenExplanation, until: date, soon: date, answer: Answer) -> Finding:
    params = {"account": facts.account, "other": facts.other, "date": until.isoformat()}
    details = {"item": given.id, "why": {"kind": given.kind.value, "valid_until": until.isoformat()}}
    if until > soon or not given.covers:
        return answer.passed(
            Message(N_("What explains the link of “%(account)s” and “%(other)s” is valid until %(date)s."), params),
            **details,
        )
    advice = Message(N_("Get it renewed and record the new one, or take the old one back once it is no longer needed."))
    if until < facts.as_of:
        expired = N_("What explained the link of “%(account)s” and “%(other)s” ended on %(date)s and no longer counts.")
        return answer.failed(Message(expired, params), advice, **details)
    ending = N_("What explains the link of “%(account)s” and “%(other)s” ends on %(date)s.")
    return answer.warned(Message(ending, params), advice, **details)
