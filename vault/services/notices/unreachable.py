"""Grave tasks in the hands of somebody whom nothing reaches: the owners are told."""

from datetime import date

from sqlalchemy import ColumnElement, Select, or_, select

from vault.db.entities.notices import NoticeChoice, TaskReminder
from vault.db.entities.people import Membership, User
from vault.db.entities.routines import Absence
from vault.db.entities.work import Task, TaskState
from vault.domain.findings import Severity
from vault.domain.message import N_, Message
from vault.services.days import today
from vault.services.notices.choices import NoticeKind
from vault.services.notices.notices import News, tell
from vault.services.notices.people import audience_of, open_accounts
from vault.services.notices.reminder_words import news_of_task
from vault.services.notices.reminders import lock_sweep
from vault.services.vault import Vault

_GRAVE = (Severity.CRITICAL, Severity.HIGH)


def tell_unreachable(vault: Vault) -> int:
    """Tells the owners of critical and high tasks whose assignee is disabled, has no access any more, is away beyond
    the due date, or gets no mail because the mail server refuses it. Returns of how many tasks; again: of none.
    """
    day = today(vault)
    with vault.database.reading() as session:
        if session.execute(_unreachable(day).limit(1)).first() is None:
            return 0
    with vault.database.transaction() as session:
        lock_sweep(session, "unreachable", day)
        found: list[tuple[Task, TaskReminder]] = [(row[0], row[1]) for row in session.execute(_unreachable(day))]
        audience = audience_of(session, (task.account_id for task, _ in found))
        tell(session, vault, [(_news(task), sorted(audience.owners(task))) for task, _ in found])
        for task, mark in found:
            mark.unreachable_id = task.assignee_id
    return len(found)


def _unreachable(day: date) -> Select[Task, TaskReminder]:
    """Tasks that a sweep of reminders has seen; the others are told of to the owners after the next one."""
    return (
        select(Task, TaskReminder)
        .join(TaskReminder, TaskReminder.task_id == Task.id)
        .where(
            Task.account_id.in_(open_accounts()),
            Task.assignee_id.is_not(None),
            Task.state == TaskState.OPEN,
            Task.severity.in_(_GRAVE),
            or_(TaskReminder.unreachable_id.is_(None), TaskReminder.unreachable_id != Task.assignee_id),
            ~_reached(day),
        )
        .limit(1000)
    )


def _reached(day: date) -> ColumnElement[bool]:
    refused = select(NoticeChoice.user_id).where(
        NoticeChoice.user_id == Task.assignee_id, NoticeChoice.refused_at.is_not(None)
    )
    away = select(Absence.id).where(
        Absence.user_id == Task.assignee_id,
        Absence.account_id == Task.account_id,
        Absence.from_on <= day,
        Absence.until_on >= day,
        Absence.until_on >= Task.due_on,
    )
    return (
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(User.id == Task.assignee_id, User.disabled_at.is_(None), Membership.account_id == Task.account_id)
        .where(~refused.exists(), ~away.exists())
        .correlate(Task)
        .exists()
    )


def _news(task: Task) -> News:
    key = f"unreachable:{task.id}:{task.opened_at:%Y%m%dT%H%M%S}:{task.assignee_id}"
    body = Message(
        N_(
            "Nothing reaches the person who has this task: away, without access or refused by the mail server. Give it to somebody else."
        )
    )
    return news_of_task(task, NoticeKind.ESCALATED, key, body)
