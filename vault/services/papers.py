"""Papers that expire: the latest word on each, for many seller accounts in one statement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.security import ControlAttestation
from vault.domain.security import Control


@dataclass(frozen=True, slots=True)
class ExpiringPaper:
    """A paper of a seller account: its `kind` (a `PaperKind`), whose it is, and the last day on which it counts."""

    id: str
    account_id: str
    kind: str
    holder: str
    expires_on: date


def expiring_papers(session: Session, account_ids: Collection[str], since: date, until: date) -> list[ExpiringPaper]:
    """The papers that expire from `since` to `until`, both included, the first to expire first."""
    columns = ("id", "account_id", "about", "done_on", "details", "takes_back")
    wanted = select(*(getattr(ControlAttestation, name) for name in columns)).where(
        ControlAttestation.account_id.in_(account_ids), ControlAttestation.control == Control.PAPER
    )
    rows = session.execute(wanted).all()
    mistaken = {row.takes_back for row in rows}
    counting = [row for row in rows if row.takes_back is None and row.id not in mistaken]
    latest = {(row.account_id, row.about): row for row in sorted(counting, key=lambda row: (row.done_on, row.id))}
    found = [
        ExpiringPaper(
            row.about or row.id, row.account_id, said["kind"], said["holder"], date.fromisoformat(said["expires_on"])
        )
        for row in latest.values()
        if (said := row.details).get("expires_on") and "retired" not in said
    ]
    return sorted(
        (paper for paper in found if since <= paper.expires_on <= until), key=lambda paper: (paper.expires_on, paper.id)
    )
