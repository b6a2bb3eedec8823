"""Reminding people of tasks: one sweep over what is open, which looks only at tasks of which there is news.

`TaskReminder` keeps for each task the day on which there is something to tell next. What is told and that mark are
written in one transaction, and the keys of notifications are made from the task, its opening and its due date: a sweep
may be killed, run twice or see the clock jump, and nobody is told anything twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from vault.db.entities.notices import NoticeDay, TaskReminder
from vault.db.entities.work import Task, TaskState
from vault.db.once import insert_once
from vault.domain.findings import Severity
from vault.services.days import today
from vault.services.notices.choices import NoticeKind
from vault.services.notices.notices import tell
from vault.services.notices.people import Audience, audience_of, open_accounts
from vault.services.notices.reminder_plan import Call, Watched, plan
from vault.services.notices.reminder_words import Told, told_to_each
from vault.services.vault import Vault

_SWEEP = "reminders"
_AT_A_TIME = 500
# More than a year of weekly calls.
_KEYS_KEPT = 60


def sweep(vault: Vault) -> int:
    """Tells what there is to tell of open tasks today. Returns how many tasks were looked at; again: none."""
    news = select(Task.account_id, func.count()).outerjoin(TaskReminder, _mark_of_task()).where(_has_news(vault))
    with vault.database.reading() as session:
        counts = [(row[0], row[1]) for row in session.execute(news.group_by(Task.account_id))]
    return sum(_sweep_accounts(vault, account_ids) for account_ids in _pieces(counts))


def _pieces(counts: Iterable[tuple[str, int]]) -> Iterator[list[str]]:
    """Seller accounts in groups of about `_AT_A_TIME` tasks: few commits, and none that others wait for long."""
    piece, size = [], 0
    for account_id, count in counts:
        piece.append(account_id)
        size += count
        if size >= _AT_A_TIME:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def lock_sweep(session: Session, name: str, day: date) -> NoticeDay:
    """Makes sweeps of one name go one after the other. The row says for which day it was last done; at first, `day`."""
    session.execute(insert_once(session, NoticeDay, "name"), [{"name": name, "day": day}])
    return session.get_one(NoticeDay, name, with_for_update=True)


def _sweep_accounts(vault: Vault, account_ids: Sequence[str]) -> int:
    day = today(vault)
    with vault.database.transaction() as session:
        lock_sweep(session, _SWEEP, day)
        wanted = select(Task, TaskReminder).outerjoin(TaskReminder, _mark_of_task())
        found = session.execute(wanted.where(Task.account_id.in_(account_ids), _has_news(vault))).all()
        pairs: list[tuple[Task, TaskReminder | None]] = [(row[0], row[1]) for row in found]
        audience = audience_of(session, account_ids, (task.id for task, _ in pairs))
        told: list[Told] = []
        for task, mark in pairs:
            planned = plan(_watched(vault, task), day, vault.rules.reminders)
            mark = mark or _new_mark(session, task)
            calls = [call for call in planned.calls if call.key not in mark.told]
            news = [Told(task, call, _people(audience, task, call)) for call in calls]
            _note(task, mark, day, planned.next_on, news)
            told += news
        tell(session, vault, told_to_each(told, vault.rules.reminders.together))
    return len(pairs)


def _mark_of_task() -> ColumnElement[bool]:
    return TaskReminder.task_id == Task.id


def _has_news(vault: Vault) -> ColumnElement[bool]:
    """Open tasks that were never looked at, have changed since, or whose day has come (or lies on a day undone)."""
    day = today(vault)
    changed = or_(
        TaskReminder.opened_at != Task.opened_at,
        TaskReminder.due_on != Task.due_on,
        TaskReminder.severity != Task.severity,
    )
    return and_(
        Task.account_id.in_(open_accounts()),
        Task.state == TaskState.OPEN,
        or_(TaskReminder.task_id.is_(None), changed, TaskReminder.next_on <= day, TaskReminder.told_on > day),
    )


def _watched(vault: Vault, task: Task) -> Watched:
    opened_on = task.opened_at.astimezone(ZoneInfo(vault.settings.time_zone)).date()
    return Watched(task.id, task.opened_at, opened_on, task.due_on, Severity(task.severity))


def _people(audience: Audience, task: Task, call: Call) -> set[str]:
    return audience.owners(task) if call.kind is NoticeKind.ESCALATED else audience.concerned(task)


def _new_mark(session: Session, task: Task) -> TaskReminder:
    mark = TaskReminder(task_id=task.id, told=[])
    session.add(mark)
    return mark


def _note(task: Task, mark: TaskReminder, day: date, next_on: date | None, news: Sequence[Told]) -> None:
    mark.opened_at, mark.due_on, mark.severity = task.opened_at, task.due_on, task.severity
    mark.told_on, mark.next_on = day, next_on
    # What nobody was there to hear may still be said to who comes.
    mark.told = [*mark.told, *(each.call.key for each in news if each.user_ids)][-_KEYS_KEPT:]
