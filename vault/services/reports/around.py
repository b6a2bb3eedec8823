"""What stands around a report: the months before it, as their latest revisions told them when it was made."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.db.entities.reports import Report
from vault.services.reports.months import month_before

# So many months make the drawings over months, that of the report included.
_MONTHS = 12


def around(session: Session, account_id: str, month: date) -> dict[str, Any]:
    """``before``: the report that it is compared with, None where there is none. ``months``: those before it, in order.

    Kept with the report, so that a later revision of another month changes nothing in this one.
    """
    first = month
    for _ in range(_MONTHS - 1):
        first = month_before(first)
    found = latest_of_each_month(session, account_id, first, month_before(month))
    before = next((each for each in found if each.month == month_before(month)), None)
    return {"before": before.id if before else None, "months": [month_told(each.figures) for each in reversed(found)]}


def month_told(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What the drawings over months show of one."""
    invoices, gaps = figures["happened"]["invoices"], figures["happened"]["gaps"]
    return {
        "month": figures["month"],
        "readiness": figures["standing"]["readiness"]["percent"],
        "verdicts": {**invoices["verdicts"], "not_judged": invoices["not_judged"]},
        "opened": gaps["opened"],
        "closed": gaps["closed"],
    }


def latest_of_each_month(
    session: Session, account_id: str, first: date | None = None, last: date | None = None
) -> Sequence[Report]:
    """The latest revision of each month from `first` to `last`, the latest month first."""
    revisions = select(Report.month, func.max(Report.revision).label("revision")).where(Report.account_id == account_id)
    if first is not None:
        revisions = revisions.where(Report.month >= first)
    if last is not None:
        revisions = revisions.where(Report.month <= last)
    newest = revisions.group_by(Report.month).subquery()
    wanted = select(Report).join(newest, (Report.month == newest.c.month) & (Report.revision == newest.c.revision))
    return session.scalars(wanted.where(Report.account_id == account_id).order_by(Report.month.desc())).all()
