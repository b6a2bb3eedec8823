"""The bundle on the page of its audit: asked for, watched while it is made, downloaded, tried again, noted as sent."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.services.audits.test_evidence import audit_of, keep
from tests.shop import Shop, open_shop
from tests.web.desk import Desk, sit_down
from vault.db.entities.audits import AuditBundle
from vault.db.entities.work import Job, JobState
from vault.services.audits.choosing import decide
from vault.services.jobs import jobs
from vault.services.jobs.jobs import JobKind
from vault.services.vault import Vault

BY_SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def office(app: Flask, vault: Vault) -> tuple[Desk, Shop]:
    """The owner of a seller account with a catalogue, at its pages."""
    shop = open_shop(vault)
    return sit_down(app, shop.actor.id, shop.account_id), shop


def ask(desk: Desk, audit_id: str, **chosen: str) -> None:
    answer = desk.post(f"/audits/{audit_id}/bundles", **{"sheet": "A4", "channel": "appeal", **chosen})
    assert answer.status_code == 303


def test_it_is_asked_for_watched_and_downloaded(office: tuple[Desk, Shop]) -> None:
    desk, shop = office
    keep(shop)
    audit = audit_of(shop)
    address = f"/audits/{audit.id}"
    page = desk.get(address).text
    assert "Appeal or case in Seller Central (PDFs, at most 10 MB each)" in page
    ask(desk, audit.id)
    page = desk.get(address).text
    assert "Being made" in page
    assert "Waits for its turn." in page
    with shop.vault.database.reading() as session:
        bundle = session.scalars(select(AuditBundle)).one()
    watched = f"{address}/bundles/{bundle.id}"
    assert f'hx-get="/a/{shop.account_id}{watched}"' in page
    say_progress(shop, {"step": "copies", "done": 3, "of": 9})
    for page in (desk.get(address).text, desk.get(watched, headers=BY_SCRIPT).text):
        assert "Copies are being made." in page
        assert "3 of 9" in page
    shop.work()
    row = desk.get(watched, headers=BY_SCRIPT).text
    assert row.lstrip().startswith(f'<li id="bundle-{bundle.id}"')
    assert "I have sent it" in row
    page = desk.get(address).text
    assert "hx-get" not in row
    assert watched not in page.replace(f"{watched}/sent", "")
    assert "for your own records" in page
    assert "to send" in page
    assert f"{bundle.id[-6:]}.pdf" in page
    assert page.count("SHA-256") >= 2


def test_the_address_of_a_bundle_leads_people_to_its_row(office: tuple[Desk, Shop]) -> None:
    desk, shop = office
    keep(shop)
    audit = audit_of(shop)
    ask(desk, audit.id)
    with shop.vault.database.reading() as session:
        bundle_id = session.scalars(select(AuditBundle.id)).one()
    answer = desk.get(f"/audits/{audit.id}/bundles/{bundle_id}")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/audits/{audit.id}#bundle-{bundle_id}")


def say_progress(shop: Shop, progress: dict[str, object]) -> None:
    with shop.vault.database.transaction() as session:
        session.scalars(select(Job).where(Job.kind == JobKind.MAKE_BUNDLE)).one().progress = progress


def test_why_there_is_none_is_told_and_it_can_be_tried_again(office: tuple[Desk, Shop]) -> None:
    desk, shop = office
    keep(shop)
    audit = audit_of(shop)
    ask(desk, audit.id)
    with shop.vault.database.transaction() as session:
        job = session.scalars(select(Job).where(Job.kind == JobKind.MAKE_BUNDLE)).one()
        job.state, job.error = JobState.FAILED, "reader_died: x"
        bundle_id = job.subject_id
    page = desk.get(f"/audits/{audit.id}").text
    assert "Could not be made" in page
    assert "the reader ended without an answer" in page
    answer = desk.post(f"/audits/{audit.id}/bundles/{bundle_id}/again")
    assert answer.status_code == 303
    page = desk.get(f"/audits/{audit.id}").text
    assert "Being made" in page
    assert "It is tried again." in page


def test_while_invoices_are_looked_through_the_button_waits_and_a_forged_click_is_refused(
    office: tuple[Desk, Shop],
) -> None:
    desk, shop = office
    keep(shop)
    audit = audit_of(shop)
    with shop.vault.database.transaction() as session:
        jobs.add(session, shop.vault, JobKind.GATHER_AUDIT, audit.id, shop.account_id)
    page = desk.get(f"/audits/{audit.id}").text
    assert "Possible once the invoices are looked through." in page
    refused = desk.post(f"/audits/{audit.id}/bundles", sheet="A4", channel="appeal", contact="Ada Marchand")
    assert refused.status_code == 422
    assert "Wait until that is done" in refused.text
    assert 'value="Ada Marchand"' in refused.text
    assert "data-typed" in refused.text, "or what was found afterwards would take its place"
    assert shop.count(AuditBundle) == 0


def test_how_far_the_invoices_are_looked_through_is_told_alone(office: tuple[Desk, Shop]) -> None:
    desk, shop = office
    keep(shop)
    address = f"/audits/{audit_of(shop).id}"
    assert desk.get(f"{address}/gathering").headers["Location"].endswith(f"{address}#evidence")
    with shop.vault.database.transaction() as session:
        job = jobs.add(session, shop.vault, JobKind.GATHER_AUDIT, address.rpartition("/")[2], shop.account_id)
        job.progress = {"done": 7}
    told = desk.get(f"{address}/gathering", headers=BY_SCRIPT).text
    assert "7 so far." in told
    assert "Make the bundle" not in told
    shop.work()
    told = desk.get(f"{address}/gathering", headers=BY_SCRIPT).text
    assert "hx-get" not in told
    assert "Show what was found" in told
    assert "Make the bundle" in told
    assert "disabled" not in told


def test_what_cannot_be_asked_for_is_marked_and_nothing_typed_is_lost(office: tuple[Desk, Shop]) -> None:
    desk, shop = office
    keep(shop)
    audit = audit_of(shop)
    refused = desk.post(f"/audits/{audit.id}/bundles", sheet="A4", channel="appeal", contact="x" * 201)
    assert refused.status_code == 422
    assert "Use at most 200 characters." in refused.text
    assert "x" * 201 in refused.text
    assert shop.count(AuditBundle) == 0


def test_a_document_that_cannot_be_copied_is_named_before_and_after(office: tuple[Desk, Shop]) -> None:
    desk, shop = office
    keep(shop)
    damaged = shop.keep(b"%PDF-1.4\nbroken" + bytes(400), "wire transfer.pdf").document_id
    audit = audit_of(shop)
    decide(shop.vault, shop.actor, shop.account_id, audit.id, "payment", "", damaged, is_in=True)
    page = desk.get(f"/audits/{audit.id}").text
    assert "No copy can be made of 1 document that goes in." in page
    ask(desk, audit.id, without_prices="y")
    shop.work()
    page = desk.get(f"/audits/{audit.id}").text
    assert "1 document is not in it at all." in page
    assert page.count("wire transfer.pdf") > 2
