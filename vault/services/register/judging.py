"""Judging how a seller account stands, whether its register is complete, and who has access to it."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vault.checks.account.complete import missing_kinds
from vault.checks.account.facts import Access, AccountFacts
from vault.checks.judge import judge as judged
from vault.checks.registry import ACCOUNT_CHECKS
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.register import AccessGrant, RegisterEntry
from vault.domain.register import AccountStatus, AttributeKind, GrantKind
from vault.services.days import today
from vault.services.journal.notes import MACHINE, Note
from vault.services.locks import lock_account
from vault.services.register.values import own_particulars
from vault.services.tasks import tasks
from vault.services.vault import Vault

PROFILE = "account"
COMPLETE = "account.complete"


def judge(session: Session, vault: Vault, account_id: str, actor: str = MACHINE) -> list[Note]:
    """Brings the account's own tasks to what is known now; one that is closed has none.

    Returns the changes; none where nothing has changed. Raises NotFound.
    """
    lock_account(session, account_id)
    account = session.get_one(SellerAccount, account_id)
    profile = vault.rules.profiles[PROFILE]
    findings = () if account.closed_at else judged(_facts(session, vault, account), profile, ACCOUNT_CHECKS)
    return tasks.reconcile(session, vault, tasks.Subject("account", account_id, account_id), findings, actor)


def missing_from(session: Session, vault: Vault, account_id: str) -> list[AttributeKind]:
    """The kinds of values that the register of the seller account should hold and does not."""
    rule = next((rule for rule in vault.rules.profiles[PROFILE].rules if rule.check == COMPLETE), None)
    if rule is None:
        return []
    return missing_kinds(_kinds(session, vault, session.get_one(SellerAccount, account_id)), rule.words("kinds"))


def _facts(session: Session, vault: Vault, account: SellerAccount) -> AccountFacts:
    grants = select(AccessGrant).where(AccessGrant.account_id == account.id).order_by(AccessGrant.name, AccessGrant.id)
    return AccountFacts(
        today=today(vault),
        status=AccountStatus(account.status),
        status_since=account.status_since,
        health_rating=account.health_rating,
        kinds=_kinds(session, vault, account),
        access=tuple(_access(grant) for grant in session.scalars(grants)),
    )


def _kinds(session: Session, vault: Vault, account: SellerAccount) -> frozenset[AttributeKind]:
    lasting = or_(RegisterEntry.until.is_(None), RegisterEntry.until >= today(vault))
    entered = select(RegisterEntry.kind).where(RegisterEntry.holder_id == account.id, lasting).distinct()
    own = {value.kind for value in own_particulars(vault, account)}
    return frozenset(map(AttributeKind, session.scalars(entered))) | own


def _access(grant: AccessGrant) -> Access:
    return Access(grant.id, grant.name, GrantKind(grant.kind), grant.reason, grant.left_on, grant.removed_on)
