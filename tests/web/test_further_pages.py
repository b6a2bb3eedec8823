"""The guided page of a further account: what is missing and why, and the folder that anyone can verify."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.web.desk import Desk, employ, sit_down
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.further import FurtherAccount, FurtherPaper, FurtherValue
from vault.domain.ids import new_id
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.services.access import Actor
from vault.services.documents import intake
from vault.services.further import further
from vault.services.further.further import Plan
from vault.services.register.entries import EntryDetails, add_entry
from vault.services.vault import Vault
from vault.services.verification.bundle import verify_bundle

ORIGINAL = b"%PDF-1.4 a registration \x00\xfe"
IBAN = "FR76 3000 6000 0112 3456 7890 189"


@pytest.fixture
def office(app: Flask, vault: Vault) -> tuple[Desk, Actor, str]:
    """The owner of a seller account at its pages."""
    actor, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    return sit_down(app, actor.id, account_id), actor, account_id


def begin(vault: Vault, actor: Actor, account_id: str, name: str = "Garden tools") -> FurtherAccount:
    return further.open_file(vault, actor, account_id, Plan(name, "DE"))


def keep(vault: Vault, actor: Actor, account_id: str, name: str = "Registration.pdf") -> str:
    return intake.keep(vault, actor, account_id, io.BytesIO(ORIGINAL), name).document_id


def test_an_empty_page_says_why_and_leads_on(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    page = desk.get("/further").text
    assert "No further account is planned" in page
    assert f"{desk.base}/further/new" in page


def test_a_file_is_begun_with_a_name_alone_and_tells_all_that_is_missing(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    answer = desk.post("/further/new", name="Garden tools")
    assert answer.status_code == 303
    page = desk.client.get(answer.location).text
    assert "0 of 8 steps are there" in page
    assert "The business reason is missing." in page
    assert "another brand, another company" in page  # why it is asked
    assert "It is complete" not in page


def test_a_plan_without_a_name_is_shown_again_with_what_was_written(office: tuple[Desk, Actor, str]) -> None:
    desk, _, _ = office
    answer = desk.post("/further/new", name=" ", reason="Because of the brand")
    assert answer.status_code == 422
    assert "Because of the brand" in answer.text


def test_a_paper_is_picked_from_the_documents_and_taken_out_again(
    vault: Vault, office: tuple[Desk, Actor, str]
) -> None:
    desk, actor, account_id = office
    file, document_id = begin(vault, actor, account_id), keep(vault, actor, account_id)
    assert "Registration.pdf" in desk.get(f"/further/{file.id}/papers/brands").text
    desk.post(f"/further/{file.id}/papers/brands", document_id=document_id)
    assert "Proof of distinct brands is in the file." in desk.get(f"/further/{file.id}").text
    with vault.database.reading() as session:
        paper = session.scalars(select(FurtherPaper)).one()
    desk.post(f"/further/{file.id}/papers/{paper.id}/remove")
    assert "Proof of distinct brands is missing." in desk.get(f"/further/{file.id}").text


def test_a_planned_value_is_shown_masked_and_stands_in_no_address(
    vault: Vault, office: tuple[Desk, Actor, str]
) -> None:
    desk, actor, account_id = office
    file = begin(vault, actor, account_id)
    answer = desk.post(f"/further/{file.id}/values", kind="bank_account", value=IBAN)
    page = desk.get(f"/further/{file.id}").text
    assert "0189" not in answer.location
    assert "0189" in page
    assert IBAN.replace(" ", "") not in page.replace(" ", "")


def test_a_value_that_cannot_be_is_refused_without_repeating_it(vault: Vault, office: tuple[Desk, Actor, str]) -> None:
    desk, actor, account_id = office
    file = begin(vault, actor, account_id)
    desk.post(f"/further/{file.id}/values", kind="bank_account", value="FR00 1234 nonsense")
    page = desk.get(f"/further/{file.id}").text
    assert 'role="alert"' in page
    assert "nonsense" not in page


def test_the_page_shows_what_the_plan_would_be_linked_with(
    app: Flask, vault: Vault, office: tuple[Desk, Actor, str]
) -> None:
    desk, actor, account_id = office
    file = begin(vault, actor, account_id)
    add_entry(vault, actor, account_id, AttributeKind.BANK_ACCOUNT, IBAN, EntryDetails())
    desk.post(f"/further/{file.id}/values", kind="bank_account", value=IBAN)
    page = desk.get(f"/further/{file.id}").text
    assert "With these values it would be linked with" in page
    assert "Amazon takes accounts that share this for one" in page


def test_nothing_is_told_of_an_account_that_one_does_not_see(
    app: Flask, vault: Vault, office: tuple[Desk, Actor, str]
) -> None:
    desk, actor, account_id = office
    other = SellerAccount(id=new_id(), name="Hidden shop", legal_name="H", marketplaces=[], created_at=vault.clock())
    with vault.database.transaction() as session:
        session.add(other)
    both = replace(actor, roles={account_id: Role.OWNER, other.id: Role.OWNER})
    add_entry(vault, both, other.id, AttributeKind.BANK_ACCOUNT, IBAN, EntryDetails())
    file = begin(vault, actor, account_id)
    desk.post(f"/further/{file.id}/values", kind="bank_account", value=IBAN)
    for seat in (desk, employ(app, account_id, Role.ASSISTANT)):
        for address in (f"/further/{file.id}", "/further", "/tasks", f"/further/{file.id}/folder.zip"):
            answer = seat.get(address)
            assert b"Hidden shop" not in answer.data
            assert b"belongs to" not in answer.data


def test_the_folder_verifies_with_standard_tools_and_with_ours(
    vault: Vault, office: tuple[Desk, Actor, str], tmp_path: Path
) -> None:
    desk, actor, account_id = office
    file = begin(vault, actor, account_id, name="<script>alert(1)</script>")
    desk.post(f"/further/{file.id}/papers/brands", document_id=keep(vault, actor, account_id, "Ünter\u202eschrift.pdf"))
    desk.post(f"/further/{file.id}/values", kind="bank_account", value=IBAN)
    answer = desk.get(f"/further/{file.id}/folder.zip")
    archive = tmp_path / "folder.zip"
    archive.write_bytes(answer.data)
    assert list(verify_bundle(archive)) == []
    zipfile.ZipFile(archive).extractall(tmp_path)
    (folder,) = tmp_path.glob("further-account-*/")
    subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, check=True, capture_output=True)
    (original,) = (folder / "data/documents").iterdir()
    assert (original.name, original.read_bytes()) == ("001-brands-Unterschrift.pdf", ORIGINAL)
    summary = (folder / "data/summary.html").read_text()
    assert "<script>alert" not in summary
    assert IBAN.replace(" ", "") not in summary
    assert "further.begun" in (folder / "data/journal.jsonl").read_text()
    assert desk.get(f"/further/{file.id}/folder.zip").data == answer.data


def test_the_work_ends_and_is_taken_up_again(vault: Vault, office: tuple[Desk, Actor, str]) -> None:
    desk, actor, account_id = office
    file = begin(vault, actor, account_id)
    desk.post(f"/further/{file.id}/state", to="dropped")
    page = desk.get(f"/further/{file.id}").text
    assert "Set aside. Nothing is deleted." in page
    assert "Write the plan" not in page
    desk.post(f"/further/{file.id}/state", to="draft")
    assert "Write the plan" in desk.get(f"/further/{file.id}").text


def test_an_assistant_reads_and_changes_nothing(app: Flask, vault: Vault, office: tuple[Desk, Actor, str]) -> None:
    _, actor, account_id = office
    file = begin(vault, actor, account_id)
    desk = employ(app, account_id, Role.ASSISTANT)
    page = desk.get(f"/further/{file.id}")
    assert page.status_code == 200
    assert not re.search(r'<form[^>]*action="[^"]*/further/', page.text.replace(f"/further/{file.id}/state", ""))
    assert desk.post(f"/further/{file.id}/values", kind="phone", value="1").status_code == 403
    with vault.database.reading() as session:
        assert session.scalars(select(FurtherValue)).all() == []
