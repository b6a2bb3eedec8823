"""Is the last day of the paper known, and still ahead? Source: good practice (a proof that has expired proves nothing)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from vault.checks.answer import Answer
from vault.checks.paper.facts import PaperFacts
from vault.domain.findings import Finding, Severity
from vault.domain.message import N_, Message

_RENEW = N_("Ask for a new one now and upload it. If this one was prolonged, enter its new last day.")


def check(facts: PaperFacts, answer: Answer) -> Iterator[Finding]:
    """`warn_days`, `urgent_days`: so long before its last day it is told of, and told of as urgent."""
    if facts.is_watched:
        yield answer.not_applicable(Message(N_("Its last day is looked after where it serves as a proof.")))
    elif facts.valid_until is not None:
        yield _judge(facts.valid_until, facts.today, answer)
    elif facts.never_expires:
        yield answer.passed(Message(N_("It has no last day.")))
    elif facts.expires:
        yield answer.unknown(
            Message(N_("Nobody has said until when it is valid.")),
            Message(N_("Enter the last day on which it is valid, or say that it has none.")),
            path="valid_until",
        )
    else:
        yield answer.not_applicable(Message(N_("Papers of this kind do not expire.")))


def _judge(valid_until: date, today: date, answer: Answer) -> Finding:
    params = {"expires_on": valid_until.isoformat()}
    details = {"path": "valid_until", "why": {"due_on": params["expires_on"]}}
    if valid_until < today:
        return answer.failed(Message(N_("It expired on %(expires_on)s."), params), Message(_RENEW), **details)
    if valid_until > today + timedelta(days=answer.rule.number("warn_days")):
        return answer.passed(Message(N_("It is valid until %(expires_on)s."), params), **details)
    finding = answer.warned(Message(N_("It expires on %(expires_on)s."), params), Message(_RENEW), **details)
    is_urgent = valid_until <= today + timedelta(days=answer.rule.number("urgent_days"))
    return replace(finding, severity=Severity.NORMAL if is_urgent else Severity.LOW)
