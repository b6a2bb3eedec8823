"""Is the account health rating high enough? Source: policy (200 and more is healthy, 100 to 199 at risk, less critical)."""

from collections.abc import Iterator
from dataclasses import replace

from vault.checks.account.facts import AccountFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding, Severity
from vault.domain.message import N_, Message
from vault.domain.register import AccountStatus

# Before it sells and after it was closed, an account has no rating.
_RATED = frozenset({AccountStatus.ACTIVE, AccountStatus.AT_RISK, AccountStatus.SUSPENDED})


def check(facts: AccountFacts, answer: Answer) -> Iterator[Finding]:
    rating, limit, near = facts.health_rating, answer.rule.number("limit"), answer.rule.number("warn_below")
    if facts.status not in _RATED:
        yield answer.not_applicable(Message(N_("An account that does not sell has no health rating.")))
        return
    if rating is None:
        yield _unknown(answer)
        return
    stated = {"rating": str(rating), "limit": str(limit)}
    advice = Message(
        N_(
            "Open Performance › Account health in Seller Central and solve the violations that weigh most. Enter the new "
            "rating here afterwards."
        )
    )
    if rating < limit:
        message = Message(N_("The account health rating is %(rating)s; below %(limit)s Amazon may deactivate."), stated)
        yield answer.failed(message, advice, why=stated)
    elif rating < near:
        message = Message(N_("The account health rating is %(rating)s, close to the limit of %(limit)s."), stated)
        yield answer.warned(message, advice, why=stated)
    else:
        yield answer.passed(Message(N_("The account health rating is %(rating)s."), stated), why=stated)


def _unknown(answer: Answer) -> Finding:
    """Nobody has entered it yet: that is to be looked up, and no alarm."""
    message = Message(N_("The account health rating is not known."))
    advice = Message(N_("Look it up in Seller Central under Performance › Account health and enter it here."))
    return replace(answer.unknown(message, advice), severity=Severity.LOW)
