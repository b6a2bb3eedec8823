"""Every page works for everybody: axe finds nothing in either theme, nothing is wider than a phone."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import sideways_scroll_on, violations_on
from tests.browser.conftest import FilledVault, window
from tests.browser.pages import FIRST_PAGES, NOT_PAGES, signed_in_pages, stranger_pages
from vault.app import create_app

pytestmark = pytest.mark.browser


def complaints_about(page: Page, name: str, address: str) -> list[str]:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = [f"{name}: {violation}" for violation in violations_on(page)]
    return [*found, f"{name}: wider than a phone"] if sideways_scroll_on(page) else found


def test_no_page_is_left_out(filled_vault: FilledVault) -> None:
    app = create_app(vault=filled_vault.demo.vault)
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    looked_at = {*signed_in_pages(filled_vault.demo, ""), *stranger_pages(filled_vault.demo), "auth.code"}
    assert pages - NOT_PAGES - FIRST_PAGES - looked_at == set()


def test_pages_for_people_who_are_signed_in(chromium: Browser, filled_vault: FilledVault) -> None:
    with window(chromium) as page:
        filled_vault.sign_in(page)
        pages = signed_in_pages(filled_vault.demo, filled_vault.drop)
        found = [line for name, address in pages.items() for line in complaints_about(page, name, address)]
    assert found == []


def test_pages_for_strangers(page: Page, filled_vault: FilledVault) -> None:
    pages = stranger_pages(filled_vault.demo)
    found = [line for name, address in pages.items() for line in complaints_about(page, name, address)]
    assert found == []


def test_the_page_that_asks_for_a_code(page: Page, filled_vault: FilledVault) -> None:
    owner = filled_vault.demo.owner
    page.goto(f"{filled_vault.address}/sign-in")
    page.get_by_label("E-mail").fill(owner.email)
    page.get_by_label("Password").fill(owner.password)
    page.get_by_role("button", name="Sign in").click()
    page.locator("#code").wait_for()
    assert violations_on(page) == []
