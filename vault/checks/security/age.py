"""Judging a duty by when it was last done: fine, due again, overdue, or never attested."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from vault.checks.answer import Answer
from vault.checks.security.facts import Attested
from vault.domain.findings import Finding, Outcome, Severity
from vault.domain.message import Message


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one duty. They may name %(done_on)s, %(due_on)s and, about a person, %(name)s."""

    never: str
    fine: str
    due: str
    overdue: str
    advice: str


def judge_age(
    attested: Attested | None, today: date, answer: Answer, wording: Wording, *, item: str = "", name: str = ""
) -> Finding:
    """The finding about a duty that has to be done again `reminder_days` after it was, and `overdue_days` at the latest."""
    params = {"name": name} if name else {}
    advice = Message(wording.advice, params)
    if attested is None:
        return answer.unknown(Message(wording.never, params), advice, item=item)
    due_on = attested.done_on + timedelta(days=answer.rule.number("reminder_days"))
    overdue_on = attested.done_on + timedelta(days=answer.rule.number("overdue_days"))
    days = {"done_on": attested.done_on.isoformat(), "due_on": due_on.isoformat()}
    params = {**params, **days}
    details = {"item": item, "why": {**days, "overdue_on": overdue_on.isoformat()}}
    if today >= overdue_on:
        return answer.failed(Message(wording.overdue, params), advice, **details)
    if today >= due_on:
        return reminder(answer.warned(Message(wording.due, params), advice, **details))
    return answer.passed(Message(wording.fine, params), **details)


def reminder(finding: Finding) -> Finding:
    """A warning that something falls due hurts less soon than the lapse that it warns of."""
    is_grave = finding.severity in (Severity.CRITICAL, Severity.HIGH)
    return replace(finding, severity=Severity.NORMAL) if finding.outcome is Outcome.WARN and is_grave else finding
