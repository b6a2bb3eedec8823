"""The pages of documents: what was read beside its checklist, corrected by a person, judged again at once."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from tests.invoices.compose import make_invoice
from tests.invoices.faults import Fault, with_fault
from tests.invoices.render import Layout, render
from tests.shop import CATALOGUE, Shop, open_shop
from tests.web.desk import Desk, employ, sit_down
from vault.app import create_app
from vault.domain.roles import Role
from vault.reading.sandbox.reader import SandboxedReader
from vault.services.vault import Vault

TODAY = date(2026, 10, 31)


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


@pytest.fixture
def auditor(app: Flask, shop: Shop) -> Desk:
    return employ(app, shop.account_id, Role.AUDITOR)


@pytest.fixture
def undated(shop: Shop) -> str:
    """An invoice whose issue date is missing, read from its page and judged."""
    invoice = with_fault(shop.invoice(5, line_count=2), Fault.MISSING_DATE, TODAY)
    document_id = shop.keep(render(invoice, Layout.LETTERHEAD), "undated.pdf").document_id
    shop.work()
    return document_id


def text_of(page: str) -> str:
    """What a reader sees, without tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_the_page_shows_pictures_places_fields_lines_and_the_checklist(desk: Desk, undated: str) -> None:
    page = desk.get(f"/documents/{undated}").text
    assert f"/documents/{undated}/pages/1.webp" in page
    assert re.search(r'<rect data-box="supplier_name" x="0\.\d+" y="0\.\d+" width="0\.\d+"', page)
    assert 'data-place="supplier_name"' in page
    seen = text_of(page)
    assert "No issue date was found." in seen
    assert "Line items" in seen
    assert "from the text of the page" in seen


def test_a_correction_settles_the_verdict_and_the_task_and_can_be_taken_back(
    desk: Desk, shop: Shop, undated: str
) -> None:
    here = f"/documents/{undated}"
    assert "invoice.issue_date" in shop.tasks(undated)
    answer = desk.post(f"{here}/corrections", path="issue_date", value="2026-10-01")
    assert answer.status_code == 303
    page = text_of(desk.client.get(answer.location).text)
    assert "Oct 1, 2026" in page
    assert "The machine read: nothing" in page
    assert "invoice.issue_date" not in shop.tasks(undated)
    desk.post(f"{here}/corrections/withdraw", path="issue_date")
    assert "invoice.issue_date" in shop.tasks(undated)
    assert "No issue date was found." in text_of(desk.get(here).text)


def test_what_cannot_be_is_said_on_the_page_and_to_the_script(desk: Desk, undated: str) -> None:
    here = f"/documents/{undated}"
    answer = desk.post(f"{here}/corrections", path="issue_date", value="soon")
    assert "is not a date" in text_of(desk.client.get(answer.location).text)
    asked = desk.post(f"{here}/corrections", headers={"HX-Request": "true"}, path="issue_date", value="soon")
    assert asked.status_code == 422
    assert "is not a date" in asked.json["error"]["message"]


def test_the_product_of_a_line_is_picked_searched_for_and_denied(desk: Desk, shop: Shop, undated: str) -> None:
    here = f"/documents/{undated}"
    product = CATALOGUE[7]
    found = desk.get(f"{here}/lines/0/products?q={product.asin}").text
    product_id = re.search(r'name="product_id" value="([0-9a-z]{26})"', found)
    assert product_id
    assert product.asin in found
    desk.post(f"{here}/lines/0/product", product_id=product_id[1])
    assert "picked by a person" in text_of(desk.get(here).text)
    desk.post(f"{here}/lines/0/product", product_id="")
    assert "None of your products, as a person said" in text_of(desk.get(here).text)


def test_text_of_a_stranger_does_nothing_on_the_page(desk: Desk, shop: Shop) -> None:
    invoice = make_invoice(9, "fr", products=CATALOGUE)
    line = replace(invoice.lines[0], description="<script>alert(1)</script> {{7*7}}")
    document_id = shop.keep(
        render(replace(invoice, lines=(line,)), Layout.LETTERHEAD), '"><svg onload=x>.pdf'
    ).document_id
    shop.work()
    desk.post(f"/documents/{document_id}/corrections", path="supplier_name", value="<b onmouseover=x>Evil</b>")
    for path in (f"/documents/{document_id}", "/documents", "/suppliers", "/tasks", "/"):
        page = desk.get(path).text
        assert not re.search(r"<script>|<svg onload|<b onmouseover|>49<", page), path
    assert "{{7*7}}" in html.unescape(desk.get(f"/documents/{document_id}").text)


def test_the_original_comes_back_byte_for_byte_and_only_as_an_attachment(desk: Desk, shop: Shop) -> None:
    content = b"%PDF-1.4 nothing that could be read"
    document_id = shop.keep(content, 'Überweisung "1";\r\n.pdf').document_id
    answer = desk.get(f"/documents/{document_id}/original")
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="Uberweisung')
    assert "filename*=UTF-8''%C3%9Cberweisung" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.mimetype == "application/octet-stream"


def test_a_document_that_cannot_be_read_says_what_to_do(desk: Desk, shop: Shop) -> None:
    document_id = shop.keep(b"%PDF-1.4 nothing that could be read", "broken.pdf").document_id
    assert "Waiting for the reading" in desk.get(f"/documents/{document_id}").text
    shop.work()
    page = text_of(desk.get(f"/documents/{document_id}").text)
    assert "could not be read" in page
    assert "Upload a better copy" in page
    assert desk.get(f"/documents/{document_id}/pages/1.webp").status_code == 404


def test_a_picture_of_a_page_is_drawn_for_those_who_may_see_it(auditor: Desk, undated: str) -> None:
    picture = auditor.get(f"/documents/{undated}/pages/1.webp?width=320")
    assert picture.status_code == 200
    assert picture.mimetype == "image/webp"
    assert picture.data[8:12] == b"WEBP"
    assert auditor.get(f"/documents/{undated}/pages/2.webp").status_code == 404


def test_an_auditor_sees_everything_and_can_change_nothing(auditor: Desk, undated: str) -> None:
    page = auditor.get(f"/documents/{undated}").text
    assert "No issue date was found." in html.unescape(page)
    main = page[page.index('id="main"') :]
    assert "<form" not in main
    for path in ("/documents", "/tasks", "/suppliers", "/products", "/imports", "/uploads", "/"):
        seen = auditor.get(path).text
        assert 'method="post"' not in seen[seen.index('id="main"') :], path


def test_the_list_finds_by_word_verdict_and_date_and_says_where_nothing_fits(desk: Desk, undated: str) -> None:
    assert "undated.pdf" in desk.get("/documents").text
    assert "undated.pdf" in desk.get("/documents?q=undated&verdict=fail").text
    for query in ("q=zzzz", "verdict=pass", "from=2030-01-01", "kind=quote", "state=kept"):
        page = desk.get(f"/documents?{query}").text
        assert "undated.pdf" not in page, query
        assert "Nothing fits" in page, query


@pytest.mark.parametrize(
    "query", ["verdict=x&sort=y&order=z&from=soon&kind=none", "_external=1&account_id=x&_scheme=x"]
)
def test_an_address_that_was_tampered_with_shows_the_plain_list(desk: Desk, undated: str, query: str) -> None:
    page = desk.get(f"/documents?{query}")
    assert page.status_code == 200
    assert "undated.pdf" in page.text


def test_a_task_is_waived_with_a_reason_and_opened_again(desk: Desk, shop: Shop, undated: str) -> None:
    task = shop.tasks(undated)["invoice.issue_date"]
    page = text_of(desk.get("/tasks").text)
    assert "No issue date was found." in page
    assert "undated.pdf" in page
    refused = desk.post(f"/tasks/{task.id}/waive", reason="", until="2026-12-01", next=f"{desk.base}/tasks")
    assert "Say why" in text_of(desk.client.get(refused.location).text)
    desk.post(f"/tasks/{task.id}/waive", reason="The supplier sends another", until="2026-12-01")
    assert "No issue date was found." not in desk.get("/tasks").text
    waived = text_of(desk.get("/tasks?state=waived").text)
    assert "The supplier sends another" in waived
    assert "Dec 1, 2026" in waived
    desk.post(f"/tasks/{task.id}/unwaive")
    assert "No issue date was found." in desk.get("/tasks").text


def test_waiving_sends_nobody_to_another_site(desk: Desk, shop: Shop, undated: str) -> None:
    task = shop.tasks(undated)["invoice.issue_date"]
    answer = desk.post(f"/tasks/{task.id}/waive", reason="x", until="2026-12-01", next="//evil.example/")
    assert answer.location == f"{desk.base}/tasks"


def test_suppliers_and_products_lead_to_their_invoices(desk: Desk, shop: Shop, undated: str) -> None:
    document = shop.document(undated)
    suppliers = desk.get("/suppliers").text
    assert html.escape(document.supplier_name) in suppliers
    assert "undated.pdf" in desk.get(f"/suppliers/{document.supplier_id}").text
    desk.post(f"/documents/{undated}/lines/0/product", product_id=first_product(desk))
    assert "undated.pdf" in desk.get(f"/products/{first_product(desk)}").text


def first_product(desk: Desk) -> str:
    found = re.search(r'/products/([0-9a-z]{26})"', desk.get("/products").text)
    assert found
    return found[1]


def test_the_home_page_says_what_needs_somebody_now(desk: Desk, undated: str) -> None:
    page = text_of(desk.get("/").text)
    assert "Needs you" in page
    assert "No issue date was found." in page
    assert "undated.pdf" in page
