"""The page of a notice that came as a mail: what was recognised, what speaks against it, what was attached."""

import io

import pytest
from flask import Flask

from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.reading.mail.mails import PAGE, mail
from tests.shop import Shop
from tests.web.desk import Desk, employ, sit_down
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.vault import Vault

PDF = b"%PDF-1.4 the notice itself"


@pytest.fixture
def desk(app: Flask, vault: Vault) -> Desk:
    actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    return sit_down(app, actor.id, account_id)


def upload(desk: Desk, content: bytes) -> str:
    """Returns the audit's address."""
    answer = desk.post("/audits/new", file=(io.BytesIO(content), "notice.eml"))
    assert answer.status_code == 303
    return str(answer.location).removesuffix("/notice").removeprefix(desk.base)


def phishing() -> bytes:
    written = mail("", '"seller-performance@amazon.de" <x@evil.example>', PAGE)
    written.add_attachment(PDF, maintype="application", subtype="pdf", filename="<b>notice</b>.pdf")
    return written.as_bytes()


def test_a_mail_is_uploaded_and_its_day_products_and_orders_are_offered_at_once(desk: Desk) -> None:
    page = desk.get(upload(desk, mail("", page=PAGE).as_bytes()) + "/notice").text
    assert "<mark>B0TESTAAA1</mark>" in page
    assert "302-1234567-1234567</textarea>" in page
    assert 'value="2026-10-30"' in page, "sent at 23:40 in Seattle: the next day here"
    assert "being read" not in page
    assert "may not be from Amazon" not in page


def test_a_sender_that_is_not_amazon_is_warned_about_until_a_person_has_confirmed(desk: Desk) -> None:
    address = upload(desk, phishing())
    for page in (desk.get(address).text, desk.get(f"{address}/notice").text):
        assert "This may not be from Amazon." in page
        assert "x@evil.example is none of Amazon" in page
        assert "look whether the notice is there" in page
    said = {"kind": "authenticity", "noticed_on": "2026-10-30", "language": "en", "asins": "B0TESTAAA1"}
    desk.post(f"{address}/notice", **said)
    assert "This may not be from Amazon." not in desk.get(address).text


def test_attachments_are_offered_by_names_that_are_only_text_and_kept_with_a_click(desk: Desk) -> None:
    address = upload(desk, phishing())
    page = desk.get(f"{address}/notice").text
    assert "&lt;b&gt;notice&lt;/b&gt;.pdf" in page
    assert "<b>notice</b>" not in page
    assert desk.post(f"{address}/notice/attachments/0").status_code == 303
    assert "Kept beside the notice." in desk.get(f"{address}/notice").text
    assert "notice" in desk.get("/documents").text
    desk.post(f"{address}/notice/attachments/7")
    assert "There is no such attachment." in desk.get(f"{address}/notice").text


def test_who_may_only_look_keeps_no_attachment(app: Flask, desk: Desk) -> None:
    address = upload(desk, phishing())
    account_id = desk.base.rpartition("/")[2]
    assert employ(app, account_id, Role.AUDITOR).post(f"{address}/notice/attachments/0").status_code == 403


def test_outlooks_own_format_is_refused_beside_the_form_with_what_to_do(desk: Desk) -> None:
    answer = desk.post("/audits/new", file=(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "notice.msg"))
    assert answer.status_code == 422
    assert "save it as .eml" in answer.text


def test_a_mail_with_more_parts_than_any_is_not_read_and_its_page_says_so(desk: Desk, vault: Vault) -> None:
    head = b"From: a@b.example\r\nTo: c@d.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    address = upload(desk, head + b"--x\r\n\r\nhello\r\n" * 1000)
    Shop(vault, Actor("", "", {}), "").work()
    answer = desk.get(f"{address}/notice")
    assert answer.status_code == 200
    assert "No text could be read in it." in answer.text
