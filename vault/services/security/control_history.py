"""What was attested about the security duties of a seller account, and what of it counts now."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from vault.db.entities.security import ControlAttestation

# (control, about) -> the attestation that counts
Latest = Mapping[tuple[str, str], ControlAttestation]


def latest(session: Session, account_id: str) -> Latest:
    """The attestations that count: of each duty the one of the last day, but for what was taken back."""
    row = ControlAttestation
    place = func.row_number().over(partition_by=(row.control, row.about), order_by=(row.done_on.desc(), row.id.desc()))
    ranked = (
        select(row.id, place.label("place"))
        .where(row.account_id == account_id, row.takes_back.is_(None), row.id.not_in(_mistakes(account_id)))
        .subquery()
    )
    found = session.scalars(select(row).join(ranked, ranked.c.id == row.id).where(ranked.c.place == 1))
    return {(each.control, each.about): each for each in found}


def history(session: Session, account_id: str, most: int) -> Sequence[ControlAttestation]:
    """The latest attestations, newest first, mistakes among them."""
    wanted = select(ControlAttestation).where(
        ControlAttestation.account_id == account_id, ControlAttestation.takes_back.is_(None)
    )
    return session.scalars(wanted.order_by(ControlAttestation.id.desc()).limit(most)).all()


def mistakes(session: Session, account_id: str) -> frozenset[str]:
    """The ids of the attestations that were taken back."""
    return frozenset(filter(None, session.scalars(_mistakes(account_id))))


def _mistakes(account_id: str) -> Select[str | None]:
    taken_back = ControlAttestation.takes_back
    return select(taken_back).where(ControlAttestation.account_id == account_id, taken_back.is_not(None))
