"""The lock under which a seller account is judged.

Locks are taken in one order, so that transactions wait for each other and never around each other: a person, the seller
account, what belongs to it, the scoring of links, the tasks of links, the journal's head.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.domain.errors import NotFound


def lock_account(session: Session, account_id: str) -> None:
    """Makes others who change or judge what the account itself is wait until the transaction ends. Raises NotFound.

    Not the account's key: other rows may refer to it meanwhile.
    """
    wanted = select(SellerAccount.id).where(SellerAccount.id == account_id).with_for_update(key_share=True)
    if session.scalar(wanted) is None:
        raise NotFound()
