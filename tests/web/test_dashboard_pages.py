"""The start page: where it leads, what it shows, and that its figures are those of the lists."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.web.desk import sit_down
from tests.web.world import World, make_world
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.audits import Audit
from vault.db.entities.documents import Document
from vault.db.entities.sales import CoverageStanding, ProductCoverage, SalesReport
from vault.db.entities.work import Task
from vault.services import figures
from vault.services.days import today
from vault.services.trend import draw
from vault.services.vault import Vault

LINKED = re.compile(r'<a class="(?:figure|tile[^"]*)" href="([^"]*)"><span class="[^"]*count">([\d,]+)\+?</span>')


@pytest.fixture
def world(vault: Vault) -> World:
    return make_world(vault)


@pytest.fixture
def chief(app: Flask, world: World) -> FlaskClient:
    """Somebody who sees both seller accounts."""
    return sit_down(app, world.people["chief"], world.ours["account_id"]).client


def count_on(page: str) -> int:
    """How many tasks or documents a list says that it has, or how many products it shows."""
    found = re.search(r"([\d,]+) (?:tasks?|documents?)<", page)
    return int(found[1].replace(",", "")) if found else len(re.findall(r'href="[^"]*/coverage/B0', page))


def test_who_sees_several_accounts_begins_with_all_of_them(chief: FlaskClient) -> None:
    page = chief.get("/").text
    assert "Ours" in page
    assert "Theirs" in page


def test_who_sees_one_account_begins_there(app: Flask, world: World) -> None:
    owner = sit_down(app, world.people["owner"], world.ours["account_id"]).client
    assert owner.get("/").location == f"/a/{world.ours['account_id']}/"


def test_who_sees_none_is_told_whom_to_ask(app: Flask, world: World) -> None:
    nobody = sit_down(app, world.people["nobody"], "").client
    assert "Ask an owner to invite you" in nobody.get("/").text


def lack_units(vault: Vault, things: dict[str, str]) -> None:
    """What was sold is known, and of six products one is covered for longer than a month."""
    states = {"missing": (None,), "short": (None,), "lapsing": (3, 7, 8), "covered": (90,)}
    with vault.database.transaction() as session:
        for number, (state, days) in enumerate((state, days) for state, each in states.items() for days in each):
            row = ProductCoverage(account_id=things["account_id"], asin=f"B0{number:08}", state=state, rank=number)
            row.sold, row.bought, row.difference = 2, 2, 0
            row.lapses_on = None if days is None else today(vault) + timedelta(days=days)
            session.add(row)
        counts = {state: len(each) for state, each in states.items()}
        session.merge(CoverageStanding(account_id=things["account_id"], counts=counts))
        sha256 = session.get_one(Document, things["document_id"]).sha256
        report = SalesReport(import_id=things["import_id"], account_id=things["account_id"], extract_sha256=sha256)
        report.items, report.finished_at = 0, vault.clock()
        report.first_day, report.last_day = today(vault) - timedelta(days=365), today(vault) - timedelta(days=1)
        session.add(report)


@pytest.mark.parametrize("where", ["/", "/a/{account_id}/"])
def test_each_figure_leads_to_a_list_of_as_many(
    chief: FlaskClient, vault: Vault, world: World, clock: Clock, where: str
) -> None:
    with vault.database.transaction() as session:
        for number, severity in enumerate(["critical", "critical", "high", "normal", "low", "low"]):
            task = session.get_one(Task, world.ours["task_id"])
            values = {each.name: getattr(task, each.name) for each in Task.__table__.columns}
            wanted = {
                "id": f"{number:026}",
                "subject_id": f"s{number}",
                "severity": severity,
                "subject_type": "security",
            }
            due = {"due_on": task.due_on + timedelta(days=4 * number - 6)}
            session.add(Task(**{**values, **wanted, **due}))
    lack_units(vault, world.ours)
    figures.count_day(vault)
    found = LINKED.findall(chief.get(where.format(account_id=world.ours["account_id"])).text)
    assert {"tasks", "coverage"} <= {re.split(r"[?#]", address)[0].rsplit("/", 1)[1] for address, _ in found}
    for address, count in found:
        listed = chief.get(address.replace("&amp;", "&")).text
        assert count_on(listed) == int(count.replace(",", "")), address


def test_the_parts_of_readiness_are_shown_and_nothing_known_is_called_so(
    chief: FlaskClient, vault: Vault, world: World
) -> None:
    figures.count_day(vault)
    page = chief.get(f"/a/{world.ours['account_id']}/").text
    assert "Products with an invoice that passes" in page
    assert "counts for 25 of 100" in page
    assert "Nothing known" in page


def test_papers_that_are_no_invoices_are_not_counted_among_those_that_pass(
    chief: FlaskClient, vault: Vault, world: World
) -> None:
    def passing() -> dict[str, str]:
        return {address: count for address, count in LINKED.findall(chief.get(page).text) if "verdict=pass" in address}

    page = f"/a/{world.ours['account_id']}/"
    with vault.database.transaction() as session:
        document = session.get_one(Document, world.ours["document_id"])
        document.state, document.verdict = "judged", "pass"
    ((address, count),) = passing().items()
    assert (count, count_on(chief.get(address.replace("&amp;", "&")).text)) == ("1", 1)
    with vault.database.transaction() as session:
        session.get_one(Document, world.ours["document_id"]).paper_kind = "photo"
    assert set(passing().values()) == {"0"}


@pytest.mark.parametrize("where", ["/", "/a/{account_id}/"])
def test_what_amazon_waits_for_stands_above_everything_else(
    chief: FlaskClient, vault: Vault, world: World, where: str
) -> None:
    with vault.database.transaction() as session:
        session.get_one(Audit, world.ours["audit_id"]).deadline = vault.clock() + timedelta(hours=50)
    page = chief.get(where.format(account_id=world.ours["account_id"])).text
    main = page[page.index('id="main"') :]
    assert main.index("Amazon waits for") < main.index('class="tiles"')
    assert f"/audits/{world.ours['audit_id']}" in main
    assert "2 days 2 hours left" in main


def test_reports_of_last_month_wait_for_a_signature(chief: FlaskClient, vault: Vault, world: World) -> None:
    for page in (chief.get("/").text, chief.get(f"/a/{world.ours['account_id']}/").text):
        assert "Monthly reports to sign" in page
        assert f"/reports/{world.ours['report_id']}" in page


def test_where_sales_are_not_known_the_way_to_import_them_is_shown(chief: FlaskClient, world: World) -> None:
    page = chief.get(f"/a/{world.ours['account_id']}/").text
    assert "What was sold is not known yet" in page
    assert f"/a/{world.ours['account_id']}/coverage" in page


def test_a_notice_can_be_taken_in_from_the_first_page_by_who_works_on_audits(app: Flask, world: World) -> None:
    account_id = world.ours["account_id"]
    pages = {role: sit_down(app, world.people[role], account_id).get("/").text for role in ("assistant", "auditor")}
    assert ["A notice has come" in page for page in pages.values()] == [True, False]


def test_the_trend_is_a_drawing_with_its_figures_as_text(app: Flask, vault: Vault, world: World, clock: Clock) -> None:
    def look() -> str:
        return sit_down(app, world.people["chief"], world.ours["account_id"]).client.get("/").text

    figures.count_day(vault)
    assert "begins with the second day" in look()
    clock.advance(timedelta(days=1))
    figures.count_day(vault)
    page = look()
    assert 'role="img"' in page
    assert "number of tasks" in page
    assert "<style" not in page
    assert " style=" not in page
    assert len(re.findall(r'<th scope="row">[^<]*2026</th>', page)) == 2


def test_names_that_strangers_wrote_are_inert(chief: FlaskClient, vault: Vault, world: World) -> None:
    with vault.database.transaction() as session:
        session.get_one(SellerAccount, world.ours["account_id"]).name = "<script>x</script>{{7*7}}"
    page = chief.get("/").text
    assert "<script>x" not in page
    assert "{{7*7}}" in page


def test_a_drawing_keeps_to_its_frame_and_leaves_missing_days_open(clock: Clock) -> None:
    day = clock().date()
    days = [day + timedelta(days=number) for number in (0, 1, 4, 5)]
    chart = draw(days[0], days[-1], [list(zip(days, (0, 7, 33, None), strict=True))])
    assert chart.lines[0].path.count("M") == 2
    assert all(chart.left <= x <= chart.right and chart.top <= y <= chart.bottom for x, y in chart.lines[0].points)
    assert [tick.value for tick in chart.values] == [0, 10, 20, 30, 40]
    assert draw(day, day, [[(day, 0)]]).values[-1].value == 4
