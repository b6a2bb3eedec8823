"""The facts about a further account's file: its plan, its papers, and the accounts that it must stay apart from."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from vault.checks.account.further_facts import ExistingAccount, FurtherFacts, SharedValue
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.further import FurtherAccount, FurtherPaper, FurtherValue
from vault.db.entities.register import OtherAccount, RegisterEntry
from vault.db.entities.work import Task, TaskState
from vault.domain.findings import Severity
from vault.domain.register import AccountStatus, AttributeKind, kin_of
from vault.services.days import today
from vault.services.register.values import own_particulars
from vault.services.vault import Vault

SUBJECT = "further_account"
TEXTS = ("reason", "run_by", "inventory", "products", "strategy")

# Kinds that stand on the seller account itself.
_ON_ACCOUNT = kin_of(AttributeKind.LEGAL_ENTITY) | kin_of(AttributeKind.ADDRESS) | {AttributeKind.VAT_NUMBER}


def further_facts(
    session: Session, vault: Vault, file: FurtherAccount, seen: Collection[str] | None = None
) -> FurtherFacts:
    """`seen`: the seller accounts that may be told of; None for a machine, which sees all."""
    counted = select(FurtherPaper.purpose, func.count()).where(FurtherPaper.file_id == file.id)
    papers = {row[0]: row[1] for row in session.execute(counted.group_by(FurtherPaper.purpose))}
    values = list(session.scalars(select(FurtherValue).where(FurtherValue.file_id == file.id)))
    shared = _shared(session, vault, values)
    wanted = {file.account_id, *file.standing_of, *shared}
    wanted = wanted if seen is None else wanted.intersection(seen)
    return FurtherFacts(
        texts={name: getattr(file, name) for name in TEXTS},
        papers=papers,
        kinds=frozenset(AttributeKind(value.kind) for value in values),
        accounts=existing_accounts(session, file, wanted, seen, shared),
    )


def existing_accounts(
    session: Session,
    file: FurtherAccount,
    wanted: Collection[str],
    seen: Collection[str] | None,
    shared: Mapping[str, list[SharedValue]],
) -> tuple[ExistingAccount, ...]:
    """The accounts `wanted` as the file looks at them, by name."""
    accounts = session.scalars(select(SellerAccount).where(SellerAccount.id.in_(wanted)))
    return tuple(
        ExistingAccount(
            id=account.id,
            name=account.name,
            status=AccountStatus(account.status),
            health_rating=account.health_rating,
            criticals=_criticals(session, account.id, {file.account_id, account.id} if seen is None else seen),
            is_own=account.id == file.account_id,
            is_stated=account.id in file.standing_of,
            shared=tuple(shared.get(account.id, ())),
        )
        for account in sorted(accounts, key=lambda account: (account.name.casefold(), account.id))
    )


def _criticals(session: Session, account_id: str, seen: Collection[str]) -> int:
    """Open critical tasks of the account; those about a second account only where both are `seen`."""
    own = and_(Task.account_id == account_id, or_(Task.other_account_id.is_(None), Task.other_account_id.in_(seen)))
    of_pair = and_(Task.other_account_id == account_id, Task.account_id.in_(seen))
    is_critical = and_(Task.state == TaskState.OPEN, Task.severity == Severity.CRITICAL)
    wanted = select(func.count()).select_from(Task).where(is_critical, or_(own, of_pair), Task.subject_type != SUBJECT)
    return session.scalar(wanted) or 0


def _shared(session: Session, vault: Vault, values: list[FurtherValue]) -> dict[str, list[SharedValue]]:
    """Which planned values somebody has today, by the seller account that decides who may know."""
    found: dict[str, list[SharedValue]] = defaultdict(list)
    for value in values:
        kind = AttributeKind(value.kind)
        for account_id, holder in _holders(session, vault, kind, value.fingerprint, today(vault)):
            found[account_id].append(SharedValue(kind, value.masked, holder))
    return found


def _holders(session: Session, vault: Vault, kind: AttributeKind, fingerprint: str, day: date) -> list[tuple[str, str]]:
    entered = (
        select(RegisterEntry.account_id, func.coalesce(OtherAccount.name, SellerAccount.name))
        .join(SellerAccount, SellerAccount.id == RegisterEntry.account_id)
        .outerjoin(OtherAccount, OtherAccount.id == RegisterEntry.holder_id)
        .where(
            RegisterEntry.kind.in_(kin_of(kind)),
            RegisterEntry.fingerprint == fingerprint,
            or_(RegisterEntry.until.is_(None), RegisterEntry.until >= day),
            OtherAccount.removed_at.is_(None),
        )
    )
    holders = {(account_id, name) for account_id, name in session.execute(entered)}
    if kind in _ON_ACCOUNT:
        holders |= {
            (account.id, account.name)
            for account in session.scalars(select(SellerAccount))
            if any(each.fingerprint == fingerprint for each in own_particulars(vault, account))
        }
    return sorted(holders)
