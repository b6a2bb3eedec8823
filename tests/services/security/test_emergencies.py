"""The emergency routine: opened with one click, led step by step, readable for ever."""

from datetime import timedelta

import pytest

from tests.clock import Clock
from tests.security_desk import GOOD_PASSWORD, SecurityDesk
from vault.db.entities.security import Emergency
from vault.db.entities.work import TaskState
from vault.domain.errors import Conflict, Forbidden, Invalid, NotFound
from vault.domain.findings import Severity
from vault.domain.ids import new_id
from vault.domain.roles import Role
from vault.domain.security import AFTER_ALARM, Control, EmergencyEnd, StepState
from vault.services.access import Actor
from vault.services.security import emergencies, security
from vault.services.security.emergency_steps import step_names
from vault.services.tasks import waivers


def opened(desk: SecurityDesk) -> Emergency:
    return emergencies.open_(desk.vault, desk.actor, desk.account_id)


def answer(
    desk: SecurityDesk, emergency: Emergency, step: str, state: StepState = StepState.DONE, note: str = ""
) -> None:
    emergencies.answer(desk.vault, desk.actor, desk.account_id, emergency.id, step, state, note)


def steps_to_do(desk: SecurityDesk) -> set[str]:
    return {name.partition(" ")[2] for name in desk.tasks() if name.startswith("emergency")}


def test_opening_makes_every_step_a_critical_task_due_tomorrow(desk: SecurityDesk) -> None:
    opened(desk)
    tasks = [task for name, task in desk.tasks().items() if name.startswith("emergency")]
    assert {task.item for task in tasks} == set(step_names(desk.vault))
    assert {task.severity for task in tasks} == {Severity.CRITICAL}
    assert {task.due_on for task in tasks} == {desk.vault.clock().date() + timedelta(days=1)}


def test_opening_makes_every_password_due_at_once(desk: SecurityDesk, clock: Clock) -> None:
    desk.attest(Control.PASSWORD, desk.anna, GOOD_PASSWORD)
    clock.advance(timedelta(minutes=5))
    opened(desk)
    task = desk.tasks()["password"]
    assert (task.outcome, task.severity) == ("fail", Severity.CRITICAL)
    clock.advance(timedelta(minutes=5))
    desk.attest(Control.PASSWORD, desk.anna, {**GOOD_PASSWORD, AFTER_ALARM: "yes"})
    assert "password" not in desk.tasks()


def test_a_password_renewed_earlier_on_the_day_of_the_alarm_is_due_all_the_same(
    desk: SecurityDesk, clock: Clock
) -> None:
    opened(desk)
    clock.advance(timedelta(minutes=5))
    desk.attest(Control.PASSWORD, desk.anna, {**GOOD_PASSWORD, AFTER_ALARM: "no"})
    assert desk.tasks()["password"].severity == Severity.CRITICAL


def test_of_the_day_of_an_alarm_it_is_asked_whether_it_was_after_it(desk: SecurityDesk, clock: Clock) -> None:
    opened(desk)
    with pytest.raises(Invalid) as refused:
        desk.attest(Control.PASSWORD, desk.anna, GOOD_PASSWORD)
    assert set(refused.value.problems) == {AFTER_ALARM}
    clock.advance(timedelta(minutes=5))
    bruno = desk.admit("Bruno")  # who came after the alarm had no password before it
    desk.attest(Control.PASSWORD, bruno, GOOD_PASSWORD)
    desk.attest(Control.PASSWORD, desk.anna, GOOD_PASSWORD, clock().date() - timedelta(days=1))
    assert desk.outcome("password") == "fail"
    clock.advance(timedelta(days=1))
    desk.attest(Control.PASSWORD, desk.anna, GOOD_PASSWORD)
    assert (desk.outcome("password"), desk.outcome("password Bruno")) == ("pass", "pass")


def test_what_was_after_one_alarm_is_not_after_the_next_of_the_same_day(desk: SecurityDesk, clock: Clock) -> None:
    first = opened(desk)
    desk.attest(Control.PASSWORD, desk.anna, {**GOOD_PASSWORD, AFTER_ALARM: "yes"})
    emergencies.call_off(desk.vault, desk.actor, desk.account_id, first.id, "It was a colleague")
    clock.advance(timedelta(minutes=5))
    opened(desk)
    assert desk.outcome("password") == "fail"


def test_a_waived_renewal_is_due_at_once_all_the_same(desk: SecurityDesk, clock: Clock) -> None:
    desk.judge()
    until = clock().date() + timedelta(days=90)
    waivers.waive(desk.vault, desk.actor, desk.tasks()["password"].id, "Anna is away", until)
    assert "password" not in desk.tasks()
    opened(desk)
    task = desk.tasks()["password"]
    assert (task.state, task.severity) == (TaskState.OPEN, Severity.CRITICAL)


def test_who_comes_after_an_emergency_need_not_renew_because_of_it(desk: SecurityDesk, clock: Clock) -> None:
    opened(desk)
    clock.advance(timedelta(days=1))
    desk.admit("Bruno")
    assert (desk.outcome("password"), desk.outcome("password Bruno")) == ("fail", "unknown")


def test_an_account_has_one_open_emergency_at_a_time(desk: SecurityDesk) -> None:
    opened(desk)
    with pytest.raises(Conflict):
        opened(desk)


def test_an_answer_closes_the_steps_task_and_can_be_taken_back(desk: SecurityDesk) -> None:
    emergency = opened(desk)
    answer(desk, emergency, "mailbox")
    assert "mailbox" not in steps_to_do(desk)
    answer(desk, emergency, "mailbox", StepState.OPEN)
    assert "mailbox" in steps_to_do(desk)


def test_a_step_is_skipped_with_a_reason_only(desk: SecurityDesk) -> None:
    emergency = opened(desk)
    with pytest.raises(Invalid) as refused:
        answer(desk, emergency, "staff", StepState.SKIPPED, "  ")
    assert set(refused.value.problems) == {"note"}
    answer(desk, emergency, "staff", StepState.SKIPPED, "Nobody else works here.")
    assert "staff" not in steps_to_do(desk)


def test_it_closes_once_every_step_has_its_answer_and_the_cause_is_written_down(desk: SecurityDesk) -> None:
    emergency = opened(desk)
    *all_but_one, last = step_names(desk.vault)
    for step in all_but_one:
        answer(desk, emergency, step)
    with pytest.raises(Invalid):
        emergencies.close(desk.vault, desk.actor, desk.account_id, emergency.id, "A phishing mail.")
    answer(desk, emergency, last)
    with pytest.raises(Invalid) as refused:
        emergencies.close(desk.vault, desk.actor, desk.account_id, emergency.id, " ")
    assert set(refused.value.problems) == {"conclusion"}
    emergencies.close(desk.vault, desk.actor, desk.account_id, emergency.id, "A phishing mail.")
    seen = security.overview(desk.vault, desk.actor, desk.account_id)
    assert (seen.emergency, [each.ended_as for each in seen.past_emergencies]) == (None, [EmergencyEnd.CLOSED])
    assert desk.outcome("password") == "fail", "closing renews no password"


def test_a_false_alarm_takes_everything_back_that_it_asked_for(desk: SecurityDesk, clock: Clock) -> None:
    desk.attest(Control.PASSWORD, desk.anna, GOOD_PASSWORD)
    clock.advance(timedelta(hours=1))
    emergency = opened(desk)
    with pytest.raises(Invalid):
        emergencies.call_off(desk.vault, desk.actor, desk.account_id, emergency.id, "")
    emergencies.call_off(desk.vault, desk.actor, desk.account_id, emergency.id, "It was the accountant.")
    assert steps_to_do(desk) == set()
    assert len([name for name in desk.tasks(TaskState.DONE) if name.startswith("emergency")]) == len(
        step_names(desk.vault)
    )
    assert desk.outcome("password") == "pass"


def test_what_has_ended_stays_as_it_was(desk: SecurityDesk) -> None:
    emergency = opened(desk)
    emergencies.call_off(desk.vault, desk.actor, desk.account_id, emergency.id, "It was the accountant.")
    with pytest.raises(Invalid):
        answer(desk, emergency, "mailbox")
    with pytest.raises(Invalid):
        emergencies.describe(desk.vault, desk.actor, desk.account_id, emergency.id, "Something else")
    again = opened(desk)
    desk.judge()
    assert again.id != emergency.id
    assert steps_to_do(desk) == set(step_names(desk.vault))


def test_assistants_open_and_answer_and_those_who_manage_close(desk: SecurityDesk) -> None:
    noor = Actor("n", "Noor", {desk.account_id: Role.ASSISTANT})
    otto = Actor("o", "Otto", {desk.account_id: Role.ASSISTANT})
    auditor = Actor("i", "Iris", {desk.account_id: Role.AUDITOR})
    with pytest.raises(Forbidden):
        emergencies.open_(desk.vault, auditor, desk.account_id)
    emergency = emergencies.open_(desk.vault, noor, desk.account_id, "The bank account was changed.")
    for step in step_names(desk.vault):
        emergencies.answer(desk.vault, otto, desk.account_id, emergency.id, step, StepState.DONE)
    with pytest.raises(Forbidden):
        emergencies.close(desk.vault, noor, desk.account_id, emergency.id, "Phishing.")
    with pytest.raises(Forbidden):
        emergencies.call_off(desk.vault, otto, desk.account_id, emergency.id, "Nothing.")
    emergencies.call_off(desk.vault, noor, desk.account_id, emergency.id, "I clicked by mistake.")


def test_steps_and_emergencies_that_are_not_there_are_not_found(desk: SecurityDesk) -> None:
    emergency = opened(desk)
    with pytest.raises(NotFound):
        answer(desk, emergency, "dance")
    with pytest.raises(NotFound):
        emergencies.close(desk.vault, desk.actor, desk.account_id, new_id(), "x")
    with pytest.raises(NotFound):
        emergencies.open_(desk.vault, Actor("s", "S"), desk.account_id)
    with pytest.raises(Invalid) as refused:
        emergencies.answer(desk.vault, desk.actor, desk.account_id, emergency.id, "proof", StepState.DONE, "", new_id())
    assert set(refused.value.problems) == {"document_id"}
