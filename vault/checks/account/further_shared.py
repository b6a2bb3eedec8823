"""Does the plan of a further account use what another account has already? Source: guide, policy (linked accounts)."""

from collections.abc import Iterator

from vault.checks.account.further_facts import ExistingAccount, FurtherFacts, SharedValue
from vault.checks.answer import Answer
from vault.domain.findings import Finding
from vault.domain.message import N_, Message


def check(facts: FurtherFacts, answer: Answer) -> Iterator[Finding]:
    """A finding for each account that shares something: its `item` is the account's id."""
    sharing = [account for account in facts.accounts if account.shared]
    if not facts.kinds:
        yield answer.not_applicable(
            Message(N_("No value is planned yet, so there is nothing to compare.")), path="values"
        )
    elif not sharing:
        yield answer.passed(Message(N_("No other account has any of the planned values.")), path="values")
    for account in sharing:
        yield _finding(account, answer)


def _finding(account: ExistingAccount, answer: Answer) -> Finding:
    never_shared = answer.rule.words("never_shared")
    kinds = sorted({value.kind for value in account.shared}, key=lambda kind: (kind not in never_shared, kind))
    worst = next(value for value in account.shared if value.kind == kinds[0])
    params = {"masked": worst.masked, "holder": worst.holder, "count": str(len(account.shared))}
    details = {"item": account.id, "path": "values", "why": {"kinds": ", ".join(kinds)}}
    if worst.kind in never_shared:
        return answer.failed(_message(account.shared, params), Message(_USE_ANOTHER), **details)
    return answer.warned(_message(account.shared, params), Message(_EXPLAIN), **details)


def _message(shared: tuple[SharedValue, ...], params: dict[str, str]) -> Message:
    if len(shared) == 1:
        return Message(N_("%(masked)s belongs to “%(holder)s” already."), params)
    return Message(N_("%(masked)s and more, %(count)s values in all, belong to “%(holder)s” already."), params)


_USE_ANOTHER = N_("Plan another one. Amazon takes accounts that share this for one, and suspends both together.")
_EXPLAIN = N_("Plan another one, or have Amazon's approval say that it is shared.")
