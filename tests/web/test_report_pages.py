"""The pages of monthly reports: what they say first, what they leave out, how they are made, signed and taken along."""

import csv
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


def test_a_report_is_made_for_any_month_and_not_twice(desk: Desk) -> None:
    first = desk.post("/reports", month="2026-09")
    page = said(desk.client.get(first.location).text)
    assert "Report of September 2026" in page
    again = desk.post("/reports", month="2026-09")
    assert again.location == first.location
    assert "Nothing has changed since this report was made" in said(desk.client.get(again.location).text)


def test_a_month_that_has_not_begun_is_refused_and_no_month_is_not_found(desk: Desk) -> None:
    answer = desk.post("/reports", month="2027-01")
    assert "has not begun" in said(desk.client.get(answer.location).text)
    assert desk.post("/reports", month="soon").status_code == 404


def test_a_report_begins_with_words_and_the_things_to_do_next(october: str, desk: Desk) -> None:
    html = desk.get(f"/reports/{october}").text
    page = said(html)
    assert page.index("Three things to do next") < page.index("What changed since the month before")
    assert "no source yet" in page
    assert "as of Nov 3, 2026" in page
    assert html.count('role="img"') == 2
    assert "The same as a table" in page


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
    assert "Not signed" not in said(desk.get("/reports").text)


def test_an_auditor_reads_and_neither_makes_nor_signs(october: str, app: Flask, shop: Shop) -> None:
    auditor = employ(app, shop.account_id, Role.AUDITOR)
    page = said(auditor.get(f"/reports/{october}").text)
    assert "Sign this revision" not in page
    assert "Look for late data" not in page
    assert "Make the report" not in said(auditor.get("/reports").text)


def test_the_files_say_what_the_page_says_and_stand_by_themselves(october: str, desk: Desk) -> None:
    answers = {kind: desk.get(f"/reports/{october}/files/{kind}") for kind in ("json", "csv", "html")}
    for kind, answer in answers.items():
        assert answer.headers["Content-Disposition"].startswith(
            f'attachment; filename="compliance-report-2026-10-revision-1.{kind}"'
        )
    assert json.loads(answers["json"].data)["figures"]["standing"]["products"]["all"] == len(CATALOGUE)
    rows = dict(csv.reader(io.StringIO(answers["csv"].data.decode("utf-8-sig"))))
    assert rows["standing.products.all"] == str(len(CATALOGUE))
    alone = answers["html"].text
    assert not re.findall(r"<link|<script|href=", alone)
    assert "Three things to do next" in alone
    assert desk.get(f"/reports/{october}/files/exe").status_code == 404


def test_the_same_report_is_printed_with_the_same_bytes(october: str, desk: Desk) -> None:
    once, again = (desk.get(f"/reports/{october}/files/pdf") for _ in range(2))
    assert once.data[:5] == b"%PDF-"
    assert once.data == again.data
    document = pypdfium2.PdfDocument(once.data)
    pages = (document[number].get_textpage().get_text_range() for number in range(len(document)))
    assert "Three things to do next" in "".join(pages)


def test_a_table_never_begins_a_formula() -> None:
    rows = list(
        csv.reader(io.StringIO(as_csv({"a": "=1+1", "b": " @x", "c": [-3, None], "d": "fine"}).decode("utf-8-sig")))
    )
    assert rows[1:] == [["a", "'=1+1"], ["b", "' @x"], ["c.0", "'-3"], ["c.1", ""], ["d", "fine"]]
