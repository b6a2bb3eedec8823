"""How many tasks the day before brought, told in the morning: a drop of five hundred files is one line, not a flood."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.db.entities.notices import NoticeDay
from vault.db.entities.work import Task, TaskState
from vault.domain.findings import Severity
from vault.domain.message import N_, Message
from vault.services.days import today
from vault.services.notices.choices import NoticeKind
from vault.services.notices.notices import News, tell
from vault.services.notices.people import audience_of, open_accounts
from vault.services.notices.reminder_words import news_of_account
from vault.services.notices.reminders import lock_sweep
from vault.services.vault import Vault

_NAME = "new tasks"
# After a longer rest of the service nobody wants to hear what each of its days would have brought.
_LOOKS_BACK = timedelta(days=30)


def tell_new_tasks(vault: Vault) -> int:
    """Once a day, tells who manages a seller account how many tasks the days before brought, also after a rest.

    Critical ones are left out, each of them is told at once. Returns of how many accounts there was something to tell.
    """
    day = today(vault)
    with vault.database.reading() as session:
        if session.scalar(select(NoticeDay.day).where(NoticeDay.name == _NAME)) == day:
            return 0
    with vault.database.transaction() as session:
        row = lock_sweep(session, _NAME, day - timedelta(days=1))
        since, row.day = max(row.day, day - _LOOKS_BACK), day
        counts = _opened_between(session, vault, since, day) if since < day else []
        audience = audience_of(session, (account_id for account_id, _ in counts))
        news = [(account_id, _news(account_id, count, since)) for account_id, count in counts]
        tell(session, vault, [(each, sorted(audience.managers(account_id))) for account_id, each in news])
    return len(counts)


def _opened_between(session: Session, vault: Vault, since: date, until: date) -> Sequence[tuple[str, int]]:
    """(seller account, tasks opened from `since` and before `until` that are still open)."""
    zone = ZoneInfo(vault.settings.time_zone)
    begin, end = (datetime.combine(each, time(), zone) for each in (since, until))
    wanted = select(Task.account_id, func.count()).where(
        Task.account_id.in_(open_accounts()),
        Task.state == TaskState.OPEN,
        Task.opened_at >= begin,
        Task.opened_at < end,
        Task.severity != Severity.CRITICAL,
        Task.other_account_id.is_(None),
    )
    return [(row[0], row[1]) for row in session.execute(wanted.group_by(Task.account_id))]


def _news(account_id: str, count: int, since: date) -> News:
    return news_of_account(
        account_id,
        NoticeKind.NEW_TASKS,
        f"new_tasks:{account_id}:{since.isoformat()}",
        Message(N_("New tasks: %(count)s"), {"count": str(count)}),
        Message(N_("Opened since %(day)s and still open."), {"day": since.isoformat()}),
        Severity.NORMAL,
    )
