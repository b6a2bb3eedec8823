"""What was attested about the security duties of a seller account, and what of it counts now."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.security import ControlAttestation
from vault.domain.errors import NotFound

# (control, about) -> the attestation that counts
Latest = Mapping[tuple[str, str], ControlAttestation]


def history(session: Session, account_id: str) -> list[ControlAttestation]:
    """Everything that was ever attested, in the order in which it was."""
    wanted = select(ControlAttestation).where(ControlAttestation.account_id == account_id)
    return list(session.scalars(wanted.order_by(ControlAttestation.id)))


def latest(session: Session, account_id: str) -> Latest:
    """The attestations that count: of each duty the one of the last day, but for what was taken back."""
    rows = history(session, account_id)
    mistaken = {row.takes_back for row in rows}
    counting = [row for row in rows if row.takes_back is None and row.id not in mistaken]
    counting.sort(key=lambda row: (row.done_on, row.id))
    return {(row.control, row.about): row for row in counting}


def lock_account(session: Session, account_id: str) -> None:
    """Makes others who judge or change the account's security wait until the transaction ends. Raises NotFound."""
    wanted = select(SellerAccount.id).where(SellerAccount.id == account_id).with_for_update(key_share=True)
    if session.scalar(wanted) is None:
        raise NotFound()
