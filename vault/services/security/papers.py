"""Papers that expire: the latest word on each, for many seller accounts in one statement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Text, or_, select, type_coerce
from sqlalchemy.orm import Session

from vault.db.entities.security import ControlAttestation
from vault.db.queries.among import among
from vault.domain.security import Control


@dataclass(frozen=True, slots=True)
class ExpiringPaper:
    """A paper of a seller account: its `kind` (a `IdentityPaper`), whose it is, and the last day on which it counts."""

    id: str
    account_id: str
    kind: str
    holder: str
    expires_on: date


def expiring_papers(session: Session, account_ids: Collection[str], since: date, until: date) -> list[ExpiringPaper]:
    """The papers that expire from `since` to `until`, both included, the first to expire first."""
    some = _accounts_with(session, account_ids, since, until)
    columns = ("id", "account_id", "about", "done_on", "details", "takes_back")
    wanted = select(*(getattr(ControlAttestation, name) for name in columns)).where(
        among(ControlAttestation.account_id, some), ControlAttestation.control == Control.PAPER
    )
    rows = session.execute(wanted).all() if some else ()
    mistaken = {row.takes_back for row in rows}
    counting = [row for row in rows if row.takes_back is None and row.id not in mistaken]
    latest = {(row.account_id, row.about): row for row in sorted(counting, key=lambda row: (row.done_on, row.id))}
    found = [_paper(row) for row in latest.values() if row.details.get("expires_on") and "retired" not in row.details]
    expiring = (paper for paper in found if since <= paper.expires_on <= until)
    return sorted(expiring, key=lambda paper: (paper.expires_on, paper.id))


def _accounts_with(session: Session, account_ids: Collection[str], since: date, until: date) -> Sequence[str]:
    """The accounts of which any paper, even one that counts no more, expires in one of these years and months."""
    months = {day.isoformat()[:7] for day in (since + timedelta(days=n) for n in range((until - since).days + 1))}
    said = type_coerce(ControlAttestation.details, Text)
    wanted = (
        select(ControlAttestation.account_id)
        .distinct()
        .where(
            among(ControlAttestation.account_id, account_ids),
            ControlAttestation.control == Control.PAPER,
            or_(*(said.contains(f'"expires_on":"{month}') for month in sorted(months))),
        )
    )
    return session.scalars(wanted).all()


def _paper(row: Any) -> ExpiringPaper:
    said = row.details
    expires_on = date.fromisoformat(said["expires_on"])
    return ExpiringPaper(row.about or row.id, row.account_id, said["kind"], said["holder"], expires_on)
