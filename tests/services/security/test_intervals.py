"""Intervals: each seller account may keep its own, within the bounds of the rule book."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from tests.clock import Clock
from tests.security_desk import GOOD_PASSWORD, SecurityDesk
from vault.domain.errors import Forbidden, Invalid
from vault.domain.roles import Role
from vault.domain.security import Control
from vault.services.access import Actor
from vault.services.security import control_intervals

PASSWORD = "security.password"


def set_days(desk: SecurityDesk, **days: int) -> None:
    wanted = {(PASSWORD, name): number for name, number in days.items()}
    control_intervals.set_intervals(desk.vault, desk.actor, desk.account_id, wanted)


def days_of(desk: SecurityDesk) -> Mapping[str, int]:
    found = control_intervals.list_intervals(desk.vault, desk.actor, desk.account_id)
    return {each.setting: each.days for each in found if each.check == PASSWORD}


def test_a_shorter_interval_makes_a_duty_due_at_once(desk: SecurityDesk, clock: Clock) -> None:
    desk.attest(Control.PASSWORD, desk.anna, GOOD_PASSWORD)
    clock.advance(timedelta(days=70))
    assert desk.outcome("password") == "pass"
    set_days(desk, reminder_days=30, overdue_days=60)
    assert (desk.outcome("password"), desk.tasks()["password"].outcome) == ("fail", "fail")
    set_days(desk, reminder_days=90, overdue_days=180)
    assert "password" not in desk.tasks()


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ({"reminder_days": 29}, "reminder_days"),
        ({"reminder_days": 151}, "reminder_days"),
        ({"overdue_days": 185}, "overdue_days"),
        ({"reminder_days": 100, "overdue_days": 100}, "overdue_days"),
        ({"overdue_days": 80}, "overdue_days"),
    ],
)
def test_intervals_stay_within_the_bounds_of_the_rule_book(
    desk: SecurityDesk, days: dict[str, int], wrong: str
) -> None:
    before = days_of(desk)
    with pytest.raises(Invalid) as refused:
        set_days(desk, **days)
    assert set(refused.value.problems) == {f"{PASSWORD}.{wrong}"}
    assert days_of(desk) == before


def test_setting_what_is_set_already_writes_nothing(desk: SecurityDesk) -> None:
    set_days(desk, reminder_days=60)
    before = desk.journal_length()
    set_days(desk, reminder_days=60)
    assert (desk.journal_length(), days_of(desk)) == (before, {"reminder_days": 60, "overdue_days": 180})


def test_only_those_who_manage_set_intervals(desk: SecurityDesk) -> None:
    assistant = Actor("a", "A", {desk.account_id: Role.ASSISTANT})
    with pytest.raises(Forbidden):
        control_intervals.set_intervals(desk.vault, assistant, desk.account_id, {})
