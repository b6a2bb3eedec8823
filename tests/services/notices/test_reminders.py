"""Reminders reach whom they concern, once each."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.services.notices.conftest import Office
from vault.db.entities.notices import TaskReminder
from vault.db.entities.people import User
from vault.db.entities.work import Task, TaskState
from vault.db.entities.worklist import TaskWatcher
from vault.domain.findings import Severity
from vault.domain.roles import Role
from vault.services.notices.new_tasks import tell_new_tasks
from vault.services.notices.notices import unread
from vault.services.notices.reminders import sweep
from vault.services.notices.unreachable import tell_unreachable


def test_the_assignee_is_told_and_else_who_manages_the_account(office: Office) -> None:
    mine, nobodys = office.add_task(due_in=1, assignee="assistant"), office.add_task(due_in=7)
    sweep(office.vault)
    assert [each.task_id for each in office.told("assistant")] == [mine]
    assert [each.task_id for each in office.told("owner")] == [nobodys]
    assert [each.task_id for each in office.told("manager")] == [nobodys]
    assert office.told("auditor") == []


def test_a_sweep_that_runs_again_tells_nothing_and_looks_at_nothing(office: Office) -> None:
    office.add_task(due_in=1)
    assert [sweep(office.vault) for _ in range(3)] == [1, 0, 0]
    assert office.kinds("owner") == ["reminder"]


def test_watchers_hear_of_it_too_while_they_may_see_it(office: Office) -> None:
    office.open_account("Elsewhere")
    office.employ("stranger", Role.OWNER, "Elsewhere")
    task_id = office.add_task(due_in=-1, assignee="assistant")
    with office.vault.database.transaction() as session:
        for name in ("auditor", "stranger"):
            session.add(TaskWatcher(task_id=task_id, user_id=office.people[name], since=office.clock()))
    sweep(office.vault)
    assert office.kinds("auditor") == ["overdue"]
    assert office.told("stranger") == []


def test_a_task_that_tells_of_two_accounts_is_told_to_who_sees_both(office: Office) -> None:
    office.open_account("Second")
    office.join("manager", "Second", Role.AUDITOR)
    office.add_task(due_in=-1, severity=Severity.CRITICAL, other="Second")
    sweep(office.vault)
    assert set(office.kinds("manager")) == {"opened", "overdue"}
    assert office.told("owner") == []


def test_nobody_is_told_of_a_task_that_is_done_waived_or_in_a_closed_account(office: Office) -> None:
    for state in (TaskState.DONE, TaskState.WAIVED):
        office.change(office.add_task(due_in=-1), state=state)
    assert sweep(office.vault) == 0


def test_somebody_who_owes_a_second_factor_or_is_disabled_is_not_told(office: Office) -> None:
    with office.vault.database.transaction() as session:
        session.get_one(User, office.people["manager"]).totp_secret = None
        session.get_one(User, office.people["owner"]).disabled_at = office.clock()
    office.add_task(due_in=-1)
    sweep(office.vault)
    assert office.told("manager") == office.told("owner") == []


def test_a_task_that_is_opened_again_or_gets_another_due_date_is_news_again(office: Office) -> None:
    task_id = office.add_task(due_in=1, assignee="assistant")
    sweep(office.vault)
    office.change(task_id, due_on=office.clock().date() + timedelta(7))
    sweep(office.vault)
    office.change(task_id, opened_at=office.clock() - timedelta(20))
    sweep(office.vault)
    assert office.kinds("assistant") == ["reminder"] * 3


def test_more_than_ten_tasks_at_once_are_one_line(office: Office) -> None:
    for _ in range(11):
        office.add_task(due_in=-2, assignee="assistant")
    for _ in range(10):
        office.add_task(due_in=-2, assignee="auditor")
    sweep(office.vault)
    (together,) = office.told("assistant")
    assert together.title == {"text": "%(count)s tasks are overdue", "params": {"count": "11"}}
    assert together.href["values"]["due"] == "overdue"
    assert len(office.told("auditor")) == 10


@pytest.mark.parametrize("jump", [1, 6, 40, 400])
def test_a_clock_that_jumps_and_comes_back_repeats_nothing_and_loses_nothing(office: Office, jump: int) -> None:
    today = office.clock().date()
    for due_in in range(-3, 12):
        office.add_task(due_in=due_in, assignee="assistant")
    sweep(office.vault)
    office.on(today + timedelta(jump))
    sweep(office.vault)
    office.on(today)
    sweep(office.vault)
    for day in range(1, 60):
        office.on(today + timedelta(day))
        sweep(office.vault)
    with office.vault.database.reading() as session:
        told = [key for mark in session.scalars(select(TaskReminder)) for key in mark.told]
    assert len(told) == len(set(told))
    steps = {(key.split(":")[1], key.split(":")[0], key.split(":")[-1]) for key in told}
    for task_id in {step[0] for step in steps}:
        assert {int(step) for task, word, step in steps if (task, word) == (task_id, "overdue")} >= set(range(6))


def test_a_service_that_was_down_tells_the_latest_step_and_not_each_one_missed(office: Office) -> None:
    office.add_task(due_in=30, assignee="assistant")
    sweep(office.vault)
    office.on(office.clock().date() + timedelta(60))
    sweep(office.vault)
    assert office.kinds("assistant") == ["reminder", "overdue"]


def test_owners_hear_of_grave_tasks_that_stay_undone(office: Office) -> None:
    office.add_task(due_in=-3, severity=Severity.HIGH, assignee="assistant")
    office.add_task(due_in=-2, severity=Severity.HIGH, assignee="assistant")
    sweep(office.vault)
    assert office.kinds("owner") == ["escalated"]
    assert office.told("manager") == []


def test_owners_hear_once_of_a_grave_task_whose_assignee_nothing_reaches(office: Office) -> None:
    office.add_task(due_in=20, severity=Severity.HIGH, assignee="assistant", opened_ago=0)
    sweep(office.vault)
    assert tell_unreachable(office.vault) == 0
    office.leave("assistant")
    assert [tell_unreachable(office.vault) for _ in range(2)] == [1, 0]
    assert office.kinds("owner") == ["escalated"]


def test_yesterdays_new_tasks_are_one_line_in_the_morning_also_after_a_rest(office: Office) -> None:
    tell_new_tasks(office.vault)
    for _ in range(3):
        office.add_task(due_in=20, opened_ago=0)
    office.add_task(due_in=20, severity=Severity.CRITICAL, opened_ago=0)
    assert tell_new_tasks(office.vault) == 0
    office.on(date(2026, 11, 5))
    assert [tell_new_tasks(office.vault) for _ in range(3)] == [1, 0, 0]
    (told,) = office.told("manager")
    assert (told.title["params"], told.body["params"]) == ({"count": "3"}, {"day": "2026-10-31"})


def test_what_is_unread_shrinks_with_what_a_person_may_see(office: Office) -> None:
    office.open_account("Second")
    office.join("manager", "Second", Role.MANAGER)
    office.add_task(due_in=-1)
    office.add_task(due_in=-1, account="Second")
    sweep(office.vault)
    with office.vault.database.reading() as session:
        assert unread(session, office.people["manager"]) == 2
    office.leave("manager")
    with office.vault.database.reading() as session:
        assert unread(session, office.people["manager"]) == 1


def test_a_task_that_gets_critical_is_told_at_once_with_the_day_set_by_hand_and_the_one_it_would_have(
    office: Office,
) -> None:
    task_id = office.add_task(due_in=90, assignee="assistant")
    sweep(office.vault)
    with office.vault.database.transaction() as session:
        task = session.get_one(Task, task_id)
        task.severity, task.due_by_hand, task.due_by_rule = Severity.CRITICAL, True, task.due_on - timedelta(days=89)
    sweep(office.vault)
    (told,) = office.told("assistant")
    assert told.kind == "opened"
    assert told.body["text"].startswith("It has become critical")
    assert set(told.body["params"]) == {"due_on", "day"}
    sweep(office.vault)
    assert len(office.told("assistant")) == 1
