"""What is told of a task on which day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from vault.domain.findings import Severity
from vault.rules.loader import load_rules
from vault.services.notices.choices import NoticeKind
from vault.services.notices.reminder_plan import Plan, Watched, plan

RULE = load_rules().reminders
DUE = date(2026, 10, 31)


def planned(day: date, severity: Severity = Severity.NORMAL, opened_days_before: int = 60) -> Plan:
    opened_at = datetime(2026, 10, 31, 9, tzinfo=UTC) - timedelta(opened_days_before)
    return plan(Watched("t1", opened_at, opened_at.date(), DUE, severity), day, RULE)


def days_with_calls(severity: Severity, until: int = 40, opened_days_before: int = 60) -> dict[int, list[NoticeKind]]:
    """What a sweep tells that looks on the days that each plan names, by days after the due date."""
    found, seen, day = {}, set(), DUE - timedelta(opened_days_before)
    while day is not None and day <= DUE + timedelta(until):
        made = planned(day, severity, opened_days_before)
        new = [call for call in made.calls if call.key not in seen]
        seen |= {call.key for call in new}
        if new:
            found[(day - DUE).days] = [call.kind for call in new]
        assert made.next_on is None or made.next_on > day
        day = made.next_on
    return found


def test_a_task_is_told_of_a_month_a_week_and_a_day_before_then_once_overdue_then_weekly():
    reminder, overdue = [NoticeKind.REMINDER], [NoticeKind.OVERDUE]
    expected = {-30: reminder, -7: reminder, -1: reminder}
    expected |= dict.fromkeys((1, 8, 15, 22, 29, 36), overdue)
    assert days_with_calls(Severity.NORMAL) == expected


def test_a_critical_task_is_told_of_when_it_opens_and_to_its_owners_after_a_day():
    told = days_with_calls(Severity.CRITICAL, until=1, opened_days_before=1)
    assert told == {-1: [NoticeKind.OPENED], 1: [NoticeKind.OVERDUE, NoticeKind.ESCALATED]}


def test_a_high_task_is_escalated_after_three_days_and_a_normal_one_never():
    assert days_with_calls(Severity.HIGH, until=7)[3] == [NoticeKind.ESCALATED]
    assert not any(NoticeKind.ESCALATED in kinds for kinds in days_with_calls(Severity.NORMAL).values())


def test_who_gets_a_task_with_a_week_is_not_told_at_once_that_it_is_a_week():
    assert set(days_with_calls(Severity.NORMAL, until=0, opened_days_before=7)) == {-1}
    assert set(days_with_calls(Severity.NORMAL, until=0, opened_days_before=8)) == {-7, -1}


@pytest.mark.parametrize(("day", "keys"), [(-3, 1), (0, 1), (30, 1)])
def test_missed_steps_are_not_made_up_for(day, keys):
    assert len(planned(DUE + timedelta(day)).calls) == keys


def test_on_the_due_date_itself_nothing_is_overdue():
    (call,) = planned(DUE).calls
    assert (call.kind, call.days) == (NoticeKind.REMINDER, 0)
