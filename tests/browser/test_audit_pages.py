"""The pages of an audit while machines are at work: who reads or types there is not disturbed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import FilledVault
from tests.browser.pages import an_audit
from vault.db.entities.work import Job, JobState
from vault.services.jobs import jobs

pytestmark = pytest.mark.browser


@contextmanager
def being_gathered(vault: FilledVault) -> Iterator[str]:
    """The id of an audit whose invoices are to be looked through, by a job that no worker takes before the block ends."""
    demo, audit_id = vault.demo, an_audit(vault.demo)
    with demo.vault.database.transaction() as session:
        job = jobs.add(session, demo.vault, jobs.JobKind.GATHER_AUDIT, audit_id, demo.account_id)
        job.run_after = demo.vault.clock() + timedelta(hours=1)
        job_id = job.id
    try:
        yield audit_id
    finally:
        with demo.vault.database.transaction() as session:
            session.get_one(Job, job_id).state = JobState.DONE


def wait_for_polls(page: Page, audit_id: str, times: int = 2) -> None:
    for _ in range(times):
        with page.expect_response(lambda answer: f"/audits/{audit_id}" in answer.url):
            pass


def test_what_is_typed_and_unfolded_stays_while_invoices_are_looked_through(
    page: Page, filled_vault: FilledVault
) -> None:
    filled_vault.sign_in(page)
    contact, fold = page.get_by_label("Whom Amazon may ask"), page.locator("#evidence details.gaps").first
    with being_gathered(filled_vault) as audit_id:
        page.goto(f"{filled_vault.account}/audits/{audit_id}")
        fold.locator("summary").click()
        contact.fill("Ada Marchand")
        wait_for_polls(page, audit_id)
        expect(page.get_by_text("The invoices are being looked through.")).to_be_visible()
        expect(contact).to_be_focused()
    expect(page.get_by_text("The invoices have been looked through.")).to_be_visible()
    expect(contact).to_have_value("Ada Marchand")
    expect(contact).to_be_focused()
    expect(fold).to_have_attribute("open", "")


def test_where_nobody_is_at_work_what_was_found_is_shown_by_itself(page: Page, filled_vault: FilledVault) -> None:
    filled_vault.sign_in(page)
    with being_gathered(filled_vault) as audit_id:
        page.goto(f"{filled_vault.account}/audits/{audit_id}#evidence")
        wait_for_polls(page, audit_id, 1)
        place = page.evaluate("scrollY")
    expect(page.locator("#gathering")).to_have_count(0)
    page.wait_for_function("place => scrollY === place", arg=place)
    page.keyboard.press("Tab")
    expect(page.locator("#evidence :focus")).to_have_count(1)


def test_what_became_of_a_click_is_said_where_it_was_made(page: Page, filled_vault: FilledVault) -> None:
    filled_vault.sign_in(page)
    page.goto(f"{filled_vault.account}/audits/{an_audit(filled_vault.demo)}")
    page.get_by_label("In your words").fill("The case is with another team.")
    page.get_by_role("button", name="Write down").click()
    expect(page.locator("#timeline").get_by_text("Written down.")).to_be_in_viewport()
