"""Tasks: the gaps that findings show, as work for people. They open and close by themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.work import Task, TaskStage, TaskState
from vault.domain.errors import Invalid, NotFound
from vault.domain.findings import Finding, Severity
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.days import today
from vault.services.findings import dump_finding
from vault.services.notes import MACHINE, Note, record
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


def reconcile(
    session: Session,
    vault: Vault,
    subject: Subject,
    findings: Iterable[Finding],
    actor: str = MACHINE,
    *,
    of_store: bool = False,
) -> list[Note]:
    """Opens, updates, closes and re-opens the tasks of `subject` so that they say what `findings` say.

    There is one task for each (subject, check, item). Waived tasks stay waived as long as their gap is there.
    `of_store`: the findings are those of STORE_CHECKS, and only the tasks of these are touched; else all others.
    Returns what changed, for the journal; nothing when nothing did.
    """
    gaps = {(finding.check, finding.item[:60]): finding for finding in findings if finding.is_gap}
    tasks = {(task.check_id, task.item): task for task in _tasks_of(session, subject, of_store)}
    notes: list[Note] = []
    for key, finding in gaps.items():
        task = tasks.get(key)
        if task is None:
            task = Task(id=new_id(), account_id=subject.account_id, subject_type=subject.type, subject_id=subject.id)
            task.check_id, task.item = key
            task.other_account_id = subject.other_account_id
            session.add(task)
            notes.append(_open(vault, task, finding, "task.opened", actor))
        elif task.state == TaskState.DONE:
            notes.append(_open(vault, task, finding, "task.reopened", actor))
        elif _describe(vault, task, finding):
            notes.append(_note("task.changed", task, actor))
    for key, task in tasks.items():
        if key not in gaps and task.state != TaskState.DONE:
            task.state, task.closed_at = TaskState.DONE, vault.clock()
            _forget_waiver(task)
            notes.append(_note("task.done", task, actor))
    session.flush()
    return notes


def waive(vault: Vault, actor: Actor, task_id: str, reason: str, until: date) -> Task:
    """Sets a task aside until the end of the day `until`, with the reason why it does not matter now.

    Raises NotFound, Forbidden, and Invalid without a reason, for a day that is over and for a task that is done.
    """
    with vault.database.transaction() as session:
        task = _require(session, actor, task_id, Permission.MANAGE)
        problems = {}
        if not reason.strip():
            problems["reason"] = Message(N_("Say why this gap does not matter: an auditor will ask."))
        if until < today(vault):
            problems["until"] = Message(N_("Choose today or a later day."))
        if problems:
            raise Invalid(N_("The task was not waived."), problems)
        if task.state == TaskState.DONE:
            raise Invalid(N_("This task is done; there is nothing to waive."))
        task.state, task.waived_by = TaskState.WAIVED, actor.id
        task.waived_until, task.waived_reason = until, reason.strip()[:2000]
        details = {"reason": task.waived_reason, "until": until.isoformat()}
        record(session, vault, [Note("task.waived", task.id, actor.id, task.account_id, details)])
    return task


def unwaive(vault: Vault, actor: Actor, task_id: str) -> Task:
    """Takes a waiver back: the task is open again. Raises NotFound, Forbidden, and Invalid for one not waived."""
    with vault.database.transaction() as session:
        task = _require(session, actor, task_id, Permission.MANAGE)
        if task.state != TaskState.WAIVED:
            raise Invalid(N_("This task is not waived."))
        record(session, vault, [_reopen(vault, task, actor.id)])
    return task


def end_waivers(vault: Vault) -> int:
    """Re-opens the tasks whose waiver has ended. Returns how many; running it again changes nothing."""
    with vault.database.transaction() as session:
        ended = select(Task).where(Task.state == TaskState.WAIVED, Task.waived_until < today(vault))
        notes = [_reopen(vault, task, MACHINE) for task in session.scalars(ended)]
        record(session, vault, notes)
    return len(notes)


def tasks_of_document(session: Session, document_id: str) -> list[Task]:
    """The tasks of one document that are not done, the most urgent first."""
    wanted = (
        select(Task)
        .where(Task.subject_type == "document", Task.subject_id == document_id, Task.state != TaskState.DONE)
        .order_by(Task.due_on, Task.id)
    )
    return list(session.scalars(wanted))


def _tasks_of(session: Session, subject: Subject, of_store: bool) -> list[Task]:
    wanted = select(Task).where(Task.subject_type == subject.type, Task.subject_id == subject.id)
    found = session.scalars(wanted.with_for_update())
    return [task for task in found if task.check_id.startswith(STORE_CHECKS) == of_store]


def _require(session: Session, actor: Actor, task_id: str, permission: Permission) -> Task:
    task = session.get(Task, task_id, with_for_update=True)
    if task is None:
        raise NotFound()
    actor.require(permission, task.account_id)
    return task


def _open(vault: Vault, task: Task, finding: Finding, action: str, actor: str) -> Note:
    task.state, task.opened_at, task.closed_at = TaskState.OPEN, vault.clock(), None
    task.stage = TaskStage.TO_DO
    task.severity, task.finding = "", {}
    _forget_waiver(task)
    _describe(vault, task, finding)
    return _note(action, task, actor)


def _reopen(vault: Vault, task: Task, actor: str) -> Note:
    task.state = TaskState.OPEN
    task.due_on = today(vault) + timedelta(days=vault.rules.due_days[Severity(task.severity)])
    _forget_waiver(task)
    return _note("task.reopened", task, actor)


def _describe(vault: Vault, task: Task, finding: Finding) -> bool:
    """Writes what the finding says into the task; returns whether anything is different now."""
    said = dump_finding(finding)
    if task.finding == said:
        return False
    if task.severity != finding.severity:
        task.due_on = today(vault) + timedelta(days=vault.rules.due_days[finding.severity])
    task.outcome, task.severity, task.finding = finding.outcome, finding.severity, said
    task.title, task.advice = said["message"], said["advice"] or {}
    return True


def _forget_waiver(task: Task) -> None:
    task.waived_by, task.waived_until, task.waived_reason = None, None, ""


def _note(action: str, task: Task, actor: str) -> Note:
    details = {"check": task.check_id, "item": task.item, "about": task.subject_id}
    return Note(action, task.id, actor, task.account_id, details)
