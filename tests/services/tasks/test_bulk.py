"""Many tasks changed together: all that can be, none that may not be, and back again."""

from datetime import timedelta

import pytest

from tests.clock import Clock
from tests.shop import Shop
from vault.db.entities.work import Task, TaskStage, TaskState
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.tasks import bulk as task_bulk
from vault.services.tasks import saved_filters, tasks_work
from vault.services.tasks.changes import assigning, moving, postponing, waiving
from vault.services.tasks.tasks_work import ManualTask


@pytest.fixture
def many(shop: Shop) -> list[str]:
    """Ids of three open tasks, and of a fourth that is done."""
    made = [
        tasks_work.add_task(shop.vault, shop.actor, shop.account_id, ManualTask(f"Task {number}")).id
        for number in range(4)
    ]
    tasks_work.finish(shop.vault, shop.actor, made[3])
    return made


def values(shop: Shop, ids: list[str], name: str) -> list[object]:
    with shop.vault.database.reading() as session:
        return [getattr(session.get_one(Task, task_id), name) for task_id in ids]


def test_what_can_be_changed_is_and_the_rest_is_counted(shop: Shop, many: list[str]) -> None:
    made = task_bulk.change_many(shop.vault, shop.actor, many, moving(TaskStage.IN_PROGRESS))
    assert (made.changed, made.passed_over) == (3, 1)
    assert values(shop, many, "stage") == ["in_progress"] * 3 + ["to_do"]


def test_undoing_gives_back_what_was_not_changed_since(shop: Shop, many: list[str]) -> None:
    made = task_bulk.change_many(shop.vault, shop.actor, many, assigning(shop.actor.id))
    tasks_work.change_task(shop.vault, shop.actor, many[0], moving(TaskStage.WAITING))
    undone = task_bulk.undo(shop.vault, shop.actor, made.undo_id or "")
    assert (undone.changed, undone.passed_over) == (2, 1)
    assert values(shop, many, "assignee_id") == [shop.actor.id, None, None, None]
    with pytest.raises(Invalid):
        task_bulk.undo(shop.vault, shop.actor, made.undo_id or "")


def test_a_waiver_of_many_is_undone_with_its_reason(shop: Shop, many: list[str], clock: Clock) -> None:
    until = clock().date() + timedelta(days=9)
    made = task_bulk.change_many(shop.vault, shop.actor, many, waiving("Season is over", until))
    assert values(shop, many[:3], "waived_reason") == ["Season is over"] * 3
    task_bulk.undo(shop.vault, shop.actor, made.undo_id or "")
    assert values(shop, many[:3], "state") == [TaskState.OPEN] * 3
    assert values(shop, many[:3], "waived_until") == [None] * 3


def test_due_dates_come_back_too(shop: Shop, many: list[str], clock: Clock) -> None:
    before = values(shop, many, "due_on")
    made = task_bulk.change_many(shop.vault, shop.actor, many, postponing(clock().date() + timedelta(days=99)))
    task_bulk.undo(shop.vault, shop.actor, made.undo_id or "")
    assert values(shop, many, "due_on") == before


def test_undoing_is_for_who_made_the_change_and_soon(shop: Shop, many: list[str], clock: Clock) -> None:
    made = task_bulk.change_many(shop.vault, shop.actor, many, moving(TaskStage.WAITING))
    other = Actor(new_id(), "Other", {shop.account_id: Role.OWNER})
    with pytest.raises(NotFound):
        task_bulk.undo(shop.vault, other, made.undo_id or "")
    clock.advance(task_bulk.UNDO_WITHIN + timedelta(seconds=1))
    with pytest.raises(Invalid):
        task_bulk.undo(shop.vault, shop.actor, made.undo_id or "")


def test_one_task_that_may_not_be_changed_stops_them_all(shop: Shop, many: list[str], clock: Clock) -> None:
    stranger = Actor(new_id(), "Stranger", {})
    assistant = Actor(new_id(), "Mia", {shop.account_id: Role.ASSISTANT})
    with pytest.raises(NotFound):
        task_bulk.change_many(shop.vault, stranger, many[:1], moving(TaskStage.WAITING))
    with pytest.raises(NotFound):
        task_bulk.change_many(shop.vault, shop.actor, [many[0], new_id()], moving(TaskStage.WAITING))
    with pytest.raises(Forbidden):
        task_bulk.change_many(shop.vault, assistant, many, postponing(clock().date()))
    assert values(shop, many, "stage") == ["to_do"] * 4


@pytest.mark.parametrize("count", [0, task_bulk.MOST + 1])
def test_none_and_too_many_are_refused(shop: Shop, count: int) -> None:
    with pytest.raises(Invalid):
        task_bulk.change_many(shop.vault, shop.actor, [new_id() for _ in range(count)], moving(TaskStage.WAITING))


def test_a_change_that_fits_no_task_says_why(shop: Shop, many: list[str]) -> None:
    with pytest.raises(Invalid):
        task_bulk.change_many(shop.vault, shop.actor, many[3:], moving(TaskStage.WAITING))


def test_kept_views_are_ones_own_unless_a_manager_shares_them(shop: Shop) -> None:
    assistant = Actor(shop.actor.id, "Mia", {shop.account_id: Role.ASSISTANT})
    auditor = Actor(new_id(), "Otto", {shop.account_id: Role.AUDITOR})
    own = saved_filters.save_filter(shop.vault, shop.actor, shop.account_id, "Mine", {"who": "me"})
    shared = saved_filters.save_filter(shop.vault, shop.actor, shop.account_id, "Late", {"due": "overdue"}, True)
    assert [view.id for view in saved_filters.list_filters(shop.vault, shop.actor, shop.account_id)] == [
        shared.id,
        own.id,
    ]
    assert [view.id for view in saved_filters.list_filters(shop.vault, auditor, shop.account_id)] == [shared.id]
    assert saved_filters.list_filters(shop.vault, shop.actor, None) == []
    with pytest.raises(Forbidden):
        saved_filters.save_filter(shop.vault, assistant, shop.account_id, "Ours", {}, True)
    with pytest.raises(Forbidden):
        saved_filters.remove_filter(shop.vault, auditor, shared.id)
    with pytest.raises(NotFound):
        saved_filters.remove_filter(shop.vault, auditor, own.id)


def test_a_stranger_neither_sees_nor_removes_views(shop: Shop) -> None:
    stranger = Actor(new_id(), "Stranger", {})
    shared = saved_filters.save_filter(shop.vault, shop.actor, shop.account_id, "Late", {"due": "overdue"}, True)
    with pytest.raises(NotFound):
        saved_filters.list_filters(shop.vault, stranger, shop.account_id)
    with pytest.raises(NotFound):
        saved_filters.save_filter(shop.vault, stranger, shop.account_id, "Spy", {})
    with pytest.raises(NotFound):
        saved_filters.remove_filter(shop.vault, stranger, shared.id)


def test_a_view_has_a_name_and_over_all_accounts_no_audience(shop: Shop) -> None:
    for name, is_shared in ((" ", False), ("x" * 81, False), ("All", True)):
        with pytest.raises(Invalid):
            saved_filters.save_filter(shop.vault, shop.actor, None, name, {}, is_shared)
