"""The open task of a duty goes with its turn, and whoever gets it is told once; what a person has given stays."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.services.routines.conftest import Team
from vault.db.entities.notices import Notification
from vault.db.entities.work import Task
from vault.domain.cadence import Monthly
from vault.services.access import Actor
from vault.services.routines import absences
from vault.services.routines.absences import Away
from vault.services.tasks import bulk
from vault.services.tasks.changes import assigning
from vault.services.tasks.tasks_work import change_task

MONTHLY = Monthly(1, 2)
# The second of November 2026 is the day on which the duty is due.
FIRST, LAST = date(2026, 11, 10), date(2026, 11, 12)


def open_task(team: Team) -> Task:
    (task,) = team.tasks().values()
    return task


def told(team: Team, actor: Actor) -> list[str]:
    wanted = select(Notification).where(Notification.user_id == actor.id, Notification.kind == "assigned")
    with team.vault.database.reading() as session:
        return [each.body["text"] for each in session.scalars(wanted)]


@pytest.fixture
def overdue(team: Team) -> Team:
    """Ada has not done what was due on Monday, and will be away; Kim is her deputy."""
    team.routine(MONTHLY, deputy=team.kim)
    team.later(7)
    absences.enter(team.vault, team.bo, team.account_id, Away(team.ada.id, FIRST, LAST))
    return team


def test_an_open_task_goes_to_the_deputy_for_the_days_of_the_absence_and_comes_back(overdue: Team) -> None:
    assert (overdue.day, open_task(overdue).assignee_id) == (date(2026, 11, 9), overdue.ada.id)
    for day in (10, 11, 12):
        assert overdue.later() == date(2026, 11, day)
        assert open_task(overdue).assignee_id == overdue.kim.id
    overdue.later()
    assert open_task(overdue).assignee_id == overdue.ada.id


def test_who_gets_it_is_told_once_and_judging_again_changes_nothing(overdue: Team) -> None:
    overdue.later()
    assert [overdue.judge(), overdue.judge()] == [0, 0]
    assert [text.startswith("It is your turn") for text in told(overdue, overdue.kim)] == [True]
    assert told(overdue, overdue.ada) == []
    overdue.later(3)
    assert (len(told(overdue, overdue.kim)), len(told(overdue, overdue.ada))) == (1, 1)


def test_what_a_person_has_given_to_somebody_stays_there(overdue: Team) -> None:
    change_task(overdue.vault, overdue.bo, open_task(overdue).id, assigning(overdue.bo.id))
    overdue.later()
    assert open_task(overdue).assignee_id == overdue.bo.id


def test_a_bulk_change_that_is_undone_lets_it_follow_again(overdue: Team) -> None:
    made = bulk.change_many(overdue.vault, overdue.ada, [open_task(overdue).id], assigning(overdue.bo.id))
    assert made.undo_id
    bulk.undo(overdue.vault, overdue.ada, made.undo_id)
    overdue.later()
    assert open_task(overdue).assignee_id == overdue.kim.id


def test_where_nobody_is_there_it_is_nobodys(overdue: Team) -> None:
    absences.enter(overdue.vault, overdue.bo, overdue.account_id, Away(overdue.kim.id, FIRST, LAST))
    overdue.later()
    assert open_task(overdue).assignee_id is None
    overdue.later(3)
    assert open_task(overdue).assignee_id == overdue.ada.id


def test_who_sends_somebody_away_and_gets_the_task_is_not_told_what_he_knows(team: Team) -> None:
    team.routine(MONTHLY, deputy=team.bo)
    team.later(7)
    absences.enter(team.vault, team.bo, team.account_id, Away(team.ada.id, team.day, LAST))
    assert open_task(team).assignee_id == team.bo.id
    assert told(team, team.bo) == []
