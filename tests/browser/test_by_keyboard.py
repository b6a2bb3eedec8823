"""The main actions without a mouse: the Tab key reaches them, Enter and Space do them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import FilledVault
from tests.browser.pages import document_named
from tests.invoices.compose import make_invoice
from tests.invoices.render import Layout, render

pytestmark = pytest.mark.browser

FURTHEST = 150


def tab_to(page: Page, target: Locator) -> None:
    """Presses Tab until `target` has the focus, and sees that the focus shows."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{FURTHEST} times Tab did not lead to {target}")


def test_signing_in_and_out(page: Page, filled_vault: FilledVault) -> None:
    owner = filled_vault.demo.owner
    page.goto(f"{filled_vault.address}/sign-in")
    page.keyboard.type(owner.email)  # the first field has the focus already
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(owner.password)
    page.keyboard.press("Enter")
    page.locator("#code").wait_for()
    page.keyboard.type(filled_vault.next_code())
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Sign out"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_skipping_the_menu(page: Page, filled_vault: FilledVault) -> None:
    filled_vault.sign_in(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_uploading(page: Page, filled_vault: FilledVault, tmp_path: Path) -> None:
    file = tmp_path / "by-keyboard.pdf"
    file.write_bytes(render(make_invoice(61, "fr"), Layout.SIMPLE))
    page.on("filechooser", lambda _: None)  # from now on the browser hands its dialogue over instead of opening it
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/uploads")
    page.locator("[data-dropzone].is-scripted").wait_for()
    tab_to(page, page.locator("#files"))
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    expect(page.locator(".upload-row")).to_contain_text("by-keyboard.pdf")


def test_correcting_a_field_and_taking_it_back(page: Page, filled_vault: FilledVault) -> None:
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/documents/{document_named(filled_vault.demo, 'fattura senza data.pdf')}")
    verdict = page.locator("[data-verdict]")
    expect(verdict).to_contain_text("Fail")
    pencil = page.locator("#correct-issue_date summary")
    tab_to(page, pencil)
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#value-issue_date"))
    page.locator("#value-issue_date").fill(datetime.now(UTC).date().isoformat())  # its parts are typed in local order
    tab_to(page, page.locator("#correct-issue_date").get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    expect(verdict).to_contain_text("Pass")
    tab_to(page, page.get_by_role("button", name="Take back the correction of Issue date"))
    page.keyboard.press("Enter")
    expect(verdict).to_contain_text("Fail")
