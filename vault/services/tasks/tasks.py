"""Tasks: the gaps that findings show, as work for people. They open and close by themselves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.work import Task, TaskStage, TaskState
from vault.domain.errors import NotFound
from vault.domain.findings import Finding, Severity, gravest
from vault.domain.ids import new_id
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.days import today
from vault.services.findings import dump_finding, dump_message
from vault.services.journal.notes import MACHINE, Note
from vault.services.tasks.people import who_may_do
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Subject:
    """What a task is about: ``Subject("document", document.id, document.account_id)``.

    `other_account_id`: a second seller account that the task tells of; only who may see both may see the task.
    """

    type: str
    id: str
    account_id: str
    other_account_id: str | None = None


# Checks whose names begin so look at what the store keeps, whatever the document says: the scrub's, not the judge's.
STORE_CHECKS = "store."

Key = tuple[str, str]


def reconcile(
    session: Session,
    vault: Vault,
    subject: Subject,
    findings: Iterable[Finding],
    actor: str = MACHINE,
    *,
    of_store: bool = False,
    assignee_id: str | None = None,
) -> list[Note]:
    """Opens, updates, closes and re-opens the tasks of `subject` so that they say what `findings` say.

    There is one task for each (subject, check, item), and one for all findings of the same `gap`, described by the
    gravest of them. Waived tasks stay waived as long as their gap is there and gets neither graver nor wider.
    `of_store`: the findings are those of STORE_CHECKS, and only the tasks of these are touched; else all others.
    `assignee_id`: who should do the tasks that open or re-open now. Who has an open task keeps it; see `turns` for tasks
    that go from one to another.
    Returns what changed, for the journal; nothing when nothing did.
    """
    gaps = _gaps(findings)
    tasks = {_key(task.gap, task.check_id, task.item): task for task in _tasks_of(session, subject, of_store)}
    notes: list[Note] = []
    for key, seen in gaps.items():
        task = tasks.get(key)
        if task is None:
            task = _new_task(session, subject)
            notes.append(_open(vault, task, seen, "task.opened", actor, assignee_id))
            continue
        is_moved = _move(session, task, subject)
        if task.state == TaskState.DONE or _outgrows_waiver(task, seen):
            notes.append(_open(vault, task, seen, "task.reopened", actor, assignee_id))
        elif _describe(vault, task, seen) or is_moved:
            notes.append(note_of("task.changed", task, actor))
    for key, task in tasks.items():
        if key not in gaps and task.state != TaskState.DONE:
            notes.append(close(vault, task, actor))
    session.flush()
    return notes


def require_task(
    session: Session, actor: Actor, task_id: str, permission: Permission, account_id: str | None = None
) -> Task:
    """The task, locked until the transaction ends. `account_id`: the seller account in whose pages it was named.

    Raises NotFound for a task that `actor` may not see: one that tells of two accounts is only for who sees both.
    Raises Forbidden where the role is too small.
    """
    task = session.get(Task, task_id, with_for_update=True)
    if task is None or (account_id is not None and task.account_id != account_id) or not may_see(actor, task):
        raise NotFound()
    actor.require(permission, task.account_id)
    return task


def may_see(actor: Actor, task: Task) -> bool:
    """Whether `actor` sees every seller account that the task tells of."""
    told = {task.account_id, task.other_account_id or task.account_id}
    return all(actor.may(Permission.SEE, account_id) for account_id in told)


def close(vault: Vault, task: Task, actor: str) -> Note:
    """The gap is gone: the task is done, and a waiver of it over."""
    task.state, task.closed_at = TaskState.DONE, vault.clock()
    forget_waiver(task)
    return note_of("task.done", task, actor)


def forget_waiver(task: Task) -> None:
    task.waived_by, task.waived_until, task.waived_reason = None, None, ""


def note_of(action: str, task: Task, actor: str, **details: Any) -> Note:
    """A journal's note on a task: which check, what it is about, and what else `details` say."""
    about = {"check": task.check_id, "item": task.item, "about": task.subject_id}
    return Note(action, task.id, actor, task.account_id, {**about, **details})


def _gaps(findings: Iterable[Finding]) -> Mapping[Key, list[Finding]]:
    """The findings that somebody has to act on, those that share a task together."""
    gaps: dict[Key, list[Finding]] = {}
    for finding in findings:
        if finding.is_gap:
            gaps.setdefault(_key(finding.gap[:60], finding.check, finding.item[:60]), []).append(finding)
    return gaps


def _key(gap: str, check: str, item: str) -> Key:
    return ("", gap) if gap else (check, item)


def _outgrows_waiver(task: Task, seen: list[Finding]) -> bool:
    """Whether the gap has become graver or wider than what somebody has set aside: of that nobody has decided."""
    if task.state != TaskState.WAIVED:
        return False
    finding, order = gravest(seen), list(Severity)
    is_graver = order.index(finding.severity) < order.index(Severity(task.severity))
    return is_graver or finding.extent > task.finding.get("extent", 1)


def _tasks_of(session: Session, subject: Subject, of_store: bool) -> list[Task]:
    wanted = select(Task).where(Task.subject_type == subject.type, Task.subject_id == subject.id)
    found = session.scalars(wanted.with_for_update())
    return [task for task in found if task.check_id.startswith(STORE_CHECKS) == of_store]


def _new_task(session: Session, subject: Subject) -> Task:
    task = Task(id=new_id(), account_id=subject.account_id, subject_type=subject.type, subject_id=subject.id)
    task.other_account_id = subject.other_account_id
    session.add(task)
    return task


def _move(session: Session, task: Task, subject: Subject) -> bool:
    """Hands the task to the seller account that its subject names now; whoever may not do it there is not asked to."""
    if (task.account_id, task.other_account_id) == (subject.account_id, subject.other_account_id):
        return False
    task.account_id, task.other_account_id = subject.account_id, subject.other_account_id
    if task.assignee_id and task.assignee_id not in who_may_do(session, task):
        task.assignee_id = None
    return True


def _open(
    vault: Vault, task: Task, seen: list[Finding], action: str, actor: str, assignee_id: str | None = None
) -> Note:
    task.state, task.opened_at, task.closed_at = TaskState.OPEN, vault.clock(), None
    task.stage, task.due_by_hand = TaskStage.TO_DO, False
    task.assignee_id, task.assigned_by = assignee_id or task.assignee_id, None
    task.severity, task.finding = "", {}
    forget_waiver(task)
    _describe(vault, task, seen)
    return note_of(action, task, actor)


def _describe(vault: Vault, task: Task, seen: list[Finding]) -> bool:
    """Writes what the findings say into the task; returns whether anything is different now."""
    finding = gravest(seen)
    said = dump_finding(finding)
    if len(seen) > 1:
        others = [each for each in seen if each is not finding]
        said["also"] = [{"check": each.check, "message": dump_message(each.message)} for each in others]
    if task.finding == said:
        return False
    if task.severity != finding.severity:
        _set_due(task, today(vault) + timedelta(days=vault.rules.due_days[finding.severity]))
    task.check_id, task.item, task.gap = finding.check, finding.item[:60], finding.gap[:60]
    task.outcome, task.severity, task.finding = finding.outcome, finding.severity, said
    task.title, task.advice = said["message"], said["advice"] or {}
    return True


def _set_due(task: Task, by_rule: date) -> None:
    """The severity gives the day. One that a person chose stays; that the severity asks for an earlier one is kept."""
    if not task.due_by_hand:
        task.due_on, task.due_by_rule = by_rule, None
    else:
        task.due_by_rule = by_rule if by_rule < task.due_on else None
