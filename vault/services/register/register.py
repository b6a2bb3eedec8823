"""The register of seller accounts and of the other accounts that are known: what each is made of.

Changes are in `vault.services.register.entries`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.register import OtherAccount, RegisterEntry
from vault.domain.register import SIMILAR_KINDS, AttributeKind, family_of
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.register import judging as register_judging
from vault.services.register.holders import Holder, require_holder
from vault.services.register.sharing import Sharer, sharers
from vault.services.register.values import ReadValue, canonical_of, own_particulars
from vault.services.vault import Vault

_COLUMNS = (
    RegisterEntry.id,
    RegisterEntry.holder_id,
    RegisterEntry.account_id,
    RegisterEntry.kind,
    RegisterEntry.fingerprint,
    RegisterEntry.masked,
    RegisterEntry.encrypted,
    RegisterEntry.until,
)


@dataclass(frozen=True, slots=True)
class HeldValue:
    """One value of one account, made to be compared.

    `holder_id` is the seller account's or the other account's id; `account_id` the seller account by which access to
    it is decided. Values of the kinds of one family are equal where their `fingerprint`s are. `canonical` is opened
    for `SIMILAR_KINDS` only, empty for all others. `until`: the day on which it ended, None while it lasts.
    `entry_id` is None for what stands on the seller account itself: legal name, address, VAT number.
    """

    holder_id: str
    account_id: str
    kind: AttributeKind
    fingerprint: str
    masked: str
    canonical: str = ""
    until: date | None = None
    entry_id: str | None = None


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One value as pages show it. `entry` is None for what stands on the seller account itself.

    `shared`: which other accounts hold it too, among those that the one who asks may see.
    """

    kind: AttributeKind
    masked: str
    entry: RegisterEntry | None
    shared: tuple[Sharer, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """What an account is made of: its values in the order of `AttributeKind`, what has ended last.

    `missing`: kinds of which one's own account should hold a value and does not.
    """

    holder: Holder
    values: tuple[ShownValue, ...]
    missing: tuple[AttributeKind, ...] = ()


def read_register(vault: Vault, actor: Actor, holder_id: str) -> Register:
    """The register of a seller account or of a known other account. Raises NotFound."""
    kinds = list(AttributeKind)
    with vault.database.reading() as session:
        holder = require_holder(session, actor, holder_id, Permission.SEE)
        held = [(value.kind, value.fingerprint, value.masked, None) for value in _own(session, vault, holder)]
        wanted = select(RegisterEntry).where(RegisterEntry.holder_id == holder_id).order_by(RegisterEntry.id)
        entries = sorted(session.scalars(wanted), key=lambda entry: entry.until is not None)
        found = [*held, *((AttributeKind(each.kind), each.fingerprint, each.masked, each) for each in entries)]
        shared = sharers(session, vault, actor, [(kind, fingerprint) for kind, fingerprint, _, _ in found], holder_id)
        missing = register_judging.missing_from(session, vault, holder_id) if holder.is_own else []
    shown = [
        ShownValue(kind, masked, entry, tuple(shared.get((family_of(kind), fingerprint), ())))
        for kind, fingerprint, masked, entry in found
    ]
    return Register(holder, tuple(sorted(shown, key=lambda value: kinds.index(value.kind))), tuple(missing))


def values_of(session: Session, vault: Vault, holder_ids: Collection[str] | None = None) -> list[HeldValue]:
    """All values of these holders, of all that there are where None is given; in no order.

    Of every account, whoever may see it: for machines, not to be shown. Raises Damaged for one that cannot be opened.
    """
    return [*_of_accounts(session, vault, holder_ids), *_entered(session, vault, holder_ids)]


def _own(session: Session, vault: Vault, holder: Holder) -> list[ReadValue]:
    return own_particulars(vault, session.get_one(SellerAccount, holder.id)) if holder.is_own else []


def _of_accounts(session: Session, vault: Vault, holder_ids: Collection[str] | None) -> list[HeldValue]:
    wanted = select(SellerAccount)
    if holder_ids is not None:
        wanted = wanted.where(SellerAccount.id.in_(holder_ids))
    return [
        HeldValue(
            account.id, account.id, value.kind, value.fingerprint, value.masked, _opened(value.kind, value.canonical)
        )
        for account in session.scalars(wanted)
        for value in own_particulars(vault, account)
    ]


def _entered(session: Session, vault: Vault, holder_ids: Collection[str] | None) -> list[HeldValue]:
    removed = select(OtherAccount.id).where(OtherAccount.removed_at.is_not(None))
    wanted = select(*_COLUMNS).where(RegisterEntry.holder_id.not_in(removed))
    if holder_ids is not None:
        wanted = wanted.where(RegisterEntry.holder_id.in_(holder_ids))
    values = []
    for entry_id, holder_id, account_id, code, fingerprint, masked, encrypted, until in session.execute(wanted):
        kind = AttributeKind(code)
        canonical = canonical_of(vault, encrypted) if kind in SIMILAR_KINDS else ""
        values.append(HeldValue(holder_id, account_id, kind, fingerprint, masked, canonical, until, entry_id))
    return values


def _opened(kind: AttributeKind, canonical: str) -> str:
    return canonical if kind in SIMILAR_KINDS else ""
