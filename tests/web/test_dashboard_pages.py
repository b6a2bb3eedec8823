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
from vault.db.entities.work import Task
from vault.services import figures
from vault.services.vault import Vault
from vault.web.trend import draw

LINKED = re.compile(
    r'<a class="(?:figure|tile[^"]*)" href="([^"]*/tasks[^"]*)"><span class="[^"]*count">([\d,]+)\+?</span>'
)


@pytest.fixture
def world(vault: Vault) -> World:
    return make_world(vault)


@pytest.fixture
def chief(app: Flask, world: World) -> FlaskClient:
    """Somebody who sees both seller accounts."""
    return sit_down(app, world.people["chief"], world.ours["account_id"]).client


def count_on(page: str) -> int:
    """How many tasks a list says that it has."""
    found = re.search(r"([\d,]+) tasks?<", page)
    return int(found[1].replace(",", "")) if found else 0


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
    figures.count_day(vault)
    found = LINKED.findall(chief.get(where.format(account_id=world.ours["account_id"])).text)
    assert len(found) > 5
    for address, count in found:
        listed = chief.get(address.replace("&amp;", "&")).text
        assert count_on(listed) == int(count.replace(",", "")), address


def test_the_parts_of_readiness_are_shown_and_nothing_known_is_called_so(
    chief: FlaskClient, vault: Vault, world: World
) -> None:
    figures.count_day(vault)
    page = chief.get(f"/a/{world.ours['account_id']}/").text
    assert "Products with an invoice that passes" in page
    assert "counts for 40 of 100" in page
    assert "Nothing known" in page


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
