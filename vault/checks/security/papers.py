"""Are the papers that prove who is behind the account at hand and valid? Source: guide (Amazon can freeze the account
until identity is proven)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from vault.checks.answer import Answer
from vault.checks.security.age import reminder
from vault.checks.security.facts import Paper, SecurityFacts
from vault.checks.security.words import known_words
from vault.domain.findings import Finding, Severity
from vault.domain.message import N_, Message
from vault.domain.security import IdentityPaper

_MISSING = {
    IdentityPaper.IDENTITY: N_("No identity paper is recorded."),
    IdentityPaper.COMPANY: N_("No company paper is recorded."),
    IdentityPaper.ADDRESS: N_("No proof of address is recorded."),
    IdentityPaper.BANK: N_("No bank statement is recorded."),
    IdentityPaper.TAX: N_("No tax certificate is recorded."),
}
_RENEW = N_(
    "Ask for a new one now, upload it, and record its new date of expiry here: Amazon accepts no expired paper."
)


def check(facts: SecurityFacts, answer: Answer) -> Iterator[Finding]:
    """`needed` of the rule: the kinds of papers that must be there. `warn_days`, `urgent_days`: before a paper expires."""
    for paper in facts.papers:
        yield _judge(paper, facts.today, answer)
    there = {paper.kind for paper in facts.papers}
    for kind in known_words(answer.rule, "needed", IdentityPaper):
        if kind not in there:
            yield answer.unknown(
                Message(_MISSING[kind]),
                Message(N_("Upload a scan to the vault and record it here with its date of expiry.")),
                item=kind.value,
            )


def _judge(paper: Paper, today: date, answer: Answer) -> Finding:
    if paper.expires_on is not None and paper.expires_on <= today + timedelta(days=answer.rule.number("warn_days")):
        return _expiring(paper, paper.expires_on, today, answer)
    if paper.expires_on is None and not paper.never_expires:
        return _undated(paper, answer)
    why = {"due_on": paper.expires_on.isoformat()} if paper.expires_on else {}
    if not paper.has_copy:
        finding = answer.warned(
            Message(N_("There is no copy in the vault of the paper of %(holder)s."), {"holder": paper.holder}),
            Message(N_("Upload a scan and record the paper again with it: when Amazon asks, days count.")),
            item=paper.id,
            why=why,
        )
        return replace(finding, severity=Severity.LOW)
    return answer.passed(
        Message(N_("The paper of %(holder)s is valid and at hand."), {"holder": paper.holder}), item=paper.id, why=why
    )


def _undated(paper: Paper, answer: Answer) -> Finding:
    """Nobody has looked whether it expires: it is not taken for one that never does."""
    finding = answer.warned(
        Message(N_("Until when the paper of %(holder)s is valid is not known."), {"holder": paper.holder}),
        Message(N_("Look at the paper and record it again: with its date of expiry, or that it has none.")),
        item=paper.id,
    )
    return reminder(finding)


def _expiring(paper: Paper, expires_on: date, today: date, answer: Answer) -> Finding:
    params = {"holder": paper.holder, "expires_on": expires_on.isoformat()}
    details = {"item": paper.id, "why": {"due_on": params["expires_on"]}}
    if expires_on < today:
        text = N_("The paper of %(holder)s expired on %(expires_on)s.")
        return answer.failed(Message(text, params), Message(_RENEW), **details)
    text = N_("The paper of %(holder)s expires on %(expires_on)s.")
    finding = answer.warned(Message(text, params), Message(_RENEW), **details)
    is_urgent = expires_on <= today + timedelta(days=answer.rule.number("urgent_days"))
    return finding if is_urgent else reminder(finding)
