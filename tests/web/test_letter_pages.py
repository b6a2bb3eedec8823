"""The pages of letters: read with what was found in them, said, edited, copied; nothing leaves by itself."""

import pytest
from flask import Flask

from tests.web.desk import Desk, employ
from tests.web.test_audit_pages import begin, confirm, office
from vault.domain.roles import Role
from vault.services.access import Actor

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
