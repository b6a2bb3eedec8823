"""What somebody leaves behind whose role ends: tasks are nobody's, routines are looked at again, at once."""

import pytest

from tests.services.routines.conftest import Team
from tests.services.routines.conftest import team as team
from vault.db.entities.work import Task
from vault.domain.cadence import Monthly
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.people import people
from vault.services.routines import routines
from vault.services.routines.routines import RoutineDetails
from vault.services.tasks import tasks_work
from vault.services.tasks.tasks_work import ManualTask


def task_of(team: Team, actor: Actor) -> str:
    return tasks_work.add_task(team.vault, team.ada, team.account_id, ManualTask("Ask", assignee_id=actor.id)).id


def assignee(team: Team, task_id: str) -> str | None:
    with team.vault.database.reading() as session:
        return session.get_one(Task, task_id).assignee_id


def owned_routine(team: Team, actor: Actor) -> None:
    details = RoutineDetails("Stock", Monthly(1, 1), 10, owner_id=actor.id)
    routines.add(team.vault, team.ada, team.account_id, details)


@pytest.mark.parametrize("role", [None, Role.AUDITOR])
def test_what_nobody_may_do_any_more_is_nobodys(team: Team, role: Role | None) -> None:
    task_id, other_id = task_of(team, team.kim), task_of(team, team.bo)
    owned_routine(team, team.kim)
    team.judge()
    if role is None:
        people.remove_member(team.vault, team.ada, team.account_id, team.kim.id)
    else:
        people.change_role(team.vault, team.ada, team.account_id, team.kim.id, role)
    assert (assignee(team, task_id), assignee(team, other_id)) == (None, team.bo.id)
    assert "routine.owner" in team.tasks()
    assert ("task.assigned", task_id) in team.shop.journal()
    assert team.judge() == 0


def test_who_may_still_work_keeps_the_tasks(team: Team) -> None:
    task_id = task_of(team, team.kim)
    owned_routine(team, team.kim)
    people.change_role(team.vault, team.ada, team.account_id, team.kim.id, Role.MANAGER)
    assert assignee(team, task_id) == team.kim.id
    assert team.tasks() == {}


def test_routines_of_somebody_disabled_are_looked_at_at_once_and_tasks_wait(team: Team) -> None:
    task_id = task_of(team, team.kim)
    owned_routine(team, team.kim)
    people.set_disabled(team.vault, "terminal", team.kim.id, True)
    assert "routine.owner" in team.tasks()
    assert assignee(team, task_id) == team.kim.id
    people.set_disabled(team.vault, "terminal", team.kim.id, False)
    assert team.tasks() == {}
