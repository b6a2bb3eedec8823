"""The coverage pages: what to do first, what needs looking at, and what one product rests on."""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from tests.orders import Order, orders_report
from tests.seller import bring_orders, coverage_tasks, last_year, sell
from tests.shop import CATALOGUE, Shop, open_shop
from tests.web.desk import Desk, employ, sit_down
from vault.db.entities.sales import ProductCoverage
from vault.db.queries.keyset import Cursor
from vault.domain.roles import Role
from vault.reading.sandbox.reader import SandboxedReader
from vault.services.days import today
from vault.services.sales import imports
from vault.services.vault import Vault

LAMP, VASE, RUG = CATALOGUE[:3]


@pytest.fixture
def shop(vault: Vault) -> Shop:
    return open_shop(vault)


@pytest.fixture
def desk(app: Flask, shop: Shop) -> Desk:
    return sit_down(app, shop.actor.id, shop.account_id)


def said(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html[html.index('id="main"') :]))


def rows(desk: Desk, address: str) -> list[str]:
    """The ASINs of the list, in its order."""
    return re.findall(r"/coverage/(B0\w{8})", desk.get(address).text)


def import_orders(desk: Desk, content: bytes, **form: str) -> str:
    answer = desk.post("/imports", report=(io.BytesIO(content), "orders.txt"), **form)
    return said(desk.client.get(answer.location).text if answer.status_code == 303 else answer.text)


def test_without_sales_the_page_says_how_to_get_them(desk: Desk) -> None:
    page = said(desk.get("/coverage").text)
    assert "What was sold is not known yet" in page
    assert "open Reports, Fulfilment, All orders" in page
    assert "Import orders" in page


def test_what_was_sold_under_skus_that_nobody_knows_is_said_above_the_list(desk: Desk, shop: Shop) -> None:
    day = today(shop.vault) - timedelta(days=9)
    sell(shop, LAMP.asin, 1)
    assert "does not know" not in said(desk.get("/coverage").text)
    bring_orders(shop, [Order(day, "", 4, sku="OLD-1"), Order(day, "", 3, sku="OLD-2")])
    page = said(desk.get("/coverage").text)
    assert "7 units were sold under SKUs that the catalogue does not know. 2 SKUs, on 1 day." in page
    assert "OLD-1 OLD-2" in page
    assert "Import listings" in page


def test_an_orders_report_is_recognised_among_the_reports(desk: Desk, shop: Shop) -> None:
    day = today(shop.vault)
    first, last = (day - timedelta(days=each) for each in (365, 1))
    content = orders_report([Order(day - timedelta(days=5), LAMP.asin, 3)]) + b"302-9\t\tsoon\r\n"
    page = import_orders(desk, content, covers_from=first.isoformat(), covers_to=last.isoformat())
    assert "1 order items added" in page
    assert "1 rows with a problem" in page
    assert "Sales are known from" in page
    assert rows(desk, "/coverage")[0] == LAMP.asin


def test_half_an_answer_about_the_days_is_sent_back(desk: Desk) -> None:
    assert "Say both days" in import_orders(desk, orders_report([]), covers_from="2026-01-01")


def test_a_report_that_a_worker_takes_over_tells_how_far_it_is(
    desk: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "_AT_ONCE", 0)
    page = import_orders(desk, orders_report([Order(today(shop.vault) - timedelta(days=5), LAMP.asin, 3)]))
    assert "0 of 1 order items are taken over" in page


def test_the_list_begins_with_the_gravest_and_can_be_filtered_and_sorted(desk: Desk, shop: Shop) -> None:
    day = today(shop.vault) - timedelta(days=50)
    orders = [Order(day, each.asin, units, each.sku) for each, units in ((LAMP, 2), (VASE, 9), (RUG, 5))]
    import_orders(
        desk, orders_report(orders), covers_from=str(last_year(shop).first), covers_to=str(last_year(shop).last)
    )
    assert rows(desk, "/coverage")[:3] == [VASE.asin, RUG.asin, LAMP.asin]
    assert set(rows(desk, "/coverage?state=missing")) == {LAMP.asin, VASE.asin, RUG.asin}
    assert rows(desk, "/coverage?state=covered") == []
    assert rows(desk, "/coverage?sort=sold")[:2] == [VASE.asin, RUG.asin]
    assert rows(desk, f"/coverage?q={RUG.asin.lower()}") == [RUG.asin]
    made_up = (Cursor(10**30, "B0").encode(), Cursor(1, "\0").encode(), Cursor(1, "\ud800").encode())
    for token in ("forged", *made_up):
        assert desk.get(f"/coverage?at={token}").status_code == 422


def test_a_product_shows_its_ledger_and_the_invoices_that_count(app: Flask, vault: Vault, shop: Shop) -> None:
    invoice = shop.invoice(line_count=1)
    with SandboxedReader() as reader:
        shop = replace(shop, vault=replace(vault, reader=reader))
        shop.keep_invoice(invoice)
    asin = next(each.asin for each in CATALOGUE if each.model == invoice.lines[0].model)
    sell(shop, asin, 1)
    desk = sit_down(app, shop.actor.id, shop.account_id)
    html = desk.get(f"/coverage/{asin}").text
    assert invoice.number in html
    assert re.search(r"<title[^>]*>Since [^<]*: [\d,]+ units bought, [\d,]+ sold", html)
    assert "<svg" in html
    assert "mark-pass" in html
    assert "Amazon.de" in html
    assert "units sold in 365 days" in said(html)


def test_an_asin_that_nobody_sells_is_not_there(desk: Desk) -> None:
    assert desk.get("/coverage/B0NOBODY01").status_code == 404


def test_the_task_of_a_product_leads_to_its_ledger(desk: Desk, shop: Shop) -> None:
    sell(shop, LAMP.asin, 3)
    task = coverage_tasks(shop)[LAMP.asin]
    assert f"/a/{shop.account_id}/coverage/{LAMP.asin}" in desk.get(f"/tasks/{task.id}").text


def test_an_auditor_sees_coverage_and_is_not_asked_to_import(app: Flask, shop: Shop) -> None:
    desk = employ(app, shop.account_id, Role.AUDITOR)
    assert "Import orders" not in said(desk.get("/coverage").text)


def test_what_lapses_within_a_week_is_a_list_of_its_own(desk: Desk, shop: Shop) -> None:
    sell(shop, LAMP.asin, 3)
    with shop.vault.database.transaction() as session:
        row = session.get_one(ProductCoverage, (shop.account_id, LAMP.asin))
        row.state, row.lapses_on = "lapsing", today(shop.vault) + timedelta(days=8)
    assert rows(desk, "/coverage?state=lapsing") == [LAMP.asin]
    assert rows(desk, "/coverage?state=lapsing&lapses=soon") == []
    assert "Only what lapses within 7 days" in said(desk.get("/coverage?state=lapsing&lapses=soon").text)
