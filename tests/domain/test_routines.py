"""What was due, what was skipped and whose turn it is follow from the plans and from what people said."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vault.domain.cadence import EVERY_DAY, Monthly, Weekly
from vault.domain.routines import (
    Occurrence,
    OccurrenceState,
    Outcome,
    Plan,
    Turn,
    Why,
    all_due,
    current,
    history,
    turn_of,
    upcoming,
)

DAILY = Plan(Weekly(EVERY_DAY), date(2026, 10, 1))
MONTHLY = Plan(Monthly(1, 1), date(2026, 9, 1))


def test_the_latest_duty_is_open_and_those_before_it_are_skipped() -> None:
    said = {date(2026, 10, 2): Outcome.DONE}
    states = [each.state for each in history([DAILY], said, date(2026, 10, 1), date(2026, 10, 4), is_running=True)]
    assert states == [OccurrenceState.SKIPPED, OccurrenceState.DONE, OccurrenceState.SKIPPED, OccurrenceState.DUE]


def test_a_monthly_duty_is_overdue_until_the_next_one_falls_due() -> None:
    first = date(2026, 9, 1)
    assert current([MONTHLY], (), date(2026, 9, 1)) == Occurrence(first, OccurrenceState.DUE)
    assert current([MONTHLY], (), date(2026, 9, 30)) == Occurrence(first, OccurrenceState.OVERDUE)
    assert current([MONTHLY], (), date(2026, 10, 1)) == Occurrence(date(2026, 10, 1), OccurrenceState.DUE)


def test_another_cadence_leaves_the_past_as_it_was() -> None:
    plans = [
        Plan(Weekly(EVERY_DAY), date(2026, 10, 1), ends_on=date(2026, 10, 3)),
        Plan(Weekly(frozenset({1})), date(2026, 10, 4)),
    ]
    assert [day.day for day in all_due(plans, date(2026, 10, 1), date(2026, 10, 12))] == [1, 2, 3, 5, 12]


def test_a_plan_that_was_given_up_before_it_began_has_no_due_dates() -> None:
    plan = Plan(Weekly(EVERY_DAY), date(2026, 10, 9), ends_on=date(2026, 10, 1))
    assert all_due([plan], date(2026, 9, 1), date(2026, 12, 1)) == []
    assert upcoming([plan], date(2026, 10, 1)) is None
    assert current([plan], (), date(2026, 10, 20)) is None


def test_where_nothing_runs_nothing_is_left_open() -> None:
    plan = Plan(Weekly(EVERY_DAY), date(2026, 10, 1), ends_on=date(2026, 10, 2))
    states = {each.state for each in history([plan], {}, date(2026, 10, 1), date(2026, 10, 9), is_running=False)}
    assert states == {OccurrenceState.SKIPPED}


@given(st.sets(st.integers(0, 60)), st.integers(0, 60), st.sampled_from([DAILY, MONTHLY]))
def test_every_due_date_is_told_once_and_at_most_one_is_open(done: set[int], days: int, plan: Plan) -> None:
    day = plan.begins_on + timedelta(days=days)
    said = {plan.begins_on + timedelta(days=each): Outcome.DONE for each in done}
    told = list(history([plan], said, plan.begins_on, day, is_running=True))
    assert [each.due_on for each in told] == all_due([plan], plan.begins_on, day)
    assert [each for each in told if each.is_open] == [each for each in [current([plan], said, day)] if each]


def test_the_deputy_takes_the_turn_of_the_owner_who_is_away_or_has_left() -> None:
    assert turn_of("ada", "bo", {"ada", "bo"}, set()) == Turn("ada", Why.OWNER)
    assert turn_of("ada", "bo", {"ada", "bo"}, {"ada"}) == Turn("bo", Why.OWNER_AWAY)
    assert turn_of("ada", "bo", {"bo"}, set()) == Turn("bo", Why.OWNER_LEFT)


def test_where_both_are_away_it_is_nobodys_turn() -> None:
    assert turn_of("ada", "bo", {"ada", "bo"}, {"ada", "bo"}) == Turn(None, Why.ALL_AWAY)
    assert turn_of("ada", None, {"ada"}, {"ada"}) == Turn(None, Why.ALL_AWAY)
    assert turn_of(None, None, {"ada"}, set()) == Turn(None, Why.UNOWNED)
    assert turn_of("gone", None, {"ada"}, set()) == Turn(None, Why.UNOWNED)
