"""Who else holds a value, as far as the one who asks may know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.register import OtherAccount, RegisterEntry
from vault.domain.register import AttributeKind, family_of, kin_of
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.register.holders import require_holder
from vault.services.register.values import own_particulars, read_value
from vault.services.vault import Vault

# A value as it is compared: its family and its fingerprint.
Key = tuple[str, str]
_OF_ACCOUNTS = frozenset({AttributeKind.LEGAL_ENTITY, AttributeKind.ADDRESS, AttributeKind.VAT_NUMBER})


@dataclass(frozen=True, slots=True)
class Sharer:
    """An account that holds an equal value as `kind`. `is_other`: a known other account, not one's own.

    `until`: the day on which it stopped using the value, None while it does.
    """

    holder_id: str
    account_id: str
    name: str
    kind: AttributeKind
    is_other: bool = False
    until: date | None = None


def shared_with(vault: Vault, actor: Actor, kind: AttributeKind, text: str, holder_id: str) -> list[Sharer]:
    """Which accounts that `actor` may see hold this value, `holder_id` itself not counted; by name.

    Nothing is said of accounts that he may not see. Raises NotFound, and Invalid for a value that cannot be.
    """
    with vault.database.reading() as session:
        holder = require_holder(session, actor, holder_id, Permission.SEE)
        value = read_value(vault, kind, text, holder.country)
        found = sharers(session, vault, actor, [(kind, value.fingerprint)], holder_id)
    return found.get((family_of(kind), value.fingerprint), [])


def sharers(
    session: Session,
    vault: Vault,
    actor: Actor,
    values: Iterable[tuple[AttributeKind, str]],
    holder_id: str | None = None,
) -> Mapping[Key, list[Sharer]]:
    """Who holds each of these values (kind and fingerprint), by family and fingerprint, among what `actor` may see."""
    keys = {(family_of(kind), fingerprint) for kind, fingerprint in values}
    kinds = {kin for kind in AttributeKind if family_of(kind) in {family for family, _ in keys} for kin in kin_of(kind)}
    found: dict[Key, dict[tuple[str, str], Sharer]] = {}
    if keys:
        for sharer, fingerprint in (
            *_entered(session, actor, kinds, {fingerprint for _, fingerprint in keys}),
            *_particulars(session, vault, actor, kinds),
        ):
            key = (family_of(sharer.kind), fingerprint)
            if key in keys and sharer.holder_id != holder_id:
                known = found.setdefault(key, {})
                known.setdefault((sharer.holder_id, sharer.kind), sharer)
    return {key: sorted(each.values(), key=lambda one: (one.name.casefold(), one.kind)) for key, each in found.items()}


def _entered(
    session: Session, actor: Actor, kinds: Iterable[AttributeKind], fingerprints: Iterable[str]
) -> list[tuple[Sharer, str]]:
    wanted = (
        select(RegisterEntry, OtherAccount, SellerAccount.name)
        .join(SellerAccount, SellerAccount.id == RegisterEntry.account_id)
        .outerjoin(OtherAccount, OtherAccount.id == RegisterEntry.holder_id)
        .where(RegisterEntry.kind.in_(list(kinds)), RegisterEntry.fingerprint.in_(list(fingerprints)))
        .where(RegisterEntry.account_id.in_(actor.account_ids), OtherAccount.removed_at.is_(None))
        .order_by(RegisterEntry.until.is_not(None), RegisterEntry.id)  # what lasts counts before what has ended
    )
    return [
        (
            Sharer(
                entry.holder_id,
                entry.account_id,
                other.name if other else name,
                AttributeKind(entry.kind),
                other is not None,
                entry.until,
            ),
            entry.fingerprint,
        )
        for entry, other, name in session.execute(wanted)
    ]


def _particulars(
    session: Session, vault: Vault, actor: Actor, kinds: Iterable[AttributeKind]
) -> list[tuple[Sharer, str]]:
    if not _OF_ACCOUNTS.intersection(kinds):
        return []
    seen = session.scalars(select(SellerAccount).where(SellerAccount.id.in_(actor.account_ids)))
    return [
        (Sharer(account.id, account.id, account.name, value.kind), value.fingerprint)
        for account in seen
        for value in own_particulars(vault, account)
    ]
