"""The security pages: what needs somebody, attesting it in place, intervals, and the emergency routine."""

import re

import pytest
from flask import Flask

from tests.security_desk import GOOD_PASSWORD, TWO_WAYS, SecurityDesk, open_desk
from tests.web.desk import Desk, employ, sit_down
from vault.domain.roles import Role
from vault.domain.security import Control, StepState
from vault.services.security import emergencies
from vault.services.security.emergency_steps import step_names
from vault.services.vault import Vault

DAY = "2026-10-31"


@pytest.fixture
def duties(vault: Vault) -> SecurityDesk:
    return open_desk(vault)


@pytest.fixture
def owner(app: Flask, duties: SecurityDesk) -> Desk:
    return sit_down(app, duties.actor.id, duties.account_id)


@pytest.fixture
def assistant(app: Flask, duties: SecurityDesk) -> Desk:
    return employ(app, duties.account_id, Role.ASSISTANT)


@pytest.fixture
def auditor(app: Flask, duties: SecurityDesk) -> Desk:
    return employ(app, duties.account_id, Role.AUDITOR)


def test_a_new_account_says_what_is_not_known_and_where_to_see(owner: Desk) -> None:
    page = owner.get("/security").text
    assert "It is not known whether Anna Petit signs in with two-step verification." in page
    assert "Seller Central › Settings › Login settings" in page
    assert "0 are fine" in page
    assert "Nobody has taken it over as a routine." in page


def test_with_every_duty_done_the_page_is_calm(owner: Desk, duties: SecurityDesk) -> None:
    duties.attest_everything()
    page = owner.get("/security").text
    assert "Every duty is done" in page
    assert "0 fail" not in page


def test_an_assistant_attests_from_the_page(assistant: Desk, duties: SecurityDesk) -> None:
    address = f"/security/attest/two_step?about={duties.anna}"
    assert f'value="{DAY}"' in assistant.get(address).text
    assert assistant.post(address, done_on=DAY, done_by="Anna", **TWO_WAYS).status_code == 303
    assert duties.outcome("two_step") == "pass"
    history = assistant.get("/security").text
    assert "Authenticator app (Anna&#39;s phone), Text message (the office phone)" in history


def test_the_form_keeps_what_was_said_the_last_time(owner: Desk, duties: SecurityDesk) -> None:
    duties.attest(Control.TWO_STEP, duties.anna, TWO_WAYS)
    assert 'value="the office phone"' in owner.get(f"/security/attest/two_step?about={duties.anna}").text


def test_what_cannot_be_is_said_beside_its_field(owner: Desk, duties: SecurityDesk) -> None:
    answer = owner.post("/security/attest/contact", done_on="2026-11-01")
    assert answer.status_code == 422
    assert "Choose today or an earlier day." in answer.text
    answer = owner.post(
        f"/security/attest/two_step?about={duties.anna}",
        done_on=DAY,
        **{**TWO_WAYS, "backup_device": "+33 6 12 34 56 78"},
    )
    assert (answer.status_code, duties.outcome("two_step")) == (422, "unknown")


def test_the_password_form_says_that_it_takes_none_and_has_no_place_for_one(owner: Desk, duties: SecurityDesk) -> None:
    address = f"/security/attest/password?about={duties.anna}"
    page = owner.get(address).text
    assert "The password itself never comes here." in page
    form = page[page.index('id="attest"') :]
    assert set(re.findall(r'name="(\w+)"', form)) == {
        "csrf_token", "unique", "manager", "done_on", "done_by", "document_id",
    }  # fmt: skip
    owner.post(address, done_on=DAY, unique="y", manager="y", note="lanterne-pivoine-granit-27")
    assert duties.outcome("password_kept") == "pass"
    assert "lanterne" not in owner.get("/security").text


def test_a_paper_is_recorded_with_its_scan_renewed_and_retired(owner: Desk, duties: SecurityDesk) -> None:
    scan = duties.upload()
    form = {"done_on": DAY, "kind": "identity", "holder": "Anna", "expires_on": "2026-11-05", "document_id": scan}
    assert owner.post("/security/attest/paper", **form).status_code == 303
    page = owner.get("/security").text
    assert "The paper of Anna expires on Nov 5, 2026." in page
    found = re.search(r"/security/papers/(\w+)/retire", page)
    assert found is not None
    owner.post(f"/security/attest/paper?about={found[1]}", **{**form, "expires_on": "2036-11-05"})
    assert "expires on Nov 5, 2026" not in owner.get("/security").text
    assert owner.post(f"/security/papers/{found[1]}/retire").status_code == 303
    assert "No paper is recorded" in owner.get("/security").text


def test_a_mistake_is_taken_back_from_the_history(owner: Desk, duties: SecurityDesk) -> None:
    attested = duties.attest(Control.CONTACT)
    assert owner.post(f"/security/attestations/{attested.id}/take-back").status_code == 303
    assert duties.outcome("contact") == "unknown"
    assert "Taken back" in owner.get("/security").text
    assert (
        "taken back already"
        in owner.client.get(owner.post(f"/security/attestations/{attested.id}/take-back").location).text
    )


def test_unknown_duties_and_foreign_people_are_not_there(owner: Desk, duties: SecurityDesk) -> None:
    for address in ("/security/attest/dance", "/security/attest/two_step?about=nobody", "/security/attest/training"):
        assert owner.get(address).status_code == 404
    assert owner.get(f"/security/attest/contact?about={duties.anna}").status_code == 404


def test_auditors_look_and_are_offered_nothing_to_press(auditor: Desk, duties: SecurityDesk) -> None:
    duties.attest(Control.CONTACT)
    page = auditor.get("/security").text
    main = page[page.index("<main") :]
    assert "/security/attest/" not in main
    assert "<form" not in main
    assert "Compromised?" not in main


def test_intervals_are_changed_within_their_bounds(owner: Desk, assistant: Desk, duties: SecurityDesk) -> None:
    wrong = owner.post("/security/intervals", **{"security.password.reminder_days": "400"})
    assert (wrong.status_code, "Choose from 30 to 150 days." in wrong.text) == (422, True)
    assert 'value="400"' in wrong.text
    for text in ("", "-5", "60½"):
        assert owner.post("/security/intervals", **{"security.password.reminder_days": text}).status_code in (303, 422)
    assert owner.post("/security/intervals", **{"security.password.reminder_days": "60"}).status_code == 303
    page = assistant.get("/security/intervals").text
    field = re.search(r'<input[^>]*name="security.password.reminder_days"[^>]*>', page)
    assert field is not None
    assert 'value="60"' in field[0]
    assert "disabled" in field[0]


def test_one_click_and_a_confirmation_begin_the_emergency_routine(assistant: Desk, duties: SecurityDesk) -> None:
    assert "/emergencies/open" in assistant.get("/security").text
    assert "A false alarm can be called off." in assistant.get("/emergencies/open").text
    begun = assistant.post("/emergencies/open")
    page = assistant.client.get(begun.location).text
    assert f"{len(step_names(duties.vault))} steps are left." in page
    assert assistant.post("/emergencies/open").location == begun.location
    assert "The emergency routine is running since" in assistant.get("/security").text


def test_steps_are_answered_in_place_and_the_timeline_stays(owner: Desk, duties: SecurityDesk) -> None:
    duties.attest(Control.PASSWORD, duties.anna, GOOD_PASSWORD)
    address = owner.post("/emergencies/open", noticed="An unknown sign-in").location.removeprefix(owner.base)
    assert owner.post(f"{address}/steps/mailbox", state="done", note="Two rules deleted").status_code == 303
    owner.post(f"{address}/steps/staff", state="skipped")
    page = owner.get(address).text
    assert "Say why this step is not needed" in page
    assert "Two rules deleted" in page
    for step in step_names(duties.vault):
        owner.post(f"{address}/steps/{step}", state="done")
    owner.post(f"{address}/close", conclusion="Phishing; passkeys from now on.")
    closed = owner.get(address).text
    assert "Phishing; passkeys from now on." in closed
    assert "Two rules deleted" in closed
    assert "/steps/" not in closed
    assert "Closed" in owner.get("/security").text
    assert owner.post(f"{address}/steps/dance", state="done").status_code == 303
    assert owner.post(f"{address}/steps/mailbox", state="danced").status_code == 404


def test_a_false_alarm_is_called_off_with_a_reason(assistant: Desk, duties: SecurityDesk) -> None:
    address = assistant.post("/emergencies/open").location.removeprefix(assistant.base)
    assistant.post(f"{address}/call-off", conclusion=" ")
    assert "Say what turned out to be the reason" in assistant.get(address).text
    assistant.post(f"{address}/call-off", conclusion="It was <b>me</b>.")
    page = assistant.get(address).text
    assert "Called off as a false alarm" in page
    assert "It was &lt;b&gt;me&lt;/b&gt;." in page


def test_who_did_not_open_it_and_does_not_manage_cannot_call_it_off(assistant: Desk, duties: SecurityDesk) -> None:
    emergency = emergencies.open_(duties.vault, duties.actor, duties.account_id)
    address = f"/emergencies/{emergency.id}"
    assert "/call-off" not in assistant.get(address).text
    assert assistant.post(f"{address}/call-off", conclusion="Nothing").status_code == 403
    emergencies.answer(
        duties.vault, duties.actor, duties.account_id, emergency.id, "mailbox", StepState.DONE, "By the owner"
    )
    assert "By the owner" in assistant.get(address).text


def test_on_the_day_of_an_alarm_the_form_asks_whether_the_password_was_renewed_after_it(
    owner: Desk, duties: SecurityDesk
) -> None:
    address = f"/security/attest/password?about={duties.anna}"
    assert "after_alarm" not in owner.get(address).text
    emergencies.open_(duties.vault, duties.actor, duties.account_id)
    assert "Was it renewed after the alarm?" in owner.get(address).text
    form = {"done_on": duties.vault.clock().date().isoformat(), "done_by": "Anna", "unique": "y", "manager": "y"}
    refused = owner.post(address, **form)
    assert refused.status_code == 422
    assert "say whether it was renewed after it" in refused.text
    assert owner.post(address, **form, after_alarm="yes").status_code == 303


def test_a_paper_without_a_date_is_asked_for_it_until_somebody_says_that_it_has_none(
    owner: Desk, duties: SecurityDesk
) -> None:
    form = {"kind": "company", "holder": "Lavandine", "done_on": duties.vault.clock().date().isoformat()}
    assert owner.post("/security/attest/paper", **form).status_code == 303
    page = owner.get("/security").text
    assert "Until when the paper of Lavandine is valid is not known." in page
    found = re.search(r"/security/papers/(\w+)/retire", page)
    assert found
    owner.post(f"/security/attest/paper?about={found[1]}", **form, never_expires="y")
    assert "Until when the paper of Lavandine" not in owner.get("/security").text
    assert "checked" in owner.get(f"/security/attest/paper?about={found[1]}").text
