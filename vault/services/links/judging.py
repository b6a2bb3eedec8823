"""Judging links: what a pair shares becomes tasks of the account that should be separated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from vault.checks.account.link_facts import GivenExplanation, LinkFacts
from vault.checks.judge import judge
from vault.checks.registry import LINK_CHECKS
from vault.db.entities.links import Link
from vault.db.queries.links import Holder
from vault.domain.findings import Finding
from vault.domain.links import Contribution
from vault.linking.scoring import Explained, score_of
from vault.linking.weights import Weights, weights_of
from vault.rules.book import Profile
from vault.services.days import today
from vault.services.journal.notes import Note
from vault.services.tasks import tasks
from vault.services.vault import Vault

PROFILE = "links"


@dataclass(frozen=True, slots=True)
class LinkRules:
    """By what links are scored and judged today."""

    profile: Profile
    weights: Weights
    today: date


@dataclass(frozen=True, slots=True)
class Sides:
    """The two accounts of a link. `account` is to be separated from `other`."""

    account: Holder
    other: Holder

    @property
    def is_over(self) -> bool:
        """True when no account of one's own is left that could be separated from the other."""
        return self.account.is_closed


def link_rules(vault: Vault) -> LinkRules:
    profile = vault.rules.profiles[PROFILE]
    return LinkRules(profile, weights_of(profile), today(vault))


def sides_of(one: Holder, two: Holder) -> Sides:
    """Of one's own account and another one, one's own is to be separated; of two own ones that which is still in use,
    and of two in use that which came later."""
    if one.is_other != two.is_other:
        return Sides(two, one) if one.is_other else Sides(one, two)
    if one.is_closed != two.is_closed:
        return Sides(two, one) if one.is_closed else Sides(one, two)
    return Sides(one, two) if (one.opened_at, one.id) > (two.opened_at, two.id) else Sides(two, one)


def link_findings(
    rules: LinkRules, sides: Sides, contributions: tuple[Contribution, ...], explanations: Sequence[Explained]
) -> tuple[Finding, ...]:
    """What the checks say about the pair; nothing where nobody could do anything about it."""
    if sides.is_over:
        return ()
    score, weights = score_of(contributions), rules.weights
    facts = LinkFacts(
        account=sides.account.name,
        other=sides.other.name,
        score=score,
        risk=weights.risk(score),
        risk_alone=weights.risk(max((item.alone for item in contributions), default=0)),
        contributions=contributions,
        explanations=tuple(_given(item, contributions) for item in explanations),
        as_of=rules.today,
    )
    return judge(facts, rules.profile, LINK_CHECKS)


def reconcile(
    session: Session, vault: Vault, link: Link, sides: Sides, findings: Sequence[Finding], actor: str
) -> list[Note]:
    """Brings the link's tasks to what the findings say. Only who sees both accounts sees them."""
    account_id, other_id = sides.account.account_id, sides.other.account_id
    subject = tasks.Subject("link", link.id, account_id, other_id if other_id != account_id else None)
    return tasks.reconcile(session, vault, subject, findings, actor)


def _given(item: Explained, contributions: Sequence[Contribution]) -> GivenExplanation:
    covers = sum(item.is_of_the_pair or item.holds_for(each.kind, each.key) for each in contributions)
    return GivenExplanation(item.id, item.kind, item.valid_until, covers)
