"""The main job as a newcomer does it, in a real browser: from the one-time link to a task that closes."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewVault
from tests.first_use import PASSWORD
from tests.invoices.catalogue import all_listings, make_catalogue
from tests.invoices.compose import make_buyer, make_invoice
from tests.invoices.degrade import RECIPES, as_image
from tests.invoices.einvoice import render_einvoice
from tests.invoices.faults import Fault, with_fault
from tests.invoices.model import Invoice
from tests.invoices.render import Layout, render

pytestmark = pytest.mark.browser

PRODUCTS = make_catalogue(30)
BUYER = make_buyer(3, "fr")
READING_SECONDS = 120


def test_an_owner_sets_the_vault_up_and_closes_the_first_task(page: Page, new_vault: NewVault, tmp_path: Path) -> None:
    good, undated, photographed = write_invoices(tmp_path)
    report = tmp_path / "all-listings.txt"
    report.write_bytes(all_listings(PRODUCTS))

    create_owner(page, new_vault)
    open_account(page)
    import_listings(page, report)
    upload(page, good, undated, photographed)
    expect(row_of(page, good)).to_contain_text("Pass")
    expect(row_of(page, undated)).to_contain_text("Fail")
    expect(row_of(page, photographed)).to_contain_text("Pass")

    page.get_by_role("link", name="Tasks").click()
    expect(page.get_by_role("link", name="No issue date was found.")).to_be_visible()
    page.get_by_role("link", name="No issue date was found.").click()
    page.get_by_role("link", name=f"Open {undated.name}").click()
    correct_issue_date(page)
    expect(page.locator("[data-verdict]")).to_contain_text("Pass")
    page.get_by_role("link", name="Tasks").click()
    expect(page.get_by_role("heading", name="Tasks", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="No issue date was found.")).to_have_count(0)

    document = page.url
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in$"))
    page.goto(document)
    expect(page).to_have_url(re.compile("/sign-in"))


def write_invoices(folder: Path) -> tuple[Path, Path, Path]:
    """An e-invoice without a flaw, one without a date, and a photograph of a third."""
    today = datetime.now(UTC).date()

    def invoice(seed: int) -> Invoice:
        made = make_invoice(seed, "fr", products=PRODUCTS, buyer=BUYER, line_count=2, as_of=today)
        return replace(made, adjustments=())

    undated = with_fault(invoice(52), Fault.MISSING_DATE, today)
    contents = {
        "good.pdf": render_einvoice(invoice(51), Layout.SIDEBAR),
        "undated.pdf": render(undated, Layout.LETTERHEAD),
        "photo.jpg": as_image(render(invoice(53), Layout.LETTERHEAD), RECIPES["photo"], seed=2),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder / "good.pdf", folder / "undated.pdf", folder / "photo.jpg"


def create_owner(page: Page, vault: NewVault) -> None:
    page.goto(vault.set_up_link)
    page.get_by_label("Your name").fill("Ada Marchand")
    page.get_by_label("E-mail").fill("ada@lavandine.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    secret = page.locator("#secret").inner_text().replace(" ", "")
    page.locator("#code").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator("#codes li")).to_have_count(10)
    page.get_by_role("link", name="I have kept them").click()


def open_account(page: Page) -> None:
    assert BUYER.address is not None
    page.get_by_label("Name in this vault").fill("France")
    page.get_by_label("Legal name").fill(BUYER.name)
    page.get_by_label("Street and number").fill(BUYER.address.street)
    page.get_by_label("Postcode").fill(BUYER.address.postcode)
    page.get_by_label("City").fill(BUYER.address.city)
    page.get_by_label("Country").select_option("FR")
    page.get_by_label("France", exact=True).check()
    page.get_by_role("button", name="Open the account").click()


def import_listings(page: Page, report: Path) -> None:
    expect(page).to_have_url(re.compile("/imports"))
    page.locator("input[type=file]").set_input_files(report)
    page.get_by_role("button", name="Import").click()
    expect(page.locator("main")).to_contain_text(str(len(PRODUCTS)))


def upload(page: Page, *files: Path) -> None:
    """Chooses the files, waits until each is judged, and finds the same after a reload."""
    page.get_by_role("link", name="Upload", exact=True).first.click()
    page.locator("[data-dropzone].is-scripted #files").set_input_files(list(files))
    expect(page).to_have_url(re.compile(r"/uploads/[0-9a-z]{26}$"))
    expect(page.locator("[data-sum]")).to_contain_text(f"{len(files)} finished", timeout=READING_SECONDS * 1000)
    page.reload()
    expect(page.locator(".upload-row")).to_have_count(len(files))


def row_of(page: Page, file: Path) -> Locator:
    return page.locator(".upload-row", has_text=file.name)


def correct_issue_date(page: Page) -> None:
    page.get_by_label("Correct Issue date").click()
    page.locator("#value-issue_date").fill(datetime.now(UTC).date().isoformat())
    page.locator("#correct-issue_date").get_by_role("button", name="Save").click()
