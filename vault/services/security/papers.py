"""Papers that expire: the latest word on each, for many seller accounts in one statement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, exists, or_, select, tuple_, type_coerce
from sqlalchemy.orm import Session, aliased

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


def _counts(said: type[ControlAttestation]) -> tuple[ColumnElement[bool], ...]:
    """What was neither taken back nor takes anything back."""
    mistake = aliased(ControlAttestation)
    taken_back = exists().where(
        mistake.account_id == said.account_id,
        mistake.control == said.control,
        mistake.about == said.about,
        mistake.takes_back == said.id,
    )
    return said.takes_back.is_(None), ~taken_back


def _is_latest() -> ColumnElement[bool]:
    """Nothing that counts was said later about the same."""
    said, later = ControlAttestation, aliased(ControlAttestation)
    replaced = exists().where(
        later.account_id == said.account_id,
        later.control == said.control,
        later.about == said.about,
        tuple_(later.done_on, later.id) > tuple_(said.done_on, said.id),
        *_counts(later),
    )
    return ~replaced


_PAPERS_NOW = and_(ControlAttestation.control == Control.PAPER, *_counts(ControlAttestation), _is_latest())


def expiring_papers(session: Session, account_ids: Collection[str], since: date, until: date) -> list[ExpiringPaper]:
    """The papers that expire from `since` to `until`, both included, the first to expire first."""
    said = ControlAttestation
    wanted = select(said.id, said.account_id, said.about, said.details).where(
        among(said.account_id, account_ids), _expires_in_months_of(since, until), _PAPERS_NOW
    )
    found = [_paper(row) for row in session.execute(wanted) if "retired" not in row.details]
    expiring = (paper for paper in found if since <= paper.expires_on <= until)
    return sorted(expiring, key=lambda paper: (paper.expires_on, paper.id, paper.account_id))


def _expires_in_months_of(since: date, until: date) -> ColumnElement[bool]:
    """Finds few among many by the years and months of these days: details are text to the database."""
    months = {(since + timedelta(days=n)).isoformat()[:7] for n in range((until - since).days + 1)}
    text = type_coerce(ControlAttestation.details, Text)
    return or_(*(text.contains(f'"expires_on":"{month}') for month in sorted(months)))


def _paper(row: Any) -> ExpiringPaper:
    said = row.details
    expires_on = date.fromisoformat(said["expires_on"])
    return ExpiringPaper(row.about or row.id, row.account_id, said["kind"], said["holder"], expires_on)
