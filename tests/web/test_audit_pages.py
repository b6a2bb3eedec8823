"""The pages of an audit: a pasted notice becomes a list of evidence, on which people decide."""

import io

import pytest
from flask import Flask

from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.web.desk import Desk, employ, sit_down
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.audits import audits
from vault.services.documents import intake
from vault.services.vault import Vault

NOTICE = """From: Seller Performance <seller-performance@amazon.example>
Date: Fri, 30 Oct 2026 08:15:00 +0100
Subject: Your account

Dear seller,
we have received complaints about the authenticity of ASIN B0TESTAAA1.
Please send us invoices of the last 365 days within 72 hours.
Order: 302-1234567-1234567
"""


@pytest.fixture
def office(app: Flask, vault: Vault) -> tuple[Desk, Actor, str]:
    """The owner of a seller account at its pages."""
    actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    return sit_down(app, actor.id, account_id), actor, account_id


def begin(desk: Desk, text: str = NOTICE) -> str:
    """Pastes a notice. Returns the audit's id."""
    answer = desk.post("/audits/new", text=text)
    assert answer.status_code == 303
    return str(answer.location).split("/")[-2]


def confirm(desk: Desk, audit_id: str, **changes: str) -> None:
    said = {"kind": "authenticity", "noticed_on": "2026-10-30", "deadline": "2026-11-02T08:15", "language": "en"}
    answer = desk.post(f"/audits/{audit_id}/notice", **{**said, "asins": "B0TESTAAA1", **changes})
    assert answer.status_code == 303, answer.text


def test_an_empty_page_says_what_to_do_when_a_notice_comes(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    page = desk.get("/audits").text
    assert "No notice has come" in page
    assert f"{desk.base}/audits/new" in page


def test_what_was_recognised_in_the_notice_is_offered_and_shown_where_it_stands(
    office: tuple[Desk, Actor, str],
) -> None:
    desk, _, _ = office
    page = desk.get(f"/audits/{begin(desk)}/notice").text
    assert "<mark>B0TESTAAA1</mark>" in page
    assert "B0TESTAAA1</textarea>" in page
    assert "302-1234567-1234567</textarea>" in page
    assert 'value="2026-11-02T07:15"' in page
    assert 'value="2026-10-30"' in page
    assert '<option selected value="authenticity">' in page


def test_a_confirmed_notice_lists_what_is_missing_and_the_time_that_is_left(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    audit_id = begin(desk)
    confirm(desk, audit_id)
    page = desk.get(f"/audits/{audit_id}").text
    assert "1 day 23 hours left" in page
    assert "Supplier invoices" in page
    assert "I have sent it" in page
    assert "1 day 23 hours left" in desk.get("/audits").text


def test_a_form_that_is_not_right_is_shown_again_with_what_was_written(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    audit_id = begin(desk)
    answer = desk.post(f"/audits/{audit_id}/notice", kind="authenticity", noticed_on="2026-10-30", asins="B0WRONG")
    assert answer.status_code == 422
    assert "B0WRONG" in answer.text
    assert desk.post("/audits/new", text=" ").status_code == 422


def test_an_uploaded_notice_is_a_document_of_its_own_kind(office: tuple[Desk, Actor, str], vault: Vault) -> None:
    desk, _, _ = office
    answer = desk.post("/audits/new", file=(io.BytesIO(b"%PDF-1.4 a notice"), "notice.pdf"))
    page = desk.client.get(answer.location).text
    assert "The notice is being read." in page
    assert "notice.pdf" in page
    assert 'hx-trigger="every 2s"' in page
    refused = desk.post("/audits/new", file=(io.BytesIO(b"MZ no paper"), "notice.exe"))
    assert refused.status_code == 422
    assert "neither a PDF nor a picture" in refused.text


def test_a_form_that_stands_open_is_told_when_the_notice_has_been_read(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    address = f"/audits/{begin(desk)}/notice"
    assert "Show what was recognised" not in desk.get(address).text
    assert "Show what was recognised" in desk.get(address, headers={"HX-Request": "true"}).text


def test_a_document_is_picked_put_in_left_out_and_left_to_the_proposal(
    office: tuple[Desk, Actor, str], vault: Vault
) -> None:
    desk, actor, account_id = office
    document_id = intake.keep(vault, actor, account_id, io.BytesIO(b"%PDF-1.4 a bill"), "bill.pdf").document_id
    audit_id = begin(desk)
    confirm(desk, audit_id)
    assert "bill.pdf" in desk.get(f"/audits/{audit_id}/evidence/payment").text
    place = {"part": "payment", "document_id": document_id}
    desk.post(f"/audits/{audit_id}/evidence", **place, decision="in")
    page = desk.get(f"/audits/{audit_id}").text
    assert "Leave out bill.pdf" in page
    assert "Decided by hand." in page
    address, _, row = desk.post(f"/audits/{audit_id}/evidence", **place, decision="undecided").location.partition("#")
    back = desk.client.get(address).text
    assert "bill.pdf" not in back
    assert back.count(f'id="{row}"') == 1  # the row is gone, its place is not


def test_what_happened_is_written_on_the_timeline(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    audit_id = begin(desk)
    desk.post(f"/audits/{audit_id}/events", kind="call", text="Support <b>says</b> it is open.")
    page = desk.get(f"/audits/{audit_id}").text
    assert "Support &lt;b&gt;says&lt;/b&gt; it is open." in page
    wrong = desk.post(f"/audits/{audit_id}/events", kind="call", text="It rang.", happened_at="2027-01-01T00:00")
    assert wrong.status_code == 422
    assert "It rang.</textarea>" in wrong.text
    assert "Write what happened." in desk.post(f"/audits/{audit_id}/events", kind="call", text="").text


def test_an_answer_goes_its_way_and_comes_to_an_end(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    audit_id = begin(desk)
    confirm(desk, audit_id)
    desk.post(f"/audits/{audit_id}/acknowledged")
    for to in ("ready", "sent", "answered", "won"):
        desk.post(f"/audits/{audit_id}/state", to=to)
    page = desk.get(f"/audits/{audit_id}").text
    assert page.index("Answer sent") < page.index("Amazon has replied</strong>") < page.index("decision: won</strong>")
    assert "Go on gathering" in page
    assert "Add a document" not in page


def test_what_we_withdraw_is_not_called_a_decision_of_amazon(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    audit_id = begin(desk)
    desk.post(f"/audits/{audit_id}/state", to="withdrawn")
    page = desk.get(f"/audits/{audit_id}").text
    assert "<strong>Withdrawn</strong>" in page
    assert "decision" not in page


def test_an_audit_that_is_over_asks_for_nothing(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    audit_id = begin(desk)
    confirm(desk, audit_id)
    assert "Always answer at once" in desk.get(f"/audits/{audit_id}").text
    for to in ("sent", "lost"):
        desk.post(f"/audits/{audit_id}/state", to=to)
    page = desk.get(f"/audits/{audit_id}").text
    assert "Nobody noted that Amazon was told." in page
    assert "Always answer at once" not in page
    assert 'class="btn btn-outline btn-sm" name="to" value="gathering"' in page


def test_who_may_only_look_sees_everything_and_no_buttons(
    app: Flask, vault: Vault, office: tuple[Desk, Actor, str]
) -> None:
    desk, actor, account_id = office
    audit_id = begin(desk)
    confirm(desk, audit_id)
    looker = employ(app, account_id, Role.AUDITOR)
    page = looker.get(f"/audits/{audit_id}").text
    assert "B0TESTAAA1" in page
    for button in ("I have sent it", "Add a document", "Write down", "Give</button>"):
        assert button not in page
    assert audits.open_audit(vault, actor, account_id, "Another").id
