"""The pages of monthly reports: what they say first, what they leave out, how they are made, signed and taken along."""

import csv
import hashlib
import io
import json
import re
from datetime import date, timedelta

import pypdfium2
import pytest
from flask import Flask

from tests.clock import Clock
from tests.seller import sell
from tests.shop import CATALOGUE, Shop, open_shop
from tests.web.desk import Desk, employ, sit_down
from vault.composing.composer import Composer
from vault.db.entities.figures import DailyFigures
from vault.domain.roles import Role
from vault.services.reports import reports
from vault.services.reports.files import as_csv
from vault.services.vault import Vault

LAMP = CATALOGUE[0]


@pytest.fixture
def shop(vault: Vault) -> Shop:
    return open_shop(vault)


@pytest.fixture
def desk(app: Flask, shop: Shop) -> Desk:
    return sit_down(app, shop.actor.id, shop.account_id)


@pytest.fixture
def october(shop: Shop, clock: Clock) -> str:
    """The id of the report of October, made on the 3rd of November, with two days that were counted.

    Ask for it before a desk: nobody stays signed in for three days.
    """
    sell(shop, LAMP.asin, 9)
    with shop.vault.database.transaction() as session:
        for day in (date(2026, 10, 1), date(2026, 10, 2)):
            row = DailyFigures(account_id=shop.account_id, day=day, readiness=55, parts={}, critical=1, high=2)
            row.normal, row.low, row.overdue, row.written_at = 0, 0, 4, clock()
            session.add(row)
    clock.advance(timedelta(days=3))
    return reports.make(shop.vault, shop.actor, shop.account_id, date(2026, 10, 1)).report.id


def said(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.index('id="main"') :]))


def test_before_the_first_report_the_page_says_when_it_comes(desk: Desk) -> None:
    page = said(desk.get("/reports").text)
    assert "The first report makes itself on the first of the next month" in page
    assert "Make the report" in page


def test_a_report_is_made_by_a_worker_while_the_page_can_be_loaded_again(desk: Desk, shop: Shop) -> None:
    asked = desk.post("/reports", month="2026-09")
    for _ in range(2):
        assert "The report is being made" in said(desk.client.get(asked.location).text)
    shop.work()
    made = desk.client.get(asked.location)
    page = said(desk.client.get(made.location).text)
    assert "The report is made." in page
    assert "Report of September 2026" in page


def test_a_report_is_not_made_twice(desk: Desk, shop: Shop) -> None:
    first, again = desk.post("/reports", month="2026-09"), None
    shop.work()
    made = desk.client.get(first.location)
    again = desk.post("/reports", month="2026-09")
    shop.work()
    found = desk.client.get(again.location)
    assert found.location == made.location
    assert "Nothing has changed since this report was made" in said(desk.client.get(found.location).text)


def test_who_asked_for_a_report_is_named_with_it(desk: Desk, shop: Shop) -> None:
    desk.post("/reports", month="2026-09")
    shop.work()
    report = reports.find_report(shop.vault, shop.actor, shop.account_id, date(2026, 9, 1))
    assert report is not None
    assert report.made_by == shop.actor.id


def test_a_month_that_has_not_begun_is_refused_and_no_month_is_not_found(desk: Desk) -> None:
    answer = desk.post("/reports", month="2027-01")
    assert "has not begun" in said(desk.client.get(answer.location).text)
    assert desk.post("/reports", month="soon").status_code == 404
    assert desk.get("/reports/months/soon").status_code == 404


def test_a_report_begins_with_words_and_the_things_to_do_next(october: str, desk: Desk) -> None:
    page = said(desk.get(f"/reports/{october}").text)
    assert page.index("Three things to do next") < page.index("What changed since the month before")
    assert "no figures are imported yet" in page
    assert "as of Nov 3, 2026" in page


def test_each_drawing_has_a_title_a_unit_and_its_figures_as_a_table(october: str, desk: Desk) -> None:
    html = desk.get(f"/reports/{october}").text
    drawings = re.findall(r'<svg[^>]*role="img"[^>]*aria-labelledby="([^"]+)".*?</svg>', html, re.DOTALL)
    assert len(drawings) == 5  # nothing lapses yet
    for named in drawings:
        assert all(f'id="{each}"' in html for each in named.split())
    page = said(html)
    assert "percent, 100 is everything in order" in page
    assert "The months as a table" in page
    assert "The days as a table" in page


def test_a_report_is_compared_with_the_month_before(october: str, desk: Desk, shop: Shop) -> None:
    assert "There is no report of the month before" in said(desk.get(f"/reports/{october}").text)
    reports.make(shop.vault, shop.actor, shop.account_id, date(2026, 9, 1))
    page = said(desk.get(f"/reports/{october}").text)
    assert "Compared with revision 1 of that month" in page
    assert "September 2026 October 2026 Difference" in page


def test_who_manages_the_account_signs_and_the_list_shows_it(october: str, desk: Desk) -> None:
    answer = desk.post(f"/reports/{october}/signature", note="Read with <the> accountant")
    page = desk.client.get(answer.location).text
    assert "Read with &lt;the&gt; accountant" in page
    assert "of the journal of this vault" in page
    assert "Not signed" not in said(desk.get("/reports").text)


def test_an_auditor_reads_and_neither_makes_nor_signs(october: str, app: Flask, shop: Shop) -> None:
    auditor = employ(app, shop.account_id, Role.AUDITOR)
    page = said(auditor.get(f"/reports/{october}").text)
    assert "Sign this revision" not in page
    assert "Look for late data" not in page
    assert "Make the report" not in said(auditor.get("/reports").text)


def test_until_its_files_are_made_the_page_says_so_and_offers_none(october: str, desk: Desk) -> None:
    page = desk.get(f"/reports/{october}").text
    assert "The files are being made." in page
    assert f"/reports/{october}/files/" not in page
    early = desk.get(f"/reports/{october}/files/pdf")
    assert early.status_code == 303
    assert early.location.endswith(f"/reports/{october}#files")


def test_downloads_are_the_kept_files_byte_for_byte(october: str, desk: Desk, shop: Shop) -> None:
    shop.work()
    page = desk.get(f"/reports/{october}").text
    for kind in ("pdf", "csv", "json"):
        answer = desk.get(f"/reports/{october}/files/{kind}")
        name = f'attachment; filename="compliance-report-2026-10-revision-1.{kind}"'
        assert answer.headers["Content-Disposition"].startswith(name)
        assert hashlib.sha256(answer.data).hexdigest() in page
    assert desk.get(f"/reports/{october}/files/exe").status_code == 404


def test_no_request_starts_a_sandbox(october: str, desk: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.work()
    asked: list[object] = []
    monkeypatch.setattr(Composer, "ask", lambda *request: asked.append(request))
    for address in ("", "/page", "/files/pdf", "/files/json"):
        assert desk.get(f"/reports/{october}{address}").status_code == 200
    assert asked == []


def test_the_files_say_what_the_page_says(october: str, desk: Desk, shop: Shop) -> None:
    shop.work()
    found = json.loads(desk.get(f"/reports/{october}/files/json").data)
    assert found["figures"]["standing"]["products"]["all"] == len(CATALOGUE)
    table = desk.get(f"/reports/{october}/files/csv").data.decode("utf-8-sig")
    assert dict(csv.reader(io.StringIO(table)))["standing.products.all"] == str(len(CATALOGUE))
    document = pypdfium2.PdfDocument(desk.get(f"/reports/{october}/files/pdf").data)
    text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    assert "Three things to do next" in text
    assert "Readiness month by month" in text


def test_the_page_taken_along_stands_by_itself(october: str, desk: Desk) -> None:
    alone = desk.get(f"/reports/{october}/page").text
    assert not re.findall(r"<link|<script|href=", alone)
    assert "Three things to do next" in alone


def test_a_table_never_begins_a_formula() -> None:
    rows = list(
        csv.reader(io.StringIO(as_csv({"a": "=1+1", "b": " @x", "c": [-3, None], "d": "fine"}).decode("utf-8-sig")))
    )
    assert rows[1:] == [["a", "'=1+1"], ["b", "' @x"], ["c.0", "'-3"], ["c.1", ""], ["d", "fine"]]
