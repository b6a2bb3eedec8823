"""Attesting in place and leading through an emergency, in a real browser, without a mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import sideways_scroll_on, violations_on
from tests.browser.conftest import FilledVault
from tests.browser.test_by_keyboard import tab_to

pytestmark = pytest.mark.browser


def test_a_duty_is_attested_where_it_stands(page: Page, filled_vault: FilledVault) -> None:
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/security")
    gap = page.locator(".task", has=page.get_by_role("link", name=re.compile("^Attest"))).first
    tab_to(page, gap.get_by_role("link", name=re.compile("^Attest")))
    page.keyboard.press("Enter")
    form = page.locator(".attest-place form")
    expect(form).to_be_visible()
    assert "/attest/" not in page.url
    assert violations_on(page) == []
    assert not sideways_scroll_on(page)


def test_the_emergency_routine_is_begun_answered_and_called_off(page: Page, filled_vault: FilledVault) -> None:
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/security")
    tab_to(page, page.get_by_role("link", name="Compromised?"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Begin the emergency routine"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("steps are left.")).to_be_visible()
    assert violations_on(page) == []
    assert not sideways_scroll_on(page)
    tab_to(page, page.locator("#step-mailbox button[value=done]"))
    page.keyboard.press("Space")
    expect(page.locator("#step-mailbox")).to_contain_text("Done")
    page.get_by_label("What turned out to be the reason").fill("It was the accountant")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Call it off").click()
    expect(page.get_by_text("Called off as a false alarm")).to_be_visible()
