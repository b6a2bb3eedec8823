"""The pages of routines: taken over, attested in one tap, explained, handed over, and inert to what strangers write."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.clock import Clock
from tests.shop import Shop, open_shop
from tests.web.desk import Desk, employ, sit_down
from vault.app import create_app
from vault.db.entities.routines import Absence, Routine
from vault.domain.roles import Role
from vault.services.vault import Vault

NASTY = "<script>alert(1)</script>{{7*7}}"


@pytest.fixture
def shop(vault: Vault) -> Shop:
    return open_shop(vault, with_catalogue=False)


@pytest.fixture
def app(shop: Shop) -> Flask:
    return create_app(vault=shop.vault)


@pytest.fixture
def desk(app: Flask, shop: Shop) -> Desk:
    return sit_down(app, shop.actor.id, shop.account_id)


def take_over(desk: Desk, shop: Shop, kind: str = "daily_look") -> Routine:
    assert desk.post("/routines/take-over", kind=kind).status_code == 303
    with shop.vault.database.reading() as session:
        return session.scalars(select(Routine).where(Routine.kind == kind)).one()


def day(shop: Shop) -> str:
    return shop.vault.clock().date().isoformat()


def test_an_empty_page_leads_to_the_usual_duties(desk: Desk) -> None:
    assert "No routines yet" in desk.get("/today").text
    page = desk.get("/routines").text
    assert "Duties that most sellers need" in page
    assert "Orders and messages" in page
    assert "on the last day of every month" in page


def test_taking_over_nothing_says_what_to_do(desk: Desk) -> None:
    desk.post("/routines/take-over")
    assert "Choose at least one duty" in desk.get("/routines").text


def test_one_tap_attests_and_one_takes_it_back(desk: Desk, shop: Shop) -> None:
    routine = take_over(desk, shop)
    page = desk.get("/today").text
    assert "1 routine, about 2 minutes" in page
    assert "Done: A look at the account" in page
    address = f"/routines/{routine.id}/on/{day(shop)}"
    answer = desk.post(f"{address}/attest", next=f"{desk.base}/today")
    assert answer.location == f"{desk.base}/today"
    page = desk.get("/today").text
    assert "Nothing is left for you today" in page
    assert "<s>A look at the account</s>" in page
    desk.post(f"{address}/undo", next=f"{desk.base}/today")
    assert "1 routine, about 2 minutes" in desk.get("/today").text


def test_nobody_is_sent_to_another_site_afterwards(desk: Desk, shop: Shop) -> None:
    routine = take_over(desk, shop)
    answer = desk.post(f"/routines/{routine.id}/on/{day(shop)}/attest", next="//evil.example/")
    assert answer.location == f"{desk.base}/routines/{routine.id}"


def test_a_note_and_documents_stand_in_the_history(desk: Desk, shop: Shop) -> None:
    routine = take_over(desk, shop)
    document_id = shop.keep(b"%PDF-1.4 proof", "proof.pdf").document_id
    address = f"/routines/{routine.id}/on/{day(shop)}"
    assert "proof.pdf" in desk.get(address).text
    desk.post(f"{address}/attest", note=NASTY, document=document_id)
    page = desk.get(f"/routines/{routine.id}").text
    assert f'href="{desk.base}/documents/{document_id}"' in page
    assert NASTY not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page
    assert "This was attested as done" in desk.get(address).text


def test_a_skipped_day_is_seen_and_can_be_explained(app: Flask, desk: Desk, shop: Shop, clock: Clock) -> None:
    routine, missed = take_over(desk, shop), day(shop)
    clock.advance(timedelta(days=1))
    desk = sit_down(app, shop.actor.id, shop.account_id)
    page = desk.get(f"/routines/{routine.id}").text
    assert "nobody said anything" in page
    assert ": Skipped</span>" in page
    address = f"/routines/{routine.id}/on/{missed}"
    assert "Why it was skipped" in desk.get(address).text
    desk.post(f"{address}/attest")
    assert "You can say why" in desk.get("/today").text
    desk.post(f"{address}/skip", note="")
    assert "an auditor will ask" in desk.get("/today").text
    desk.post(f"{address}/skip", note="Public holiday")
    assert "Public holiday" in desk.get(f"/routines/{routine.id}").text


def test_a_routine_of_ones_own_is_added_and_changed(desk: Desk, shop: Shop) -> None:
    fields = {"title": NASTY, "minutes": "3", "owner_id": shop.actor.id, "deputy_id": "", "every": "1", "day": "1"}
    assert desk.post("/routines/add", rhythm="weekly", weekdays="1", **{**fields, "minutes": "x"}).status_code == 422
    refused = desk.post("/routines/add", rhythm="weekly", **fields)
    assert refused.status_code == 422
    assert "Choose at least one weekday" in refused.text
    added = desk.post("/routines/add", rhythm="weekly", weekdays=["2", "4"], **fields)
    assert added.status_code == 303
    address = (added.location or "").removeprefix(desk.base)
    page = desk.get(address).text
    assert "Tuesday, Thursday, 3 minutes" in page
    assert NASTY not in page
    changed = desk.post(f"{address}/change", rhythm="monthly", **{**fields, "every": "3", "day": "31"})
    assert changed.status_code == 303
    assert "every 3 months, on the last day" in desk.get(address).text


def test_pausing_resuming_and_ending(desk: Desk, shop: Shop) -> None:
    routine = take_over(desk, shop)
    desk.post(f"/routines/{routine.id}/pause")
    assert "Paused: nobody is asked for it" in desk.get(f"/routines/{routine.id}").text
    assert "Paused" in desk.get("/routines").text
    desk.post(f"/routines/{routine.id}/resume")
    assert "Due today" in desk.get(f"/routines/{routine.id}").text
    desk.post(f"/routines/{routine.id}/end")
    assert "1 routine has ended" in desk.get("/routines").text
    desk.post(f"/routines/{routine.id}/resume")
    assert "This routine has ended" in desk.get("/routines").text


def test_the_deputy_sees_for_whom_and_the_owner_when_nobody_is_there(app: Flask, desk: Desk, shop: Shop) -> None:
    routine = take_over(desk, shop)
    employ(app, shop.account_id, Role.ASSISTANT)
    deputy = employ(app, shop.account_id, Role.MANAGER)
    with deputy.client.session_transaction() as web_session:
        deputy_id = web_session["_user_id"].partition(":")[0]
    form = {"title": routine.title, "minutes": "2", "rhythm": "weekly", "weekdays": list("1234567"), "day": "1"}
    changed = desk.post(f"/routines/{routine.id}/change", owner_id=shop.actor.id, deputy_id=deputy_id, **form)
    assert changed.status_code == 303
    away = {"from_on": day(shop), "until_on": day(shop)}
    assert desk.post("/absences", user_id=shop.actor.id, **away).status_code == 303
    assert f"for {shop.actor.name}, who is away" in deputy.get("/today").text
    assert "1 is somebody else's turn" in desk.get("/today").text
    assert deputy.post("/absences", user_id=deputy_id, **away).status_code == 303
    page = desk.get("/today").text
    assert "Nobody's turn, so yours as the owner of the account" in page
    assert "are not there" in page
    with shop.vault.database.reading() as session:
        absence_id = session.scalars(select(Absence.id).where(Absence.user_id == deputy_id)).one()
    assert deputy.post(f"/absences/{absence_id}/remove").status_code == 303
    assert f"for {shop.actor.name}, who is away" in deputy.get("/today").text


def test_an_absence_needs_days_that_can_be(desk: Desk, shop: Shop) -> None:
    refused = desk.post("/absences", user_id=shop.actor.id, from_on="2026-11-05", until_on="2026-11-04")
    assert refused.status_code == 422
    assert "Choose the first day or a later one" in refused.text
    assert desk.post("/absences", user_id=shop.actor.id, from_on="soon").status_code == 422


def test_today_over_all_accounts_names_each_and_nothing_of_others(app: Flask, desk: Desk, shop: Shop) -> None:
    take_over(desk, shop)
    assert "A look at the account" in desk.client.get("/today").text
    stranger = employ(app, shop.account_id, Role.AUDITOR)
    assert "A look at the account" not in stranger.client.get("/today").text


@pytest.mark.parametrize("due_on", ["soon", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_an_address_of_no_due_day_breaks_nothing(desk: Desk, shop: Shop, due_on: str) -> None:
    routine = take_over(desk, shop)
    for method in (desk.get, desk.post):
        assert method(f"/routines/{routine.id}/on/{due_on}").status_code in (200, 404, 405)
    assert desk.post(f"/routines/{routine.id}/on/{due_on}/attest").status_code in (303, 404)
    assert desk.post(f"/routines/{routine.id}/on/{due_on}/skip", note="No").status_code in (303, 404)
    assert desk.get(f"/routines/{routine.id}?until={due_on}").status_code == 200
