"""Every check, by the name that rule books and findings use. A new check is a new line here."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from vault.checks.account import (
    access_left,
    access_reason,
    at_risk,
    complete,
    further_approval,
    further_bank,
    further_brands,
    further_shared,
    health,
    link_explanation,
    link_shared,
    link_together,
    suspended,
)
from vault.checks.account.facts import AccountFacts
from vault.checks.account.further_facts import FurtherFacts
from vault.checks.account.further_texts import text_check
from vault.checks.account.link_facts import LinkFacts
from vault.checks.answer import Answer
from vault.checks.audit import (
    acknowledged,
    confirmed,
    deadline,
    evidence,
    follow_up,
    refusal,
    sent_before,
    supplier_reply,
    units,
)
from vault.checks.audit import answer as audit_answer
from vault.checks.audit import owner as audit_owner
from vault.checks.audit.facts import AuditFacts
from vault.checks.coverage import lapsing, missing, sales, short
from vault.checks.coverage.product import ProductFacts
from vault.checks.coverage.sales import SalesFacts
from vault.checks.facts import InvoiceFacts
from vault.checks.invoice import (
    arithmetic,
    buyer,
    buyer_address,
    description,
    duplicate,
    issue_date,
    kind,
    legible,
    price,
    supplier_address,
    supplier_contact,
    supplier_name,
    unaltered,
)
from vault.checks.paper import expiry as paper_expiry
from vault.checks.paper import legible as paper_legible
from vault.checks.paper.facts import PaperFacts
from vault.checks.routine import overdue, owner, skipped
from vault.checks.routine.facts import RoutineFacts
from vault.checks.security import (
    access_review,
    alerts,
    contact,
    emergency,
    papers,
    password,
    password_kept,
    training,
    two_step,
)
from vault.checks.security.facts import SecurityFacts
from vault.domain.errors import Misconfigured
from vault.domain.findings import Finding
from vault.domain.message import N_
from vault.rules.book import RuleBook

Facts = TypeVar("Facts")
Check = Callable[[Facts, Answer], Iterable[Finding]]

INVOICE_CHECKS: Mapping[str, Check[InvoiceFacts]] = MappingProxyType(
    {
        "invoice.kind": kind.check,
        "invoice.issue_date": issue_date.check,
        "invoice.supplier_name": supplier_name.check,
        "invoice.supplier_address": supplier_address.check,
        "invoice.supplier_contact": supplier_contact.check,
        "invoice.buyer": buyer.check,
        "invoice.buyer_address": buyer_address.check,
        "invoice.price": price.check,
        "invoice.description": description.check,
        "invoice.arithmetic": arithmetic.check,
        "invoice.duplicate": duplicate.check,
        "invoice.legible": legible.check,
        "invoice.unaltered": unaltered.check,
    }
)

PAPER_CHECKS: Mapping[str, Check[PaperFacts]] = MappingProxyType(
    {
        "paper.legible": paper_legible.check,
        "paper.expiry": paper_expiry.check,
    }
)

ACCOUNT_CHECKS: Mapping[str, Check[AccountFacts]] = MappingProxyType(
    {
        "account.suspended": suspended.check,
        "account.at_risk": at_risk.check,
        "account.health": health.check,
        "account.access_left": access_left.check,
        "account.access_reason": access_reason.check,
        "account.complete": complete.check,
    }
)

FURTHER_CHECKS: Mapping[str, Check[FurtherFacts]] = MappingProxyType(
    {
        **{f"further.{name}": text_check(name) for name in ("reason", "run_by", "inventory", "products", "strategy")},
        "further.bank": further_bank.check,
        "further.brands": further_brands.check,
        "further.approval": further_approval.check,
        "further.standing": further_approval.check_standing,
        "further.shared": further_shared.check,
    }
)

LINK_CHECKS: Mapping[str, Check[LinkFacts]] = MappingProxyType(
    {
        "link.shared": link_shared.check,
        "link.together": link_together.check,
        "link.explanation": link_explanation.check,
    }
)

SECURITY_CHECKS: Mapping[str, Check[SecurityFacts]] = MappingProxyType(
    {
        "security.emergency": emergency.check,
        "security.two_step": two_step.check,
        "security.password": password.check,
        "security.password_kept": password_kept.check,
        "security.alerts": alerts.check,
        "security.contact": contact.check,
        "security.papers": papers.check,
        "security.access_review": access_review.check,
        "security.training": training.check,
    }
)

ROUTINE_CHECKS: Mapping[str, Check[RoutineFacts]] = MappingProxyType(
    {
        "routine.overdue": overdue.check,
        "routine.skipped": skipped.check,
        "routine.owner": owner.check,
    }
)

COVERAGE_CHECKS: Mapping[str, Check[ProductFacts]] = MappingProxyType(
    {
        "coverage.missing": missing.check,
        "coverage.short": short.check,
        "coverage.lapses_soon": lapsing.check,
        "coverage.lapses": lapsing.check,
    }
)

SALES_CHECKS: Mapping[str, Check[SalesFacts]] = MappingProxyType(
    {
        "sales.known": sales.check_known,
        "sales.named": sales.check_named,
        "sales.untold": sales.check_untold,
    }
)

AUDIT_CHECKS: Mapping[str, Check[AuditFacts]] = MappingProxyType(
    {
        "audit.confirmed": confirmed.check,
        "audit.owner": audit_owner.check,
        "audit.acknowledged": acknowledged.check,
        "audit.deadline": deadline.check,
        "audit.evidence": evidence.check,
        "audit.units": units.check,
        "audit.refusal": refusal.check,
        "audit.sent_before": sent_before.check,
        "audit.supplier_reply": supplier_reply.check,
        "audit.answer": audit_answer.check,
        "audit.follow_up": follow_up.check,
    }
)

# By what a profile is about.
CHECKS: Mapping[str, Mapping[str, Check[Any]]] = MappingProxyType(
    {
        "invoice": INVOICE_CHECKS,
        "paper": PAPER_CHECKS,
        "account": ACCOUNT_CHECKS,
        "further_account": FURTHER_CHECKS,
        "link": LINK_CHECKS,
        "security": SECURITY_CHECKS,
        "routine": ROUTINE_CHECKS,
        "audit": AUDIT_CHECKS,
        "coverage": COVERAGE_CHECKS,
        "sales": SALES_CHECKS,
    }
)


def require_known_checks(book: RuleBook) -> None:
    """Raises Misconfigured when a profile names a check that does not exist: it would never be looked at."""
    for profile in book.profiles.values():
        for rule in profile.rules:
            if rule.check not in CHECKS.get(profile.about, {}):
                raise Misconfigured(
                    N_(
                        "The profile %(profile)s names the check “%(check)s”, which does not exist. Correct the rule book."
                    ),
                    profile=profile.label,
                    check=rule.check,
                )
