"""What is to be told of a task on a day, and on which day there is more to tell. Dates in, dates out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from vault.domain.findings import Severity
from vault.rules.book import ReminderRule
from vault.services.notices.choices import NoticeKind


@dataclass(frozen=True, slots=True)
class Watched:
    """What reminders depend on. `opened_on`: the local day of `opened_at`."""

    task_id: str
    opened_at: datetime
    opened_on: date
    due_on: date
    severity: Severity


@dataclass(frozen=True, slots=True)
class Call:
    """One thing to tell of a task: `days` until it is due, or since when it is overdue. `key` is as `News.key`."""

    kind: NoticeKind
    key: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """`next_on`: the day on which there will be something else to tell; None when never."""

    calls: tuple[Call, ...]
    next_on: date | None


def plan(task: Watched, today: date, rule: ReminderRule) -> Plan:
    """What `rule` says of `task` today. Steps that were missed are not made up for: only the latest counts."""
    calls = [call for call in (_opened(task), _due(task, today, rule), _escalated(task, today, rule)) if call]
    later = [day for day in _days(task, today, rule) if day > today]
    return Plan(tuple(calls), min(later, default=None))


def _opened(task: Watched) -> Call | None:
    if task.severity is not Severity.CRITICAL:
        return None
    return Call(NoticeKind.OPENED, f"opened:{task.task_id}:{_moment(task)}")


def _due(task: Watched, today: date, rule: ReminderRule) -> Call | None:
    overdue = (today - task.due_on).days
    if overdue > 0:
        nth = (overdue - 1) // rule.overdue_every
        return Call(NoticeKind.OVERDUE, _key("overdue", task, nth), overdue)
    passed = [days for days in _steps(task, rule) if task.due_on - timedelta(days) <= today]
    if not passed:
        return None
    return Call(NoticeKind.REMINDER, _key("reminder", task, min(passed)), -overdue)


def _escalated(task: Watched, today: date, rule: ReminderRule) -> Call | None:
    after = rule.escalate_days.get(task.severity)
    overdue = (today - task.due_on).days
    if after is None or overdue < after:
        return None
    return Call(NoticeKind.ESCALATED, _key("escalated", task, after), overdue)


def _steps(task: Watched, rule: ReminderRule) -> list[int]:
    """The reminders that make sense: who got a task with a week's time needs not hear on that day that it is a week."""
    return [days for days in rule.days_before if task.opened_on < task.due_on - timedelta(days)]


def _days(task: Watched, today: date, rule: ReminderRule) -> list[date]:
    days = [task.due_on - timedelta(days) for days in _steps(task, rule)]
    rounds = max(0, (today - task.due_on).days - 1) // rule.overdue_every
    days += [task.due_on + timedelta(1 + rule.overdue_every * nth) for nth in (rounds, rounds + 1)]
    if task.severity in rule.escalate_days:
        days.append(task.due_on + timedelta(rule.escalate_days[task.severity]))
    return days


def _key(word: str, task: Watched, step: int) -> str:
    return f"{word}:{task.task_id}:{_moment(task)}:{task.due_on.isoformat()}:{step}"


def _moment(task: Watched) -> str:
    return task.opened_at.strftime("%Y%m%dT%H%M%S")
