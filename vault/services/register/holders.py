"""Whose values they are: a seller account, or another account that is known of by the people of one."""

from dataclasses import dataclass

from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import ForUpdateParameter

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.register import OtherAccount
from vault.domain.errors import NotFound
from vault.domain.roles import Permission
from vault.services.access import Actor


@dataclass(frozen=True, slots=True)
class Holder:
    """`id` names the seller account or the other account; `account_id` the seller account that decides on access.

    `country` (ISO 3166-1 alpha-2) is the seller account's: numbers without a country are read as of there.
    """

    id: str
    account_id: str
    name: str
    country: str

    @property
    def is_own(self) -> bool:
        return self.id == self.account_id


def require_holder(
    session: Session, actor: Actor, holder_id: str, permission: Permission, *, lock: bool = False
) -> Holder:
    """Raises NotFound where there is no such account for `actor`, Forbidden where the role is too small.

    `lock`: nobody else changes what it holds before the transaction ends.
    """
    # Not the key: links and tasks of other accounts may refer to it meanwhile.
    for_update: ForUpdateParameter = {"key_share": True} if lock else None
    other = session.get(OtherAccount, holder_id, with_for_update=for_update)
    account_id = other.account_id if other else holder_id
    actor.require(permission, account_id)
    account = session.get(SellerAccount, account_id, with_for_update=None if other else for_update)
    if account is None or (other and other.removed_at):
        raise NotFound()
    return Holder(holder_id, account_id, other.name if other else account.name, account.country)
