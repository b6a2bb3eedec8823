"""Judging: facts and a profile in, findings out. Pure and replayable."""

from vault.checks.answer import Answer
from vault.checks.facts import InvoiceFacts
from vault.checks.registry import INVOICE_CHECKS
from vault.domain.findings import Finding
from vault.rules.book import Profile


def judge_invoice(facts: InvoiceFacts, profile: Profile) -> tuple[Finding, ...]:
    """The findings of every check that `profile` names, in its order.

    The same facts and the same profile always give the same findings.
    """
    return tuple(
        finding for rule in profile.rules for finding in INVOICE_CHECKS[rule.check](facts, Answer(rule, profile.label))
    )
