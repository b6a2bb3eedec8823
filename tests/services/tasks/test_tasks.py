"""Tasks open, change, close and re-open by themselves; waivers are respected and end."""

from datetime import date, timedelta

import pytest

from tests.clock import Clock
from tests.invoices.faults import Fault, with_fault
from tests.shop import Shop
from vault.db.entities.work import Task, TaskState
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.findings import Severity
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.documents import corrections
from vault.services.tasks import waivers

CHECK = "invoice.issue_date"


@pytest.fixture
def gap(shop: Shop) -> Task:
    """The open task of an invoice that is dated in the future."""
    invoice = with_fault(shop.invoice(), Fault.FUTURE_DATE, shop.vault.clock().date())
    return shop.tasks(shop.keep_invoice(invoice))[CHECK]


def close(shop: Shop, gap: Task) -> None:
    yesterday = shop.vault.clock().date() - timedelta(days=1)
    corrections.correct(shop.vault, shop.actor, gap.subject_id, "issue_date", yesterday.isoformat())


def state_of(shop: Shop, gap: Task) -> str:
    with shop.vault.database.reading() as session:
        return session.get_one(Task, gap.id).state


def test_the_due_date_follows_the_severity(shop: Shop, gap: Task) -> None:
    days = shop.vault.rules.due_days[Severity(gap.severity)]
    assert gap.due_on == shop.vault.clock().date() + timedelta(days=days)


def test_a_gap_that_returns_opens_the_same_task_again(shop: Shop, gap: Task) -> None:
    close(shop, gap)
    assert state_of(shop, gap) == TaskState.DONE
    corrections.withdraw(shop.vault, shop.actor, gap.subject_id, "issue_date")
    assert state_of(shop, gap) == TaskState.OPEN
    actions = [action for action, subject in shop.journal() if subject == gap.id]
    assert actions == ["task.opened", "task.done", "task.reopened"]


def waive(shop: Shop, gap: Task, until: date, reason: str = "The supplier ceased trading.") -> Task:
    return waivers.waive(shop.vault, shop.actor, gap.id, reason, until)


def test_a_waived_task_stays_waived_while_its_gap_is_there(shop: Shop, gap: Task) -> None:
    waive(shop, gap, shop.vault.clock().date() + timedelta(days=30))
    corrections.correct(shop.vault, shop.actor, gap.subject_id, "number", "another")
    assert state_of(shop, gap) == TaskState.WAIVED
    close(shop, gap)
    assert state_of(shop, gap) == TaskState.DONE


def test_a_waiver_ends_after_its_last_day(shop: Shop, gap: Task, clock: Clock) -> None:
    waive(shop, gap, clock().date() + timedelta(days=2))
    clock.advance(timedelta(days=2))
    assert waivers.end_waivers(shop.vault) == 0
    clock.advance(timedelta(days=1))
    assert waivers.end_waivers(shop.vault) == 1
    assert state_of(shop, gap) == TaskState.OPEN
    assert waivers.end_waivers(shop.vault) == 0


def test_a_waiver_can_be_taken_back(shop: Shop, gap: Task, clock: Clock) -> None:
    waive(shop, gap, clock().date() + timedelta(days=2))
    task = waivers.unwaive(shop.vault, shop.actor, gap.id)
    assert (task.state, task.waived_by, task.waived_reason) == (TaskState.OPEN, None, "")
    with pytest.raises(Invalid):
        waivers.unwaive(shop.vault, shop.actor, gap.id)


def test_a_waiver_needs_a_reason_and_an_end(shop: Shop, gap: Task, clock: Clock) -> None:
    with pytest.raises(Invalid) as refused:
        waive(shop, gap, clock().date() - timedelta(days=1), "  ")
    assert set(refused.value.problems) == {"reason", "until"}
    assert state_of(shop, gap) == TaskState.OPEN


def test_only_those_who_manage_may_waive(shop: Shop, gap: Task, clock: Clock) -> None:
    assistant, stranger = Actor("a", "A", {shop.account_id: Role.ASSISTANT}), Actor("s", "S")
    with pytest.raises(Forbidden):
        waivers.waive(shop.vault, assistant, gap.id, "because", clock().date())
    with pytest.raises(NotFound):
        waivers.waive(shop.vault, stranger, gap.id, "because", clock().date())
