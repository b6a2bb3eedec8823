"""Routines are taken over, added, changed, paused and ended; what was due before stays as it was."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.services.routines.conftest import Team, hire
from vault.domain.cadence import EVERY_DAY, Monthly, Weekly
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.roles import Role
from vault.domain.routines import OccurrenceState
from vault.services.access import Actor
from vault.services.routines import routines
from vault.services.routines.pages import list_routines, read_history
from vault.services.routines.routines import RoutineDetails
from vault.services.routines.standing import standing

DAILY = RoutineDetails("Look", Weekly(EVERY_DAY), 2)


def became(team: Team, routine_id: str) -> dict[str, str]:
    """What became of each due date."""
    found = read_history(team.vault, team.ada, team.account_id, routine_id)
    return {entry.due_on.isoformat(): entry.state.value for entry in reversed(found.entries)}


def test_every_duty_of_the_rule_book_is_offered_until_it_is_taken_over(team: Team) -> None:
    offered = [duty.kind for duty in list_routines(team.vault, team.ada, team.account_id).offers]
    assert {"daily_look", "deep_review", "orders_messages"} <= set(offered)
    assert routines.take_over(team.vault, team.ada, team.account_id, offered) == len(offered)
    found = list_routines(team.vault, team.ada, team.account_id)
    assert not found.offers
    assert {row.standing.routine.owner_id for row in found.rows} == {team.ada.id}


def test_taking_over_twice_begins_nothing_twice(team: Team) -> None:
    assert routines.take_over(team.vault, team.ada, team.account_id, ["daily_look"]) == 1
    assert routines.take_over(team.vault, team.bo, team.account_id, ["daily_look"]) == 0
    assert len(list_routines(team.vault, team.ada, team.account_id).rows) == 1


def test_a_duty_that_has_ended_is_offered_again(team: Team) -> None:
    routines.take_over(team.vault, team.ada, team.account_id, ["daily_look"])
    [row] = list_routines(team.vault, team.ada, team.account_id).rows
    routines.end(team.vault, team.ada, team.account_id, row.standing.routine.id)
    found = list_routines(team.vault, team.ada, team.account_id)
    assert "daily_look" in [duty.kind for duty in found.offers]
    assert [each.kind for each in found.ended] == ["daily_look"]


def test_only_who_manages_the_account_decides_about_routines(team: Team) -> None:
    routine = team.routine()
    stranger = Actor("s", "S")
    with pytest.raises(Forbidden):
        routines.take_over(team.vault, team.kim, team.account_id, ["daily_look"])
    with pytest.raises(Forbidden):
        routines.end(team.vault, team.kim, team.account_id, routine.id)
    with pytest.raises(NotFound):
        routines.pause(team.vault, stranger, team.account_id, routine.id)


def test_each_field_that_cannot_be_is_named(team: Team) -> None:
    auditor = hire(team.vault, team.account_id, "Udo", Role.AUDITOR)
    wrong = RoutineDetails(" ", Weekly(EVERY_DAY), 0, "y" * 3000, auditor.id, auditor.id, team.day - timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        routines.add(team.vault, team.ada, team.account_id, wrong)
    assert set(refused.value.problems) == {"title", "minutes", "why", "owner_id", "deputy_id", "begins_on"}


def test_another_cadence_counts_from_today_and_leaves_the_past_alone(team: Team) -> None:
    routine = team.routine()
    team.attest(routine)
    team.later(3)
    weekly = replace(DAILY, cadence=Weekly(frozenset({1})), owner_id=team.ada.id)
    routines.change(team.vault, team.ada, team.account_id, routine.id, weekly)
    assert team.later(7) == date(2026, 11, 12)
    assert became(team, routine.id) == {
        "2026-11-02": "done",
        "2026-11-03": "skipped",
        "2026-11-04": "skipped",
        "2026-11-09": "overdue",
    }


def test_changing_the_cadence_after_todays_duty_was_done_keeps_todays_duty(team: Team) -> None:
    routine = team.routine()
    team.attest(routine)
    routines.change(team.vault, team.ada, team.account_id, routine.id, replace(DAILY, cadence=Monthly(1, 2)))
    assert became(team, routine.id) == {"2026-11-02": "done"}
    found = read_history(team.vault, team.ada, team.account_id, routine.id)
    assert found.standing is not None
    assert found.standing.next_due == date(2026, 12, 2)


def test_a_paused_routine_asks_nobody_and_goes_on_when_it_is_resumed(team: Team) -> None:
    routine = team.routine()
    team.attest(routine)
    team.later()
    routines.pause(team.vault, team.bo, team.account_id, routine.id)
    team.later(5)
    assert team.figures().due == 0
    routines.resume(team.vault, team.bo, team.account_id, routine.id)
    assert became(team, routine.id) == {"2026-11-02": "done", "2026-11-08": "due"}


def test_a_cadence_that_is_changed_while_paused_counts_when_it_goes_on(team: Team) -> None:
    routine = team.routine()
    team.later()
    routines.pause(team.vault, team.ada, team.account_id, routine.id)
    routines.change(team.vault, team.ada, team.account_id, routine.id, replace(DAILY, cadence=Weekly(frozenset({5}))))
    assert team.figures().due == 0
    routines.resume(team.vault, team.ada, team.account_id, routine.id)
    found = read_history(team.vault, team.ada, team.account_id, routine.id)
    assert found.standing is not None
    assert found.standing.next_due == date(2026, 11, 6)


def test_an_ended_routine_keeps_its_history_and_cannot_be_changed(team: Team) -> None:
    routine = team.routine()
    team.attest(routine)
    team.later()
    routines.end(team.vault, team.ada, team.account_id, routine.id)
    routines.end(team.vault, team.ada, team.account_id, routine.id)
    assert became(team, routine.id) == {"2026-11-02": "done"}
    with pytest.raises(Invalid):
        routines.change(team.vault, team.ada, team.account_id, routine.id, DAILY)


def test_a_change_that_changes_nothing_writes_nothing(team: Team) -> None:
    routine = team.routine()
    before = team.shop.journal()
    same = replace(DAILY, owner_id=team.ada.id)
    routines.change(team.vault, team.ada, team.account_id, routine.id, same)
    assert team.shop.journal() == before


def test_after_two_weeks_without_the_service_every_missed_day_is_there_once(team: Team) -> None:
    routine = team.routine()
    team.attest(routine)
    team.later(14)
    states = list(became(team, routine.id).values())
    assert states == [OccurrenceState.DONE, *[OccurrenceState.SKIPPED] * 13, OccurrenceState.DUE]
    assert team.figures().skipped_30d == 13
    assert team.judge() == 0


def test_a_duty_of_the_rule_book_tells_how_it_stands(team: Team) -> None:
    routines.take_over(team.vault, team.ada, team.account_id, ["deep_review"])
    with team.vault.database.reading() as session:
        assert standing(session, team.vault, team.account_id, "daily_look") is None
        found = standing(session, team.vault, team.account_id, "deep_review")
    assert found is not None
    assert (found.next_due, found.overdue_since, found.last_done) == (date(2026, 11, 5), None, None)
    team.later(5)
    with team.vault.database.reading() as session:
        found = standing(session, team.vault, team.account_id, "deep_review")
    assert found is not None
    assert found.overdue_since == date(2026, 11, 5)
    team.attest(
        next(row.standing.routine for row in list_routines(team.vault, team.ada, team.account_id).rows), found.due_on
    )
    with team.vault.database.reading() as session:
        found = standing(session, team.vault, team.account_id, "deep_review")
    assert found is not None
    assert (found.last_done, found.overdue_since, found.next_due) == (date(2026, 11, 5), None, date(2026, 12, 5))
