"""A seller account that is closed asks nobody for anything, and begins again when it is opened again."""

from datetime import timedelta

from sqlalchemy import select

from tests.services.routines.conftest import Team
from tests.services.routines.conftest import team as team
from vault.db.entities.notices import Notification
from vault.db.entities.routines import Routine
from vault.db.entities.work import Task, TaskState
from vault.domain.cadence import Weekly
from vault.domain.findings import Severity
from vault.domain.register import AccountStatus
from vault.domain.routines import RoutineState
from vault.services import dashboard
from vault.services.jobs import upkeep
from vault.services.notices import new_tasks, reminders, unreachable
from vault.services.register import account_standing
from vault.services.register.account_standing import Standing
from vault.services.tasks import tasks_work
from vault.services.tasks.tasks_work import ManualTask
from vault.services.webhooks import deliveries


def stand(team: Team, status: AccountStatus) -> None:
    account_standing.change_standing(team.vault, team.ada, team.account_id, Standing(status))


def open_subjects(team: Team) -> set[str]:
    wanted = select(Task.subject_type).where(Task.account_id == team.account_id, Task.state == TaskState.OPEN)
    with team.vault.database.reading() as session:
        return set(session.scalars(wanted))


def state_of(team: Team, routine: Routine) -> str:
    with team.vault.database.reading() as session:
        return session.get_one(Routine, routine.id).state


def test_closing_an_account_pauses_its_routines_and_closes_its_own_gaps(team: Team) -> None:
    routine = team.routine(Weekly(frozenset({1})))
    team.later(2)
    assert {"account", "security", "routine"} <= open_subjects(team)
    stand(team, AccountStatus.CLOSED)
    assert open_subjects(team).isdisjoint({"account", "security", "routine"})
    assert state_of(team, routine) == RoutineState.PAUSED
    assert ("routine.paused", routine.id) in team.shop.journal()
    assert team.judge() == 0
    assert dashboard.read(team.vault, team.ada).accounts == ()


def test_nobody_is_told_of_what_is_left_in_a_closed_account(team: Team) -> None:
    wanted = ManualTask("Ask", severity=Severity.CRITICAL, assignee_id=team.kim.id)
    tasks_work.add_task(team.vault, team.ada, team.account_id, wanted)
    stand(team, AccountStatus.CLOSED)
    told = team.shop.count(Notification)
    team.clock.advance(timedelta(days=30))
    assert upkeep.begin_day(team.vault) == 0
    for sweep in (reminders.sweep, new_tasks.tell_new_tasks, unreachable.tell_unreachable, deliveries.announce_overdue):
        assert sweep(team.vault) == 0
    assert team.shop.count(Notification) == told


def test_an_account_that_is_opened_again_has_its_duties_again(team: Team) -> None:
    team.judge()
    stand(team, AccountStatus.CLOSED)
    stand(team, AccountStatus.ACTIVE)
    assert {"account", "security"} <= open_subjects(team)
    assert len(dashboard.read(team.vault, team.ada).accounts) == 1
