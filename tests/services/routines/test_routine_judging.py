"""Routines that slip become tasks, and the tasks go when the routines are kept."""

from datetime import date, timedelta

from tests.services.routines.conftest import Team
from vault.db.entities.work import TaskState
from vault.domain.cadence import Monthly, Weekly
from vault.services.routines import absences, attestations, routines
from vault.services.routines.absences import Away
from vault.services.routines.routines import RoutineDetails

MONDAYS = Weekly(frozenset({1}))


def test_a_weekly_duty_that_is_late_becomes_a_task_of_whose_turn_it_is(team: Team) -> None:
    routine = team.routine(MONDAYS)
    team.later()
    assert team.tasks() == {}
    team.later()
    task = team.tasks()["routine.overdue"]
    assert (task.subject_id, task.account_id, task.assignee_id) == (routine.id, team.account_id, team.ada.id)
    team.attest(routine, date(2026, 11, 2))
    assert team.tasks() == {}
    assert "routine.overdue" in team.tasks(TaskState.DONE)


def test_taking_the_attestation_back_opens_the_task_again(team: Team) -> None:
    routine = team.routine(MONDAYS)
    team.later(3)
    team.attest(routine, date(2026, 11, 2))
    attestations.undo(team.vault, team.ada, team.account_id, routine.id, date(2026, 11, 2))
    assert "routine.overdue" in team.tasks()


def test_the_task_is_the_deputys_while_the_owner_is_away(team: Team) -> None:
    team.routine(MONDAYS, deputy=team.kim)
    last = team.day + timedelta(days=20)
    absences.enter(team.vault, team.ada, team.account_id, Away(team.ada.id, team.day, last))
    team.later(3)
    assert team.tasks()["routine.overdue"].assignee_id == team.kim.id


def test_a_missed_daily_duty_is_skipped_and_not_chased(team: Team) -> None:
    team.routine(Weekly(frozenset(range(1, 6))))
    team.later(5)  # Saturday: the duty of Friday was not done
    assert "routine.overdue" not in team.tasks()


def test_skipping_too_often_becomes_a_task_that_goes_when_the_routine_is_kept(team: Team) -> None:
    routine = team.routine()
    for _ in range(3):
        team.attest(routine)
        team.later()
    assert team.tasks() == {}
    team.later(2)
    task = team.tasks()["routine.skipped"]
    assert task.title["params"] == {"title": "Look", "skipped": "2", "due": "5", "days": "30"}
    for _ in range(12):
        team.attest(routine)
        team.later()
    assert team.tasks() == {}


def test_a_routine_of_nobody_or_of_somebody_who_left_becomes_a_task(team: Team) -> None:
    details = RoutineDetails("Stock", Monthly(1, 1), 10, owner_id=team.kim.id)
    routine = routines.add(team.vault, team.ada, team.account_id, details)
    assert team.tasks() == {}
    team.leave(team.kim)
    team.judge()
    task = team.tasks()["routine.owner"]
    assert task.title["params"] == {"title": "Stock", "name": "Kim"}
    routines.change(team.vault, team.ada, team.account_id, routine.id, RoutineDetails("Stock", Monthly(1, 1), 10))
    assert team.tasks()["routine.owner"].title["text"] == "“%(title)s” belongs to nobody."


def test_pausing_or_ending_a_routine_closes_its_tasks(team: Team) -> None:
    first, second = team.routine(MONDAYS), team.routine(MONDAYS, "Stock")
    team.later(4)
    routines.pause(team.vault, team.ada, team.account_id, first.id)
    routines.end(team.vault, team.ada, team.account_id, second.id)
    assert team.tasks() == {}


def test_judging_again_with_the_same_facts_writes_nothing(team: Team) -> None:
    team.routine(MONDAYS)
    team.routine(title="Skipped")
    team.later(9)
    before = team.shop.journal()
    assert team.judge() == 0
    assert team.shop.journal() == before
