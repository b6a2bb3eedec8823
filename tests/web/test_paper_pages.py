"""The pages of papers: what a document is, said at upload or later, and what it is about."""

import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.paperwork import LICENCE, upload
from tests.shop import CATALOGUE, Shop, open_shop
from tests.web.desk import Desk, employ, sit_down
from vault.app import create_app
from vault.db.entities.documents import UploadBatch
from vault.db.entities.papers import Paper, PaperProduct
from vault.domain.papers import PaperKind
from vault.domain.roles import Role
from vault.reading.sandbox.reader import SandboxedReader
from vault.services.further.further import Plan, open_file
from vault.services.vault import Vault
from vault.web.paper_words import PAPER_GROUPS, PAPER_KINDS


@pytest.fixture(scope="module")
def warm_reader() -> Iterator[SandboxedReader]:
    with SandboxedReader() as reader:
        yield reader


@pytest.fixture
def shop(vault: Vault, warm_reader: SandboxedReader) -> Shop:
    return open_shop(replace(vault, reader=warm_reader))


@pytest.fixture
def app(shop: Shop) -> Flask:
    return create_app(vault=shop.vault)


@pytest.fixture
def desk(app: Flask, shop: Shop) -> Desk:
    return sit_down(app, shop.actor.id, shop.account_id)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_every_kind_has_words_and_stands_in_one_group() -> None:
    grouped = [kind for _, kinds in PAPER_GROUPS for kind in kinds]
    assert sorted(grouped) == sorted(kind for kind in PaperKind if not kind.is_made_here)
    assert set(PAPER_KINDS) == set(PaperKind)


def test_the_upload_page_asks_what_the_files_are_and_takes_what_an_address_says(desk: Desk) -> None:
    page = desk.get("/uploads?kind=identity_paper").text
    assert '<option value="identity_paper" selected>' in page
    assert '<option value="supplier_invoice" selected>' in desk.get("/uploads").text
    assert '<option value="supplier_invoice" selected>' in desk.get("/uploads?kind=nonsense").text


def test_a_drop_without_script_says_what_its_files_are(desk: Desk, shop: Shop) -> None:
    answer = desk.post("/uploads", file=(io.BytesIO(LICENCE), "licence.pdf"), kind="licence_contract")
    assert answer.status_code == 303
    shop.work()
    assert "Licence or other contract" in text_of(desk.client.get(answer.location).text)
    with shop.vault.database.reading() as session:
        assert session.query(UploadBatch).one().paper_kind == PaperKind.LICENCE_CONTRACT


def test_what_stands_there_from_the_start_nobody_has_said(desk: Desk, shop: Shop) -> None:
    desk.post("/uploads", file=(io.BytesIO(LICENCE), "licence.pdf"), kind="supplier_invoice")
    with shop.vault.database.reading() as session:
        assert session.query(UploadBatch).one().paper_kind is None


def test_a_script_says_it_too_and_a_kind_that_there_is_not_is_refused(desk: Desk, shop: Shop) -> None:
    def create(**body: object) -> int:
        address = f"{desk.base}/uploads"
        return desk.client.post(address, json={"expected": 1, **body}, headers=desk.as_script).status_code

    assert create(kind="photo") == 201
    assert create() == 201
    assert create(kind="nonsense") == 422
    assert create(kind={"a": 1}) == 422
    assert shop.count(UploadBatch) == 2


def test_the_page_of_an_invoice_stays_and_says_what_it_is(desk: Desk, shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    page = text_of(desk.get(f"/documents/{document_id}").text)
    assert "Line items" in page
    assert "What is it? Supplier invoice" in page
    assert "The original is to be kept until Dec 31, 2036." in page


def test_a_paper_shows_no_values_of_an_invoice(desk: Desk, shop: Shop) -> None:
    document_id = upload(shop, kind=PaperKind.BRAND_REGISTRATION)
    page = desk.get(f"/documents/{document_id}").text
    assert "Line items" not in page
    assert "<rect data-box" not in page
    assert "Nobody has said until when it is valid." in text_of(page)


def test_the_kind_is_changed_and_taken_back_on_the_page(desk: Desk, shop: Shop) -> None:
    document_id = upload(shop)
    here = f"/documents/{document_id}"
    assert "Take back" not in desk.get(here).text
    answer = desk.post(f"{here}/kind", kind="test_report")
    page = text_of(desk.client.get(answer.location).text)
    assert "Judged as this from now on: Test report." in page
    assert "Take back: it was “Supplier invoice”" in page
    assert "Said what it is Supplier invoice → Test report" in page
    desk.post(f"{here}/kind", kind="supplier_invoice")
    assert "Take back: it was “Test report”" in text_of(desk.get(here).text)
    assert desk.post(f"{here}/kind", kind="nonsense").status_code == 422


def test_a_paper_is_described_in_one_form(desk: Desk, shop: Shop) -> None:
    document_id = upload(shop, kind=PaperKind.CERTIFICATE_OF_CONFORMITY)
    here = f"/documents/{document_id}"
    asins = f"{CATALOGUE[0].asin.lower()}, {CATALOGUE[1].asin}"
    answer = desk.post(
        f"{here}/paper", valid_until="2027-01-31", asins=asins, note="Lamps of 2026", issue_date="2026-02-01"
    )
    assert answer.status_code == 303
    page = desk.get(here).text
    assert 'value="2027-01-31"' in page
    assert CATALOGUE[1].asin in text_of(page)
    assert shop.tasks(document_id) == {}
    assert (shop.count(Paper), shop.count(PaperProduct)) == (1, 2)
    product = re.search(r'href="[^"]*/products/(\w+)"', page)
    assert product
    assert "licence.pdf" in desk.get(f"/products/{product[1]}").text


def test_what_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(desk: Desk, shop: Shop) -> None:
    document_id = upload(shop, kind=PaperKind.IDENTITY_PAPER)
    answer = desk.post(
        f"/documents/{document_id}/paper",
        valid_until="2027-01-31",
        never_expires="y",
        asins="B0NOTMINE1",
        supplier="Nobody",
    )
    assert answer.status_code == 422
    page = text_of(answer.text)
    assert "not both" in page
    assert "Not in your catalogue: B0NOTMINE1." in page
    assert "There is no supplier of this name." in page
    assert 'value="B0NOTMINE1"' in answer.text
    assert shop.count(Paper) == 0


def test_an_invoice_is_not_described_as_a_paper(desk: Desk, shop: Shop) -> None:
    document_id = shop.keep_invoice(shop.invoice())
    assert desk.post(f"/documents/{document_id}/paper", note="x").status_code == 409


def test_an_auditor_reads_what_is_said_and_changes_nothing(app: Flask, desk: Desk, shop: Shop) -> None:
    document_id = upload(shop, kind=PaperKind.LICENCE_CONTRACT)
    desk.post(f"/documents/{document_id}/paper", valid_until="2027-01-31", note="Only lamps")
    auditor = employ(app, shop.account_id, Role.AUDITOR)
    page = auditor.get(f"/documents/{document_id}").text
    assert "Jan 31, 2027" in text_of(page)
    assert "Only lamps" in text_of(page)
    assert 'name="valid_until"' not in page
    assert f"/documents/{document_id}/kind" not in page


def test_the_list_is_narrowed_to_a_kind_of_paper(desk: Desk, shop: Shop) -> None:
    shop.keep_invoice(shop.invoice())
    upload(shop, kind=PaperKind.LICENCE_CONTRACT)
    licences = desk.get("/documents?paper=licence_contract").text
    assert "licence.pdf" in licences
    assert "invoice.pdf" not in licences
    assert "Licence or other contract" in licences
    invoices = desk.get("/documents?paper=supplier_invoice").text
    assert "invoice.pdf" in invoices
    assert "licence.pdf" not in invoices


def test_who_uploads_a_proof_from_where_it_is_needed_is_asked_nothing(desk: Desk, shop: Shop) -> None:
    attesting = desk.get("/security/attest/paper?kind=company").text
    assert f'href="{desk.base}/uploads?kind=company_paper"' in attesting
    assert f'href="{desk.base}/uploads?kind=screenshot"' in desk.get("/security/attest/contact").text
    file = open_file(shop.vault, shop.actor, shop.account_id, Plan("Garden tools"))
    assert f'href="{desk.base}/uploads?kind=brand_registration"' in desk.get(f"/further/{file.id}/papers/brands").text
