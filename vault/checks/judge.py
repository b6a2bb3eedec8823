"""Judging: facts and a profile in, findings out. Pure and replayable."""

from collections.abc import Mapping
from typing import TypeVar

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.checks.registry import INVOICE_CHECKS, Check
from vault.domain.findings import Finding
from vault.rules.book import Profile

Facts = TypeVar("Facts")


def judge(facts: Facts, profile: Profile, checks: Mapping[str, Check[Facts]]) -> tuple[Finding, ...]:
    """The findings of every check that `profile` names, in its order. `checks` is the registry of these facts.

    The same facts and the same profile always give the same findings.
    """
    return tuple(
        finding for rule in profile.rules for finding in checks[rule.check](facts, Answer(rule, profile.label))
    )


def judge_invoice(facts: InvoiceFacts, profile: Profile) -> tuple[Finding, ...]:
    """`judge` with the invoice checks."""
    return judge(facts, profile, INVOICE_CHECKS)
