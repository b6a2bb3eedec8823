"""The pages of letters: read with what was found in them, said, edited, copied; nothing leaves by itself."""

import re

import pytest
from flask import Flask

from tests.web.desk import Desk, employ
from tests.web.test_audit_pages import begin, confirm, office
from vault.db.entities.accounts import Supplier
from vault.db.entities.audits import AuditInvoice
from vault.db.entities.documents import Blob, Document, DocumentState
from vault.domain.findings import Verdict
from vault.domain.ids import new_id
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.vault import Vault

__all__ = ["office"]


@pytest.fixture
def letters(office: tuple[Desk, Actor, str]) -> tuple[Desk, str]:
    """The owner's desk, and the address of the answer to a confirmed notice."""
    desk, _, _ = office
    audit_id = begin(desk)
    confirm(desk, audit_id, case_id="11245567801")
    return desk, f"/audits/{audit_id}/letters/answer"


def test_gaps_are_marked_in_the_text_and_listed_with_what_to_do(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    page = desk.get(address).text
    assert '<mark class="found-fail">[to be filled: root cause]<sup>' in page
    assert "Still missing: root cause." in page
    assert "Not ready" in page


def test_what_people_say_stands_in_the_letter(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    said = {
        "points-0-point": "Where do the units come from?",
        "points-0-answer": "From our supplier.",
        "points-1-point": "",
        "root_cause": "An old address on an invoice.",
        "actions-0-what": "The address was corrected",
        "actions-0-done_on": "2026-10-20",
        "prevention": "Every invoice is compared.\nOrders name the address.",
        "signer_name": "Maren Holt",
    }
    assert desk.post(f"{address}/points", **said).status_code == 303
    text = desk.get(f"{address}.txt").text
    assert "1. Where do the units come from?" in text
    assert "- 20 October 2026: The address was corrected" in text
    assert "- Orders name the address." in text
    assert "Maren Holt" in text
    page = desk.get(f"{address}/points").text
    assert "Where do the units come from?</textarea>" in page
    assert 'name="points-2-point"' in page


def test_what_cannot_be_is_shown_beside_its_list_with_what_was_written(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    answer = desk.post(f"{address}/points", **{"actions-0-what": "Trained all", "actions-0-done_on": "2030-01-01"})
    assert answer.status_code == 422
    assert "cannot lie in the future" in answer.text
    assert "Trained all</textarea>" in answer.text


def test_a_letter_is_edited_by_hand_and_taken_back(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    assert "<textarea" in desk.get(f"{address}?edit=1").text
    assert desk.post(address, text="Subject: ours\n\nIt never happens again, you thieves!").status_code == 303
    page = desk.get(address).text
    assert "Edited by hand" in page
    assert "As it would be written now" in page
    desk.post(f"{address}/anew")
    assert "Edited by hand" not in desk.get(address).text
    assert desk.post(address, text=" ").status_code == 422


def test_of_two_who_edit_one_letter_nobody_writes_over_the_other_unseen(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    opened = _version(desk.get(f"{address}?edit=1").text)
    assert desk.post(address, text="Subject: hers", instead_of=opened).status_code == 303
    late = desk.post(address, text="Subject: his", instead_of=opened)
    assert late.status_code == 422
    assert "The letter has changed since you opened it" in late.text
    assert "Subject: his</textarea>" in late.text
    assert "Subject: hers" in late.text
    assert "hers" in desk.get(f"{address}.txt").text
    seen = _version(late.text)
    assert desk.post(address, text="Subject: of both", instead_of=seen).status_code == 303
    assert "of both" in desk.get(f"{address}.txt").text


def test_of_two_who_say_what_to_answer_nobody_writes_over_the_other_unseen(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    points = f"{address}/points"
    opened = _version(desk.get(points).text)
    assert desk.post(points, root_cause="Hers", instead_of=opened).status_code == 303
    late = desk.post(points, root_cause="His", instead_of=opened)
    assert late.status_code == 422
    assert "Somebody else has kept other answers" in late.text
    assert "His</textarea>" in late.text
    assert "Hers</textarea>" in desk.get(points).text
    assert desk.post(points, root_cause="Of both", instead_of=_version(late.text)).status_code == 303
    assert "Of both</textarea>" in desk.get(points).text


def _version(page: str) -> str:
    found = re.search(r'name="instead_of" type="hidden" value="(\w{64})"', page)
    assert found, "the form names the letter that it changes"
    return found[1]


def test_while_a_letter_is_edited_no_other_language_takes_its_place(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    assert 'name="language">' in desk.get(address).text
    assert 'name="language">' not in desk.get(f"{address}?edit=1").text


def test_a_letter_that_is_not_ready_does_not_ask_to_be_copied_first(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    page = desk.get(address).text
    assert "Not ready" in page
    assert 'btn-outline btn-sm" type="button" data-copy-text' in page


def test_the_letter_is_there_in_other_languages(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    assert desk.get(f"{address}.txt?language=de").text.startswith("Betreff:")
    download = desk.get(f"{address}.txt?language=fr")
    assert download.headers["Content-Disposition"] == 'attachment; filename="answer-fr.txt"'
    assert download.content_type == "text/plain; charset=utf-8"


def test_the_acknowledgement_stands_ready_and_is_kept_on_the_timeline_as_it_was_sent(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    audit = address.removesuffix("/letters/answer")
    page = desk.get(audit).text
    assert "We have received your notice" in page
    assert 'data-copy-text="#acknowledgement"' in page
    desk.post(f"{audit}/acknowledged", text="We have received your notice.\r\nMore follows.")
    page = desk.get(audit).text
    assert "We have received your notice.\nMore follows." in page
    assert 'id="acknowledgement"' not in page


def test_before_the_notice_is_confirmed_the_page_says_what_comes_first(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    address = f"/audits/{begin(desk)}/letters/answer"
    assert "Confirm first what the notice says" in desk.get(address).text
    assert desk.get(f"{address}/points").status_code == 409


def test_who_may_only_look_reads_and_changes_nothing(app: Flask, office: tuple[Desk, Actor, str]) -> None:
    desk, _, account_id = office
    audit_id = begin(desk)
    confirm(desk, audit_id)
    looker = employ(app, account_id, Role.AUDITOR)
    page = looker.get(f"/audits/{audit_id}/letters/answer").text
    assert "Dear Amazon team" in page
    assert "Edit by hand" not in page
    assert looker.post(f"/audits/{audit_id}/letters/answer", text="Mine").status_code == 403


def test_suppliers_of_nobody_are_not_written_to(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    request = f"{address.removesuffix('answer')}supplier_request"
    assert desk.get(f"{request}?supplier={'0' * 26}").status_code == 404
    assert desk.get(request).status_code == 404
    assert desk.get(f"{address.removesuffix('answer')}poem").status_code == 404


def test_a_supplier_is_written_to_in_its_language_and_the_sent_mail_is_noted(
    letters: tuple[Desk, str], vault: Vault, office: tuple[Desk, Actor, str]
) -> None:
    desk, address = letters
    _, _, account_id = office
    audit = address.removesuffix("/letters/answer")
    supplier_id = supply(vault, account_id, audit.rsplit("/", 1)[-1])
    page = desk.get(audit).text
    request = f"{audit}/letters/supplier_request?supplier={supplier_id}"
    assert f'href="{desk.base}{request}"'.replace("&", "&amp;") in page
    assert "Write to Tarn Mills" in page
    page = desk.get(request).text
    assert "mailto:sales@tarnmills.example?subject=" in page
    assert "B0TESTAAA1" in page
    assert desk.post(f"{audit}/letters/supplier_request/{supplier_id}/sent", language="en").status_code == 303
    timeline = desk.get(audit).text
    assert "→ Tarn Mills" in timeline


def supply(vault: Vault, account_id: str, audit_id: str) -> str:
    """An invoice of a supplier for the product of the notice that does not count. Returns the supplier's id."""
    now = vault.clock()
    supplier = Supplier(id=new_id(), account_id=account_id, name="Tarn Mills", match_key="tarn mills", country="GB")
    supplier.email, supplier.created_at = "sales@tarnmills.example", now
    with vault.database.transaction() as session:
        session.add(supplier)
        session.add(Blob(sha256="a" * 64, size=1, stored_at=now))
        session.flush()
        document = Document(id=new_id(), account_id=account_id, sha256="a" * 64, size=1, media_type="application/pdf")
        document.filename, document.uploaded_at, document.uploaded_by = "invoice.pdf", now, "x"
        document.state, document.supplier_id, document.supplier_name = DocumentState.JUDGED, supplier.id, "Tarn Mills"
        session.add(document)
        session.flush()
        invoice = AuditInvoice(id=new_id(), audit_id=audit_id, document_id=document.id, verdict=Verdict.FAIL)
        invoice.quantities, invoice.findings = {"B0TESTAAA1": ["3"]}, []
        session.add(invoice)
    return supplier.id


def test_who_was_asked_is_said_on_the_audit_and_beside_the_mail_until_it_is_taken_back(
    letters: tuple[Desk, str], vault: Vault, office: tuple[Desk, Actor, str]
) -> None:
    desk, address = letters
    audit = address.removesuffix("/letters/answer")
    supplier_id = supply(vault, office[2], audit.rsplit("/", 1)[-1])
    request = f"{audit}/letters/supplier_request"
    desk.post(f"{request}/{supplier_id}/sent", language="en")
    for page in (desk.get(audit).text, desk.get(f"{request}?supplier={supplier_id}").text):
        assert "Tarn Mills was asked on" in page
    back = re.search(r"letters/supplier_request/asked/\w+/back", desk.get(audit).text)
    assert back is not None
    assert desk.post(f"{audit}/{back[0]}").status_code == 303
    page = desk.get(audit).text
    assert "Tarn Mills was asked on" not in page
    assert "Not sent after all" in page


def test_an_acknowledgement_noted_by_mistake_stands_ready_again(letters: tuple[Desk, str]) -> None:
    desk, address = letters
    audit = address.removesuffix("/letters/answer")
    desk.post(f"{audit}/acknowledged", text="We have received your notice.")
    assert "It was not sent after all" in desk.get(audit).text
    assert desk.post(f"{audit}/letters/acknowledgement/back").status_code == 303
    page = desk.get(audit).text
    assert 'id="acknowledgement"' in page
    assert "Not sent after all" in page
