"""What reminders say; and many of them as one, so that a day with fifty due tasks is one line and not fifty."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from vault.db.entities.work import Task
from vault.domain.findings import Severity
from vault.domain.message import N_, Message
from vault.services.notices.choices import NoticeKind
from vault.services.notices.notices import News
from vault.services.notices.reminder_plan import Call


@dataclass(frozen=True, slots=True)
class Told:
    """One call about a task, and the people whom it concerns."""

    task: Task
    call: Call
    user_ids: set[str]


_TOGETHER = {
    NoticeKind.OPENED: N_("%(count)s critical tasks were opened"),
    NoticeKind.REMINDER: N_("%(count)s tasks are due soon"),
    NoticeKind.OVERDUE: N_("%(count)s tasks are overdue"),
    NoticeKind.ESCALATED: N_("%(count)s tasks have been overdue for too long"),
}


def told_to_each(told: Iterable[Told], together: int) -> list[tuple[News, list[str]]]:
    """News for each person: of each task, or of all in a seller account at once where more than `together` are of a kind.

    Tasks that tell of a second seller account always stand alone: not everybody may see them.
    """
    found: list[tuple[News, list[str]]] = []
    of_person: dict[tuple[str, str, NoticeKind], list[Told]] = defaultdict(list)
    for each in told:
        for user_id in sorted(each.user_ids):
            if each.task.other_account_id:
                found.append((about(each.task, each.call), [user_id]))
            else:
                of_person[user_id, each.task.account_id, each.call.kind].append(each)
    for (user_id, *_), calls in of_person.items():
        news = [_of_many(calls)] if len(calls) > together else [about(each.task, each.call) for each in calls]
        found += [(each, [user_id]) for each in news]
    return found


def about(task: Task, call: Call) -> News:
    """News of one task: its own title, and what there is to say of it."""
    return news_of_task(task, call.kind, call.key, _BODIES[call.kind](task, call))


def news_of_task(task: Task, kind: NoticeKind, key: str, body: Message) -> News:
    return News(
        kind=kind,
        key=key,
        title=task.title,
        body=_stored(body),
        href={"endpoint": "tasks.show", "values": {"account_id": task.account_id, "task_id": task.id}},
        severity=Severity(task.severity),
        account_id=task.account_id,
        other_account_id=task.other_account_id,
        task_id=task.id,
    )


def news_of_account(
    account_id: str, kind: NoticeKind, key: str, title: Message, body: Message, severity: Severity, **filters: str
) -> News:
    """News of several tasks of an account; `filters` narrow the list that it leads to."""
    href = {"endpoint": "tasks.index", "values": {"account_id": account_id, **filters}}
    return News(kind, key, _stored(title), _stored(body), href, severity, account_id)


def _of_many(calls: Sequence[Told]) -> News:
    kind = calls[0].call.kind
    first = min(calls, key=lambda each: (each.task.due_on, each.task.id))
    worst = min((Severity(each.task.severity) for each in calls), key=list(Severity).index)
    members = "\n".join(sorted(each.call.key for each in calls))
    title = Message(_TOGETHER[kind], {"count": str(len(calls))})
    body = Message(N_("The first of them is due on %(day)s."), {"day": first.task.due_on.isoformat()})
    key = f"together:{kind}:{hashlib.sha256(members.encode()).hexdigest()}"
    is_late = kind in (NoticeKind.OVERDUE, NoticeKind.ESCALATED)
    filters = {"due": "overdue"} if is_late else {}
    return news_of_account(first.task.account_id, kind, key, title, body, worst, **filters)


def _opened(task: Task, call: Call) -> Message:
    if task.due_by_rule is not None:
        days = {"due_on": task.due_by_rule.isoformat(), "day": task.due_on.isoformat()}
        text = N_("It has become critical and would be due on %(due_on)s. The day set by hand stays: %(day)s.")
        return Message(text, days)
    return Message(N_("A critical task was opened. It is due on %(day)s."), {"day": task.due_on.isoformat()})


def _reminder(task: Task, call: Call) -> Message:
    if call.days == 0:
        return Message(N_("Due today."))
    if call.days == 1:
        return Message(N_("Due tomorrow."))
    return Message(N_("Due in %(days)s days, on %(day)s."), _when(task, call))


def _overdue(task: Task, call: Call) -> Message:
    if call.days == 1:
        return Message(N_("Was due yesterday."))
    return Message(N_("Overdue for %(days)s days, since %(day)s."), _when(task, call))


def _escalated(task: Task, call: Call) -> Message:
    return Message(
        N_("Nobody has closed this gap, and it was due on %(day)s. You are told as an owner of the seller account."),
        _when(task, call),
    )


def _when(task: Task, call: Call) -> dict[str, str]:
    return {"days": str(call.days), "day": task.due_on.isoformat()}


_BODIES: dict[NoticeKind, Callable[[Task, Call], Message]] = {
    NoticeKind.OPENED: _opened,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.OVERDUE: _overdue,
    NoticeKind.ESCALATED: _escalated,
}


def _stored(message: Message) -> dict[str, object]:
    return {"text": message.text, "params": dict(message.params)}
