"""What the pages of the work list share: filters from the address, and tasks in groups."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import groupby

from flask import request

from vault.db.entities.work import TaskStage, TaskState
from vault.db.queries.tasks import Grouping, TaskFilter, TaskRow
from vault.domain.findings import Severity
from vault.domain.message import N_, Message
from vault.services.access import Actor
from vault.services.days import today
from vault.services.vault import Vault
from vault.web import words
from vault.web.lists import chosen
from vault.web.subjects import SUBJECTS, subject_type

ME = "me"
WEEK = timedelta(days=7)
FORTNIGHT = timedelta(days=14)
DUE = {"overdue": N_("Overdue"), "week": N_("Within a week"), "fortnight": N_("Within 14 days")}
STAGES = {
    TaskStage.TO_DO: N_("To do"),
    TaskStage.IN_PROGRESS: N_("In progress"),
    TaskStage.WAITING: N_("Waiting"),
}
SEVERITIES = {
    Severity.CRITICAL: N_("Critical"),
    Severity.HIGH: N_("High"),
    Severity.NORMAL: N_("Normal"),
    Severity.LOW: N_("Low"),
}
GROUPINGS = {
    Grouping.WEEK: N_("Due week"),
    Grouping.SUBJECT: N_("What it is about"),
    Grouping.CHECK: N_("Check"),
    Grouping.ASSIGNEE: N_("Person"),
    Grouping.SEVERITY: N_("Severity"),
}
# The filters that a kept view holds.
KEPT = ("state", "severity", "check", "due", "stage", "who", "watched", "subject", "about", "q", "group")


@dataclass(frozen=True, slots=True)
class Choice:
    """The filters of the address, and the names they have there."""

    wanted: TaskFilter
    grouping: Grouping | None
    due: str
    who: str

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the state is filtered."""
        plain = TaskFilter(state=self.wanted.state)
        return any(getattr(self.wanted, each.name) != getattr(plain, each.name) for each in fields(TaskFilter))


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks that belong together, under a heading (none: the whole list)."""

    heading: Message | None
    rows: tuple[TaskRow, ...]


def choice_of(vault: Vault, actor: Actor) -> Choice:
    """What the address of this request asks for; what it says wrongly is left out."""
    now, due = today(vault), chosen("due", DUE)
    who = request.args.get("who", "")[:40]
    wanted = TaskFilter(
        state=chosen("state", list(TaskState)) or TaskState.OPEN,
        severity=chosen("severity", list(Severity)),
        check_id=request.args.get("check", "")[:60],
        due_from=now if due in ("week", "fortnight") else None,
        due_before={"overdue": now, "week": now + WEEK, "fortnight": now + FORTNIGHT}.get(due),
        stage=chosen("stage", list(TaskStage)),
        assignee_id=actor.id if who == ME else who,
        watcher_id=actor.id if request.args.get("watched") else "",
        subject_id=request.args.get("subject", "")[:40],
        text=request.args.get("q", "").strip()[:200],
        subject_type=chosen("about", SUBJECTS),
    )
    group = chosen("group", list(Grouping))
    return Choice(wanted, Grouping(group) if group else None, due, who)


def kept_filters() -> dict[str, str]:
    """The filters of the address as a kept view holds them."""
    return {name: request.args[name] for name in KEPT if request.args.get(name)}


def in_groups(
    rows: Iterable[TaskRow], grouping: Grouping | None, now: date, people: Mapping[str, str]
) -> Iterator[Group]:
    """The rows, which come sorted by group, under their headings."""
    if grouping is None:
        yield Group(None, tuple(rows))
        return
    for _, members in groupby(rows, lambda row: _key(row, grouping, now)):
        found = tuple(members)
        yield Group(_heading(found[0], grouping, now, people), found)


def _key(row: TaskRow, grouping: Grouping, now: date) -> object:
    keys: Mapping[Grouping, object] = {
        Grouping.SUBJECT: (row.subject_type, row.subject_id),
        Grouping.CHECK: row.check_id,
        Grouping.ASSIGNEE: row.assignee_id,
        Grouping.SEVERITY: row.severity,
        Grouping.WEEK: _week(row, now),
    }
    return keys[grouping]


def _week(row: TaskRow, now: date) -> date | None:
    """The Monday of the week in which it is due, None for what is late."""
    if row.state == TaskState.OPEN and row.due_on < now:
        return None
    return row.due_on - timedelta(days=row.due_on.weekday())


def _heading(row: TaskRow, grouping: Grouping, now: date, people: Mapping[str, str]) -> Message:
    if grouping is Grouping.WEEK:
        week = _week(row, now)
        return Message(N_("Overdue")) if week is None else Message(N_("Week of %(day)s"), {"day": week.isoformat()})
    if grouping is Grouping.ASSIGNEE:
        name = people.get(row.assignee_id or "", "")
        return Message("%(name)s", {"name": name}) if name else Message(N_("Nobody yet"))
    if grouping is Grouping.SEVERITY:
        return Message(SEVERITIES.get(Severity(row.severity), row.severity))
    if grouping is Grouping.CHECK:
        return Message(words.CHECKS.get(row.check_id, row.check_id))
    return Message("%(name)s", {"name": row.filename}) if row.filename else Message(subject_type(row.subject_type).word)
