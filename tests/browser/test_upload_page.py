"""The page of a drop has its own address, and survives being closed, reloaded and opened elsewhere."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import FilledVault, window
from tests.invoices.compose import make_invoice
from tests.invoices.degrade import RECIPES, as_scan
from tests.invoices.render import Layout, render

pytestmark = pytest.mark.browser

READING_MS = 120_000


def test_a_reloaded_page_goes_on_where_it_was(page: Page, filled_vault: FilledVault, tmp_path: Path) -> None:
    files = []
    for seed in (71, 72, 73):
        files.append(tmp_path / f"scan-{seed}.pdf")
        files[-1].write_bytes(as_scan(render(make_invoice(seed, "fr"), Layout.SIMPLE), RECIPES["coarse"], seed))
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/uploads")
    page.locator("[data-dropzone].is-scripted #files").set_input_files(files)
    expect(page.locator("[data-sum]")).to_contain_text("3 of 3 received")
    page.reload()
    expect(page.locator(".upload-row")).to_have_count(3)
    expect(page.locator("[data-sum]")).to_contain_text("3 finished", timeout=READING_MS)
    page.goto(f"{filled_vault.account}/uploads")
    page.locator("table a").first.click()
    expect(page.locator(".upload-row")).to_have_count(3)
    expect(page.locator(".upload-row.is-moving")).to_have_count(0)


def test_the_same_bytes_again_lead_to_the_first_document(page: Page, filled_vault: FilledVault, tmp_path: Path) -> None:
    file = tmp_path / "twice.pdf"
    file.write_bytes(render(make_invoice(74, "fr"), Layout.SIMPLE))
    filled_vault.sign_in(page)
    links = []
    for _ in range(2):
        page.goto(f"{filled_vault.account}/uploads")
        page.locator("[data-dropzone].is-scripted #files").set_input_files(file)
        expect(page.locator("[data-sum]")).to_contain_text("1 finished", timeout=READING_MS)
        links.append(page.locator("a.upload-name").get_attribute("href"))
    assert links[0] == links[1]
    expect(page.locator(".upload-row")).to_contain_text("The same bytes are here already")


def test_a_refused_file_says_why_and_the_others_go_on(page: Page, filled_vault: FilledVault, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "page.pdf"
    good.write_bytes(render(make_invoice(75, "fr"), Layout.SIMPLE))
    bad.write_bytes(b"<!doctype html><title>Not a PDF</title><script>alert(1)</script>")
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/uploads")
    page.locator("[data-dropzone].is-scripted #files").set_input_files([bad, good])
    expect(page.locator("[data-sum]")).to_contain_text("2 finished", timeout=READING_MS)
    expect(page.locator(".upload-row", has_text="page.pdf")).to_contain_text("Refused")
    expect(page.locator(".upload-row", has_text="good.pdf")).not_to_contain_text("Refused")


def test_a_photo_can_be_taken_on_a_phone(chromium: Browser, filled_vault: FilledVault) -> None:
    phone = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-GB")
    with window(chromium, phone) as page:
        filled_vault.sign_in(page)
        page.goto(f"{filled_vault.account}/uploads")
        expect(page.get_by_text("Take a photo")).to_be_visible()
        expect(page.locator("#camera")).to_have_attribute("capture", re.compile("environment"))
