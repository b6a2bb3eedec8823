"""May a further account be opened? Source: guide (Amazon's prior approval), policy (all accounts in good standing)."""

from collections.abc import Iterator

from vault.checks.account.further_facts import ExistingAccount, FurtherFacts
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message
from vault.domain.register import AccountStatus


def check(facts: FurtherFacts, answer: Answer) -> Iterator[Finding]:
    """Amazon's approval is in the file, or somebody has stated that all accounts are in good standing."""
    if facts.papers.get("approval"):
        yield answer.passed(Message(N_("Amazon's approval is in the file.")), path="approval")
    elif any(account.is_stated for account in facts.accounts):
        yield answer.passed(Message(N_("All accounts were stated to be in good standing.")), path="approval")
    else:
        yield answer.failed(
            Message(N_("Neither Amazon's approval nor a statement of good standing is in the file.")),
            Message(N_("Add Amazon's answer to your request, or state that all your accounts are in good standing.")),
            path="approval",
        )


def check_standing(facts: FurtherFacts, answer: Answer) -> Iterator[Finding]:
    """Does the statement hold? A finding for each account that it names: its `item` is the account's id."""
    stated = [account for account in facts.accounts if account.is_stated]
    if facts.papers.get("approval") or not stated:
        yield answer.not_applicable(Message(N_("Nothing rests on a statement of good standing.")), path="approval")
        return
    for account in stated:
        yield standing_of(account, answer)


def standing_of(account: ExistingAccount, answer: Answer) -> Finding:
    """How one account stands: active, no open critical task, and a health rating of at least the rule's ``min_health``."""
    least = answer.rule.number("min_health")
    params = {"name": account.name, "health": str(account.health_rating), "least": str(least)}
    why = {"status": account.status, "health": params["health"], "criticals": str(account.criticals)}
    details = {"item": account.id, "path": "approval", "why": why}
    advice = Message(N_("Put this right before a further account is opened."))
    if account.status is not AccountStatus.ACTIVE:
        return answer.failed(Message(N_("“%(name)s” is not active."), params), advice, **details)
    if account.criticals:
        return answer.failed(Message(N_("“%(name)s” has a critical task that is open."), params), advice, **details)
    if account.health_rating is None:
        enter = Message(N_("Look it up in Seller Central and enter it in the seller account."))
        return answer.unknown(Message(N_("The health rating of “%(name)s” is not known."), params), enter, **details)
    if account.health_rating < least:
        low = Message(N_("The health rating of “%(name)s” is %(health)s, and should be at least %(least)s."), params)
        return answer.failed(low, advice, **details)
    return answer.passed(Message(N_("“%(name)s” is in good standing."), params), **details)
