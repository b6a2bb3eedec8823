"""Working on tasks: giving, moving, postponing, watching, and tasks that people add and close themselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.clock import Clock
from tests.shop import Shop
from vault.db.entities.people import Membership, User
from vault.db.entities.work import Task, TaskStage, TaskState
from vault.db.entities.worklist import TaskWatcher
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.findings import Finding, Outcome, Severity
from vault.domain.ids import new_id
from vault.domain.message import Message
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.tasks import attachments as task_attachments
from vault.services.tasks import comments as task_comments
from vault.services.tasks import pages as task_pages
from vault.services.tasks import tasks_work
from vault.services.tasks.changes import Change, assigning, moving, postponing
from vault.services.tasks.tasks import Subject, reconcile
from vault.services.tasks.tasks_work import ManualTask

Hire = Callable[[Role, str], Actor]


@pytest.fixture
def hire(shop: Shop) -> Hire:
    """Adds a person with a role in the shop's account."""

    def add(role: Role, name: str) -> Actor:
        user = User(id=new_id(), email=f"{new_id()}@x.example", name=name, created_at=shop.vault.clock())
        user.memberships.append(Membership(account_id=shop.account_id, role=role, since=shop.vault.clock()))
        with shop.vault.database.transaction() as session:
            session.add(user)
        return Actor(user.id, name, {shop.account_id: role})

    return add


def judged(shop: Shop, severity: Severity | None) -> Task:
    """The task of a check that finds a gap of this severity, or none any more."""
    found = [Finding("a.check", Outcome.FAIL, Message("A gap"), "rule/1", severity)] if severity else []
    subject = Subject("account", shop.account_id, shop.account_id)
    with shop.vault.database.transaction() as session:
        reconcile(session, shop.vault, subject, found)
        return session.scalars(select(Task).where(Task.check_id == "a.check")).one()


@pytest.fixture
def task(shop: Shop) -> Task:
    return judged(shop, Severity.NORMAL)


def add(shop: Shop, title: str = "Call the supplier") -> Task:
    return tasks_work.add_task(shop.vault, shop.actor, shop.account_id, ManualTask(title))


def change(shop: Shop, task: Task, wanted: Change, actor: Actor | None = None) -> Task:
    return tasks_work.change_task(shop.vault, actor or shop.actor, task.id, wanted)


def actions(shop: Shop, task: Task) -> list[str]:
    return [action for action, subject in shop.journal() if subject == task.id]


def test_a_task_is_given_to_who_may_do_it(shop: Shop, task: Task, hire: Hire) -> None:
    mia, auditor = hire(Role.ASSISTANT, "Mia"), hire(Role.AUDITOR, "Otto")
    assert change(shop, task, assigning(mia.id), mia).assignee_id == mia.id
    for nobody in (auditor.id, new_id()):
        with pytest.raises(Invalid):
            change(shop, task, assigning(nobody))
    with pytest.raises(Forbidden):
        change(shop, task, assigning(None), auditor)
    assert change(shop, task, assigning(None)).assignee_id is None


def test_changing_nothing_writes_nothing(shop: Shop, task: Task) -> None:
    change(shop, task, moving(TaskStage.WAITING))
    change(shop, task, moving(TaskStage.WAITING))
    change(shop, task, assigning(None))
    assert actions(shop, task) == ["task.stage_changed"]


def test_a_reopened_task_begins_anew(shop: Shop, task: Task) -> None:
    change(shop, task, moving(TaskStage.WAITING))
    judged(shop, None)
    with pytest.raises(Invalid):
        change(shop, task, moving(TaskStage.TO_DO))
    assert judged(shop, Severity.NORMAL).stage == TaskStage.TO_DO


def test_a_due_date_set_by_hand_outlives_a_change_of_severity(shop: Shop, task: Task, clock: Clock) -> None:
    assert judged(shop, Severity.HIGH).due_on < task.due_on
    day = clock().date() + timedelta(days=40)
    change(shop, task, postponing(day))
    assert judged(shop, Severity.CRITICAL).due_on == day


def test_a_due_date_lies_ahead_within_a_year(shop: Shop, task: Task, clock: Clock, hire: Hire) -> None:
    today = clock().date()
    for day in (today - timedelta(days=1), today + timedelta(days=400)):
        with pytest.raises(Invalid):
            change(shop, task, postponing(day))
    with pytest.raises(Forbidden):
        change(shop, task, postponing(today), hire(Role.ASSISTANT, "Mia"))


def test_a_task_added_by_hand_is_closed_by_hand(shop: Shop) -> None:
    made = add(shop, "Ask for 100% of the papers")
    assert str(Message(**made.title)) == "Ask for 100% of the papers"
    assert tasks_work.finish(shop.vault, shop.actor, made.id).state == TaskState.DONE
    assert tasks_work.reopen(shop.vault, shop.actor, made.id).state == TaskState.OPEN
    assert actions(shop, made) == ["task.opened", "task.done", "task.reopened"]


def test_judging_leaves_tasks_added_by_hand_alone(shop: Shop, task: Task) -> None:
    made = add(shop)
    judged(shop, None)
    with shop.vault.database.reading() as session:
        assert session.get_one(Task, made.id).state == TaskState.OPEN
        assert session.get_one(Task, task.id).state == TaskState.DONE


def test_the_task_of_a_check_is_not_closed_by_hand(shop: Shop, task: Task) -> None:
    with pytest.raises(Invalid) as refused:
        tasks_work.finish(shop.vault, shop.actor, task.id)
    assert "closes by itself" in str(refused.value)


def test_a_task_says_in_one_line_what_is_to_be_done(shop: Shop, hire: Hire) -> None:
    auditor = hire(Role.AUDITOR, "Otto")
    wanted = ManualTask(" ", due_on=shop.vault.clock().date() - timedelta(days=1), assignee_id=auditor.id)
    with pytest.raises(Invalid) as refused:
        tasks_work.add_task(shop.vault, shop.actor, shop.account_id, wanted)
    assert set(refused.value.problems) == {"title", "due_on", "assignee"}


def test_watching_is_once_and_can_end(shop: Shop, task: Task) -> None:
    for wanted in (True, True):
        tasks_work.watch(shop.vault, shop.actor, task.id, wanted)
    assert shop.count(TaskWatcher) == 1
    tasks_work.watch(shop.vault, shop.actor, task.id, False)
    assert shop.count(TaskWatcher) == 0


def test_comments_mention_people_of_the_account_by_name(shop: Shop, task: Task, hire: Hire) -> None:
    mia, mia_keller = hire(Role.ASSISTANT, "Mia"), hire(Role.AUDITOR, "Mia Keller")
    said = task_comments.add_comment(shop.vault, mia, task.id, "@mia keller: ask @Nobody, mail x@Mia.example")
    assert said.mentioned == [mia_keller.id]
    said = task_comments.edit_comment(shop.vault, mia, task.id, said.id, "@Mia, @Mia Keller!")
    assert said.mentioned == sorted([mia.id, mia_keller.id])
    assert actions(shop, task) == ["task.commented", "task.comment_changed"]


def test_a_comment_can_be_changed_shortly_after_by_who_wrote_it(
    shop: Shop, task: Task, hire: Hire, clock: Clock
) -> None:
    mia = hire(Role.ASSISTANT, "Mia")
    said = task_comments.add_comment(shop.vault, mia, task.id, "Wrong")
    with pytest.raises(Invalid):
        task_comments.remove_comment(shop.vault, shop.actor, task.id, said.id)
    with pytest.raises(NotFound):
        task_comments.remove_comment(shop.vault, mia, add(shop).id, said.id)
    clock.advance(task_comments.CHANGE_WITHIN)
    task_comments.remove_comment(shop.vault, mia, task.id, said.id)
    (kept,) = task_pages.read_task(shop.vault, shop.actor, shop.account_id, task.id).comments
    assert (kept.text, kept.removed_at) == ("", clock())
    later = task_comments.add_comment(shop.vault, mia, task.id, "Right")
    clock.advance(task_comments.CHANGE_WITHIN + timedelta(seconds=1))
    with pytest.raises(Invalid):
        task_comments.edit_comment(shop.vault, mia, task.id, later.id, "Left")


def test_comments_are_not_copied_into_the_journal(shop: Shop, task: Task) -> None:
    task_comments.add_comment(shop.vault, shop.actor, task.id, "the director is Petrov")
    history = task_pages.read_task(shop.vault, shop.actor, shop.account_id, task.id).history
    assert "Petrov" not in str(history)


def test_empty_and_endless_comments_are_refused(shop: Shop, task: Task) -> None:
    for text in (" \n", "x" * (task_comments.LONGEST + 1)):
        with pytest.raises(Invalid):
            task_comments.add_comment(shop.vault, shop.actor, task.id, text)


def test_documents_of_the_account_are_attached_once(shop: Shop, task: Task) -> None:
    document_id = shop.keep(b"%PDF-1.4 a paper").document_id
    for _ in range(2):
        task_attachments.attach(shop.vault, shop.actor, task.id, document_id)
    file = task_pages.read_task(shop.vault, shop.actor, shop.account_id, task.id)
    assert [document.id for document in file.attachments] == [document_id]
    task_attachments.detach(shop.vault, shop.actor, task.id, document_id)
    with pytest.raises(NotFound):
        task_attachments.detach(shop.vault, shop.actor, task.id, document_id)
    with pytest.raises(NotFound):
        task_attachments.attach(shop.vault, shop.actor, task.id, new_id())
