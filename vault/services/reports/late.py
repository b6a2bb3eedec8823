"""Late data: what came in after a report was made and may make it say something else.

The journal tells: it has an entry for every fact, and a report knows up to which one it has seen.
"""

from datetime import date, timedelta

from sqlalchemy import ScalarSelect, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from vault.db.entities.documents import Document
from vault.db.entities.reports import Report
from vault.journal.table import entries
from vault.services.days import today
from vault.services.reports.months import last_day, moments_of, month_before, month_of
from vault.services.vault import Vault

# How long after its end a month is looked after: what comes in later makes a revision when somebody asks for one.
LATE_DAYS = 35

_OF_INVOICES = (
    *("document.kept", "document.read", "document.corrected", "document.kind_chosen", "document.kind_implied"),
    "correction.withdrawn",
)
# What invoices are judged against.
_OF_ALL_INVOICES = ("supplier.changed", "supplier.corrected", "report.imported", "account.changed")
_OTHERS = (
    *("report.taken", "control.attested", "control.taken_back", "audit.confirmed"),
    *("routine.added", "routine.changed", "routine.attested", "routine.skipped", "routine.undone", "routine.ended"),
    *("routine.paused", "routine.resumed", "absence.entered", "absence.removed"),
)


def months_looked_after(vault: Vault) -> list[date]:
    """The months that ended lately, the latest first."""
    day = today(vault)
    month, found = month_before(month_of(day)), []
    while day - last_day(month) <= timedelta(days=LATE_DAYS):
        found.append(month)
        month = month_before(month)
    return found


def with_late_data(session: Session, vault: Vault) -> list[tuple[str, date]]:
    """Account and month of each latest report of these months after which something came in that it may tell of."""
    later = aliased(Report)
    is_latest = ~exists().where(
        later.account_id == Report.account_id, later.month == Report.month, later.revision > Report.revision
    )
    came_in = exists().where(
        entries.c.account_id == Report.account_id,
        entries.c.seq > func.coalesce(Report.seen_seq, _made_at_entry(), 0),
        entries.c.action.in_((*_OF_INVOICES, *_OF_ALL_INVOICES, *_OTHERS)),
    )
    wanted = select(Report.account_id, Report.month).where(Report.month.in_(months_looked_after(vault)))
    rows = session.execute(wanted.where(is_latest, came_in).order_by(Report.month, Report.account_id))
    return [(account_id, month) for account_id, month in rows]


def are_invoices_touched(session: Session, vault: Vault, report: Report) -> bool:
    """Whether anything came in after the report that verdicts on invoices of its month follow from.

    A verdict also changes because days pass; that is no late data.
    """
    seen = report.seen_seq
    if seen is None:
        seen = session.scalar(select(_made_at_entry()).where(Report.id == report.id)) or 0
    since = (entries.c.account_id == report.account_id, entries.c.seq > seen)
    of_the_month = entries.c.action.in_(_OF_INVOICES) & entries.c.subject.in_(_invoices_of(vault, report))
    touched = select(entries.c.seq).where(*since, or_(of_the_month, entries.c.action.in_(_OF_ALL_INVOICES)))
    return session.scalar(touched.limit(1)) is not None


def _made_at_entry() -> ScalarSelect[int]:
    """The entry of the journal that tells of the report being made: one of an earlier version does not say what it saw."""
    told = entries.alias()
    wanted = select(func.max(told.c.seq)).where(told.c.subject == Report.id, told.c.action == "monthly_report.made")
    return wanted.correlate(Report).scalar_subquery()


def _invoices_of(vault: Vault, report: Report) -> Select[str]:
    begins, ends = moments_of(vault, report.month)
    came_in = (Document.uploaded_at >= begins) & (Document.uploaded_at < ends)
    is_dated = Document.issue_date.between(report.month, last_day(report.month))
    return select(Document.id).where(Document.account_id == report.account_id, or_(came_in, is_dated))
