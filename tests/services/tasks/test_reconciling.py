"""Findings and tasks agree: one task a gap, however many checks see it, and somebody to do it."""

from datetime import timedelta

import pytest

from tests.shop import Shop
from vault.db.entities.work import Task, TaskState
from vault.domain.findings import Finding, Outcome, Severity
from vault.domain.message import Message
from vault.services.tasks import waivers
from vault.services.tasks.changes import postponing
from vault.services.tasks.tasks import Subject, reconcile
from vault.services.tasks.tasks_work import change_task


def finding(
    check: str, severity: Severity = Severity.NORMAL, outcome: Outcome = Outcome.WARN, gap: str = ""
) -> Finding:
    return Finding(check, outcome, Message(f"{check} says so"), "rule/1", severity, gap=gap)


def judged(shop: Shop, *findings: Finding, assignee_id: str | None = None) -> tuple[list[str], list[Task]]:
    """Reconciles the account's tasks with the findings: the actions for the journal, and all its tasks by id."""
    subject = Subject("account", shop.account_id, shop.account_id)
    with shop.vault.database.transaction() as session:
        notes = reconcile(session, shop.vault, subject, findings, assignee_id=assignee_id)
        found = session.query(Task).filter_by(subject_type="account").order_by(Task.id).all()
    return [note.action for note in notes], found


def test_findings_of_one_gap_make_one_task_described_by_the_gravest(shop: Shop) -> None:
    low, grave = finding("a.low", Severity.LOW, gap="backup"), finding("b.grave", Severity.HIGH, gap="backup")
    actions, (task,) = judged(shop, low, grave)
    assert actions == ["task.opened"]
    assert (task.check_id, task.severity, task.gap) == ("b.grave", "high", "backup")
    assert [each["check"] for each in task.finding["also"]] == ["a.low"]


def test_a_gap_stays_one_task_while_one_of_its_checks_sees_it(shop: Shop) -> None:
    low, grave = finding("a.low", Severity.LOW, gap="backup"), finding("b.grave", Severity.HIGH, gap="backup")
    _, (opened,) = judged(shop, low, grave)
    actions, (task,) = judged(shop, low)
    assert (actions, task.id, task.check_id, task.state) == (["task.changed"], opened.id, "a.low", TaskState.OPEN)
    assert judged(shop)[0] == ["task.done"]
    assert judged(shop, grave)[0] == ["task.reopened"]


def test_judging_again_with_the_same_findings_changes_nothing(shop: Shop) -> None:
    seen = finding("a.low", gap="backup"), finding("b.grave", Severity.HIGH, gap="backup"), finding("c.alone")
    assert judged(shop, *seen)[0] == ["task.opened", "task.opened"]
    assert judged(shop, *seen)[0] == []


def test_a_waiver_ends_when_the_gap_hurts_sooner_than_what_was_waived(shop: Shop) -> None:
    _, (task,) = judged(shop, finding("a"))
    waivers.waive(shop.vault, shop.actor, task.id, "Known", shop.vault.clock().date() + timedelta(days=90))
    assert judged(shop, finding("a", Severity.LOW))[1][0].state == TaskState.WAIVED
    actions, (task,) = judged(shop, finding("a", Severity.CRITICAL, Outcome.FAIL))
    assert (actions, task.state, task.waived_reason) == (["task.reopened"], TaskState.OPEN, "")
    assert task.due_on == shop.vault.clock().date() + timedelta(days=1)


def test_among_equally_severe_findings_the_worse_outcome_describes_the_gap(shop: Shop) -> None:
    warning, failure = finding("a", gap="x"), finding("b", outcome=Outcome.FAIL, gap="x")
    assert judged(shop, warning, failure)[1][0].check_id == "b"


@pytest.mark.parametrize("gap", ["", "backup"])
def test_a_new_task_is_given_to_who_should_do_it_and_stays_with_who_has_it(shop: Shop, gap: str) -> None:
    seen = finding("a", gap=gap)
    _, (task,) = judged(shop, seen, assignee_id=shop.actor.id)
    assert task.assignee_id == shop.actor.id
    _, (task,) = judged(shop, finding("a", Severity.HIGH, gap=gap))
    assert task.assignee_id == shop.actor.id


def test_a_day_set_by_hand_stays_when_the_gap_gets_critical_and_the_task_says_so(shop: Shop) -> None:
    day = shop.vault.clock().date()
    _, (task,) = judged(shop, finding("a"))
    change_task(shop.vault, shop.actor, task.id, postponing(day + timedelta(days=200)))
    _, (task,) = judged(shop, finding("a", Severity.CRITICAL, Outcome.FAIL))
    assert (task.due_on, task.due_by_rule) == (day + timedelta(days=200), day + timedelta(days=1))
    _, (task,) = judged(shop, finding("a", Severity.LOW))
    assert task.due_by_rule == day + timedelta(days=shop.vault.rules.due_days[Severity.LOW])
    change_task(shop.vault, shop.actor, task.id, postponing(day + timedelta(days=300)))
    _, (task,) = judged(shop, finding("a", Severity.LOW))
    assert (task.due_on, task.due_by_rule) == (day + timedelta(days=300), None)


def test_a_day_set_by_hand_that_is_early_enough_needs_no_word(shop: Shop) -> None:
    day = shop.vault.clock().date()
    _, (task,) = judged(shop, finding("a"))
    change_task(shop.vault, shop.actor, task.id, postponing(day))
    _, (task,) = judged(shop, finding("a", Severity.CRITICAL, Outcome.FAIL))
    assert (task.due_on, task.due_by_rule) == (day, None)
