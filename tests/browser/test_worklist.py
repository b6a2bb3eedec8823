"""The work list in a browser: by keyboard, many tasks at once, and a board whose cards move."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, FilledVault
from vault.services.tasks import tasks_work
from vault.services.tasks.tasks_work import ManualTask

pytestmark = pytest.mark.browser


# A view narrowed to the tasks added here: the demonstration has more than a column or a day shows.
NARROWED = "q=Call+the+supplier+at+once"


@pytest.fixture
def added(filled_vault: FilledVault) -> str:
    """The id of a task that was added by hand and is due today."""
    demo = filled_vault.demo
    wanted = ManualTask("Call the supplier at once", due_on=demo.vault.clock().date())
    return tasks_work.add_task(demo.vault, demo.actor, demo.account_id, wanted).id


def test_walking_choosing_and_opening_by_keyboard(page: Page, filled_vault: FilledVault, added: str) -> None:
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/tasks")
    rows = page.locator("[data-task-list] > .task")
    expect(page.locator("#bulk")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_class(re.compile("is-current"))
    page.keyboard.press("k")
    expect(rows.nth(0).locator(".task-title a")).to_be_focused()
    page.keyboard.press("x")
    expect(rows.nth(0).locator(".task-choice")).to_be_checked()
    expect(page.locator("[data-bulk-count]")).to_have_text("1 task chosen")
    page.keyboard.press("x")
    expect(page.locator("#bulk")).to_be_hidden()
    title = rows.nth(0).locator(".task-title").inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_keys_are_explained_and_let_go(page: Page, filled_vault: FilledVault, added: str) -> None:
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/tasks")
    help_ = page.locator("#keys")
    page.keyboard.press("?")
    expect(help_).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".task.is-current")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    page.get_by_role("button", name="Keys").click()
    expect(help_).to_be_visible()
    help_.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    page.keyboard.type("jxke?")
    expect(page.locator("#q")).to_have_value("jxke?")
    expect(help_).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.locator("#who")).to_be_focused()


def test_changing_many_by_keyboard_and_undoing_it(page: Page, filled_vault: FilledVault, added: str) -> None:
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/tasks")
    page.get_by_label("All on this page").check()
    count = page.locator(".task-choice").count()
    expect(page.locator("[data-bulk-count]")).to_have_text(f"{count} tasks chosen")
    page.get_by_label("All on this page").uncheck()
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page.locator("#bulk-assignee")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 task changed.")).to_be_visible()
    who = page.locator("[data-task-list] > .task").first.locator(".task-who")
    expect(who).to_have_text(filled_vault.demo.actor.name)
    page.keyboard.press("u")
    expect(page.get_by_text("1 task is as before.")).to_be_visible()
    expect(who).to_have_count(0)


def test_a_card_moves_by_button_and_by_drag(page: Page, filled_vault: FilledVault, added: str) -> None:
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/tasks/board?{NARROWED}")
    card = page.locator(f"#task-{added}")
    card.get_by_role("button", name="On to “In progress”").press("Enter")
    expect(page.locator('[data-stage="in_progress"]').locator(card)).to_be_visible()
    page.locator(f"#task-{added}").drag_to(page.locator('[data-stage="waiting"]'))
    expect(page.locator('[data-stage="waiting"]').locator(card)).to_be_visible()
    page.locator(f"#task-{added}").drag_to(page.locator('[data-stage="done"]'))
    expect(page.locator('[data-stage="done"]').locator(card)).to_be_visible()


def test_the_task_of_a_check_does_not_go_to_done(page: Page, filled_vault: FilledVault) -> None:
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/tasks/board")
    card = page.locator("[data-card]:not([data-by-hand])").first
    card.drag_to(page.locator('[data-stage="done"]'))
    expect(page.locator("#toasts")).to_contain_text("by itself")


def test_the_calendar_is_a_list_on_a_phone(page: Page, filled_vault: FilledVault, added: str) -> None:
    filled_vault.sign_in(page)
    page.set_viewport_size(PHONE)
    page.goto(f"{filled_vault.account}/tasks/calendar?{NARROWED}")
    expect(page.get_by_role("link", name="Call the supplier at once").first).to_be_visible()
    expect(page.locator(".month td.is-empty").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
