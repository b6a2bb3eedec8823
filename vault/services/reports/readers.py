"""Who wants reports by mail, and telling them that one was made."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.reports import Report, ReportReader
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.findings import dump_message
from vault.services.journal.notes import Note, record
from vault.services.locks import lock_account
from vault.services.notices.choices import NoticeKind
from vault.services.notices.notices import News, tell
from vault.services.notices.people import audience_of
from vault.services.reports.months import written
from vault.services.vault import Vault


def want_by_mail(vault: Vault, actor: Actor, account_id: str, wanted: bool) -> None:
    """Says whether `actor` is sent each report of the account. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.transaction() as session:
        lock_account(session, account_id)
        reader = reader_of(session, actor.id, account_id)
        if wanted == (reader is not None):
            return
        if reader is None:
            session.add(ReportReader(id=new_id(), account_id=account_id, user_id=actor.id, since=vault.clock()))
        else:
            session.delete(reader)
        session.flush()
        action = "monthly_report.mail_wanted" if wanted else "monthly_report.mail_stopped"
        record(session, vault, [Note(action, account_id, actor.id, account_id)])


def reader_of(session: Session, user_id: str, account_id: str) -> ReportReader | None:
    wanted = select(ReportReader).where(ReportReader.account_id == account_id, ReportReader.user_id == user_id)
    return session.scalar(wanted)


def tell_readers(session: Session, vault: Vault, report: Report) -> None:
    """Tells of the report of a month that is over: those who want it, and who signed what it takes the place of.

    Whoever may not see the account any more is told nothing.
    """
    if not report.figures["standing"]["is_complete"]:
        return
    same = (ReportReader.account_id == report.account_id,)
    wanted = set(session.scalars(select(ReportReader.user_id).where(*same)))
    signed = _signed_revisions(session, report)
    if not wanted | signed.keys():
        return
    actors = audience_of(session, [report.account_id]).actors
    readers = [
        user_id
        for user_id in sorted(wanted | signed.keys())
        if user_id in actors and actors[user_id].may(Permission.SEE, report.account_id)
    ]
    tell(session, vault, [(_news(report, signed.get(user_id)), [user_id]) for user_id in readers])


def _signed_revisions(session: Session, report: Report) -> dict[str, int]:
    """The latest earlier revision of the month that each person signed."""
    wanted = select(Report.signed_by, Report.revision).where(
        Report.account_id == report.account_id,
        Report.month == report.month,
        Report.revision < report.revision,
        Report.signed_by.is_not(None),
    )
    return {person: revision for person, revision in session.execute(wanted.order_by(Report.revision)) if person}


def _news(report: Report, signed: int | None) -> News:
    return News(
        kind=NoticeKind.REPORT,
        key=f"report:{report.id}",
        title=dump_message(_title(report)),
        body=dump_message(_summary(report) if signed is None else _taken_over(report, signed)),
        href={"endpoint": "reports.show", "values": {"account_id": report.account_id, "report_id": report.id}},
        account_id=report.account_id,
    )


def _title(report: Report) -> Message:
    named = {"month": written(report.month)}
    if report.revision == 1:
        return Message(N_("The compliance report of %(month)s is made"), named)
    text = N_("The compliance report of %(month)s has changed: revision %(revision)s is made")
    return Message(text, {**named, "revision": str(report.revision)})


def _taken_over(report: Report, signed: int) -> Message:
    text = N_(
        "You signed revision %(signed)s. Data that came in later makes revision %(revision)s say something else: read"
        " what changed, and sign that one."
    )
    return Message(text, {"signed": str(signed), "revision": str(report.revision)})


def _summary(report: Report) -> Message:
    happened, standing = report.figures["happened"], report.figures["standing"]
    percent = standing["readiness"]["percent"]
    counts = {
        "percent": "?" if percent is None else str(percent),
        "came_in": str(happened["invoices"]["came_in"]),
        "opened": str(happened["gaps"]["opened"]),
        "closed": str(happened["gaps"]["closed"]),
        "overdue": str(standing["overdue"]["all"]),
        "lapsing": str(standing["lapsing"]["within_30"]),
    }
    text = N_(
        "Ready for a demand from Amazon: %(percent)s %%. Invoices that came in: %(came_in)s. Gaps opened: %(opened)s,"
        " closed: %(closed)s. Tasks overdue: %(overdue)s. Products whose coverage lapses within 30 days: %(lapsing)s."
    )
    return Message(text, counts)
