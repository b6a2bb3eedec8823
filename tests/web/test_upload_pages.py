"""The upload pages: a drop has its address first, each file its own answer, and nothing is forgotten."""

import io
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.first_use import make_owner, open_account
from tests.invoices.compose import make_buyer
from tests.web.desk import Desk, employ
from vault.app import create_app
from vault.config import MEBIBYTE
from vault.domain.roles import Role
from vault.services.vault import Vault

PDF = b"%PDF-1.4\n% a page nobody has read yet\n"


@dataclass(frozen=True)
class Uploader:
    """The upload page's script."""

    desk: Desk
    account_id: str

    def open(self, expected: object) -> TestResponse:
        """Announces files."""
        return self.desk.client.post(self.base, json={"expected": expected}, headers=self.desk.as_script)

    def drop(self, expected: int) -> str:
        """The address of a drop of so many files."""
        return str(self.open(expected).get_json()["url"])

    def send(self, drop: str, content: bytes, name: str = "invoice.pdf", key: str = "k1") -> TestResponse:
        data = {"file": (io.BytesIO(content), name), "client_key": key}
        return self.desk.client.post(f"{drop}/files", data=data, headers=self.desk.as_script)

    def progress(self, drop: str) -> Any:
        return self.desk.client.get(f"{drop}/progress", headers=self.desk.as_script).get_json()

    def page(self, address: str) -> str:
        return self.desk.client.get(address).text

    @property
    def base(self) -> str:
        return f"{self.desk.base}/uploads"


@pytest.fixture
def uploader(app: Flask, vault: Vault) -> Uploader:
    _, account_id = open_account(vault, make_owner(vault), make_buyer(1, "fr"))
    return Uploader(employ(app, account_id, Role.ASSISTANT), account_id)


def test_a_file_is_answered_only_when_it_is_kept(uploader: Uploader) -> None:
    drop = uploader.drop(1)
    answer = uploader.send(drop, PDF, "Rechnung März.pdf")
    assert answer.status_code == 201
    assert answer.get_json()["state"] == "kept"
    rows = uploader.progress(drop)["rows"]
    assert [(row["key"], row["name"], row["mark"]) for row in rows] == [("k1", "Rechnung März.pdf", "kept")]
    assert "Rechnung März.pdf" in uploader.page(answer.get_json()["url"])


def test_sending_the_same_file_again_after_a_lost_answer_keeps_it_once(uploader: Uploader) -> None:
    drop = uploader.drop(1)
    first, second = uploader.send(drop, PDF), uploader.send(drop, PDF)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.get_json()["url"] == second.get_json()["url"]
    assert len(uploader.progress(drop)["rows"]) == 1


def test_the_same_bytes_under_another_name_lead_to_the_first_document(uploader: Uploader) -> None:
    drop = uploader.drop(2)
    first = uploader.send(drop, PDF, "one.pdf", "k1")
    second = uploader.send(drop, PDF, "two.pdf", "k2")
    assert second.get_json() == {"state": "duplicate", "url": first.get_json()["url"]}
    assert "The same bytes are here already" in uploader.page(drop)


def test_the_same_bytes_said_to_be_something_else_stay_what_they_are_and_the_page_says_so(uploader: Uploader) -> None:
    uploader.send(uploader.drop(1), PDF)
    announced = {"expected": 1, "kind": "test_report"}
    drop = uploader.desk.client.post(uploader.base, json=announced, headers=uploader.desk.as_script).get_json()["url"]
    uploader.send(drop, PDF)
    assert "here already, as: Supplier invoice. It stays that" in uploader.page(drop)


def test_a_refused_file_says_why_now_and_after_reloading(uploader: Uploader) -> None:
    drop = uploader.drop(1)
    answer = uploader.send(drop, b"just some text", "notes.pdf")
    assert answer.status_code == 422
    assert "neither a PDF nor a picture" in answer.get_json()["error"]["message"]
    page = uploader.page(drop)
    assert "notes.pdf" in page
    assert "neither a PDF nor a picture" in page
    assert "Refused" in page
    assert uploader.progress(drop)["settled"] is True


def test_files_that_never_arrived_are_asked_for_again(uploader: Uploader) -> None:
    drop = uploader.drop(3)
    uploader.send(drop, PDF)
    page = uploader.page(drop)
    assert "2 files were not received" in page
    assert "Choose the same files again" in page


def test_a_plain_form_brings_many_files_at_once(uploader: Uploader) -> None:
    files = [(io.BytesIO(PDF + name.encode()), name) for name in ("a.pdf", "b.pdf")]
    files.append((io.BytesIO(b"text"), "c.txt"))
    answer = uploader.desk.post("/uploads", file=files)
    assert answer.status_code == 303
    page = uploader.page(answer.location)
    assert "2 files are kept." in page
    assert "1 file was refused." in page
    assert all(name in page for name in ("a.pdf", "b.pdf", "c.txt"))


def test_a_form_without_a_file_says_what_to_do(uploader: Uploader) -> None:
    answer = uploader.desk.post("/uploads")
    assert answer.status_code == 422
    assert "Choose one or more files" in answer.text


@pytest.mark.parametrize("expected", [None, "3", True, -1, 100_001, 2.5])
def test_a_drop_is_announced_with_a_number_of_files(uploader: Uploader, expected: object) -> None:
    assert uploader.open(expected).status_code == 422


def test_a_file_larger_than_allowed_is_refused_with_the_reason(vault: Vault) -> None:
    small = replace(vault, settings=replace(vault.settings, max_upload=100))
    _, account_id = open_account(small, make_owner(small), make_buyer(1, "fr"))
    uploader = Uploader(employ(create_app(vault=small), account_id, Role.ASSISTANT), account_id)
    drop = uploader.drop(2)
    somewhat = uploader.send(drop, PDF + b" " * 100)
    assert somewhat.status_code == 422
    assert "larger than the 100 bytes allowed" in somewhat.get_json()["error"]["message"]
    far = uploader.send(drop, PDF + b" " * 3 * MEBIBYTE)
    assert far.status_code == 413
    assert "a smaller file" in far.get_json()["error"]["message"]


def test_a_hostile_file_name_is_only_ever_text(uploader: Uploader) -> None:
    drop = uploader.drop(1)
    name = "<img src=x onerror=alert(1)> {{7*7}} \N{RIGHT-TO-LEFT OVERRIDE}fdp.exe"
    answer = uploader.send(drop, PDF, name)
    for address in (drop, answer.get_json()["url"], uploader.base.replace("uploads", "documents")):
        page = uploader.page(address)
        assert "&lt;img src=x onerror=alert(1)&gt; {{7*7}}" in page
        assert "<img src=x" not in page


def test_an_auditor_sees_the_drops_but_no_way_to_add_to_them(app: Flask, uploader: Uploader) -> None:
    drop = uploader.drop(2)
    uploader.send(drop, PDF)
    auditor = employ(app, uploader.account_id, Role.AUDITOR)
    for address in (drop, uploader.base):
        page = auditor.client.get(address)
        assert page.status_code == 200
        assert 'type="file"' not in page.text
