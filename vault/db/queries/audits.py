"""Lists of audits."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from vault.db.entities.audits import Audit, AuditProduct
from vault.domain.audits import AuditState


def list_audits(session: Session, account_id: str) -> list[Audit]:
    """The account's audits: what we have to answer first, by deadline, then what Amazon has, then what is over."""
    ours = [state.value for state in AuditState if state.is_ours]
    over = [state.value for state in AuditState if state.is_over]
    rank = case((Audit.state.in_(ours), 0), (Audit.state.in_(over), 2), else_=1)
    wanted = select(Audit).where(Audit.account_id == account_id)
    return list(session.scalars(wanted.order_by(rank, Audit.deadline.nulls_first(), Audit.created_at.desc(), Audit.id)))


def count_products(session: Session, account_id: str) -> dict[str, int]:
    """How many products each audit of the account is about."""
    counted = (
        select(AuditProduct.audit_id, func.count())
        .join(Audit, Audit.id == AuditProduct.audit_id)
        .where(Audit.account_id == account_id)
        .group_by(AuditProduct.audit_id)
    )
    return {row[0]: row[1] for row in session.execute(counted)}
