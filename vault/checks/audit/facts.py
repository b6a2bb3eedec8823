"""The facts that the checks of an audit judge."""

from dataclasses import dataclass
from datetime import date, datetime

from vault.domain.audits import AuditState


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """One audit. `now` is aware; `sent_on` the day of the last bundle or answer that was sent.

    `hours`: how long an answer may take where the notice names no deadline; 0 where nothing is known.
    """

    state: AuditState
    now: datetime
    as_of: date
    is_confirmed: bool
    noticed_on: date | None
    deadline: datetime | None
    hours: int
    has_owner: bool
    is_acknowledged: bool
    sent_on: date | None
