"""The register's pages: masked, revealed on purpose, warned of before sharing, lists looked at before they count."""

import io
import re
import tempfile
from pathlib import Path

import pytest
from flask import Flask

from tests.registers import CARD, IBAN, enter, second_shop
from tests.shop import Shop, open_shop
from tests.web.desk import Desk, employ, sit_down
from vault.db.entities.people import WebSession
from vault.db.entities.register import AccessGrant, OtherAccount, RegisterEntry
from vault.domain.register import AttributeKind
from vault.domain.roles import Role
from vault.services.vault import Vault


@pytest.fixture
def shop(vault: Vault) -> Shop:
    return open_shop(vault, with_catalogue=False)


@pytest.fixture
def desk(app: Flask, shop: Shop) -> Desk:
    return sit_down(app, shop.actor.id, shop.account_id)


def entries(shop: Shop) -> list[RegisterEntry]:
    with shop.vault.database.reading() as session:
        return session.query(RegisterEntry).order_by(RegisterEntry.id).all()


def test_a_value_is_added_and_listed_masked(desk: Desk, shop: Shop) -> None:
    answer = desk.post("/register/add", kind="bank_account", value=IBAN, label="payouts", since="2025-01-31")
    assert (answer.status_code, answer.location) == (303, f"{desk.base}/register")
    page = desk.get("/register").text
    assert ("••••0189" in page, "payouts" in page, "3456" in page) == (True, True, False)
    assert entries(shop)[0].since is not None


def test_a_mistake_keeps_what_was_typed_in_the_form_and_nowhere_else(desk: Desk, shop: Shop) -> None:
    answer = desk.post("/register/add", kind="bank_account", value=IBAN[:-1] + "8")
    assert answer.status_code == 422
    assert ("check digits" in answer.text, IBAN[:-1] + "8" in answer.text) == (True, True)
    assert "3456" not in desk.get("/register/add").text
    with shop.vault.database.reading() as session:
        assert "3456" not in repr([row.data for row in session.query(WebSession)])


def test_a_shared_value_is_warned_of_and_saved_only_when_one_insists(app: Flask, shop: Shop) -> None:
    other = second_shop(shop)
    enter(other, AttributeKind.CARD, CARD)
    desk = sit_down(app, shop.actor.id, shop.account_id)
    warned = desk.post("/register/add", kind="card", value=CARD)
    assert (warned.status_code, "Brightwell" in warned.text, len(entries(shop))) == (409, True, 1)
    assert desk.post("/register/add", kind="card", value=CARD, anyway="1").status_code == 303
    assert "Brightwell" in desk.get("/register").text


def test_who_sees_one_account_only_is_told_nothing_of_the_other(app: Flask, shop: Shop) -> None:
    enter(second_shop(shop), AttributeKind.CARD, CARD)
    manager = employ(app, shop.account_id, Role.MANAGER)
    assert manager.post("/register/add", kind="card", value=CARD).status_code == 303
    assert "Brightwell" not in manager.get("/register").text


def test_a_value_is_shown_in_full_after_password_and_code_were_given_again(desk: Desk, shop: Shop) -> None:
    entry = enter(shop, AttributeKind.BANK_ACCOUNT, IBAN)
    asked = desk.post(f"/register/entries/{entry.id}/reveal", next=f"{desk.base}/register")
    assert (asked.status_code, asked.location) == (303, f"/confirm?next={desk.base}/register")
    with desk.client.session_transaction() as session:
        session["confirmed_at"] = shop.vault.clock().isoformat()
    shown = desk.post(f"/register/entries/{entry.id}/reveal", next=f"{desk.base}/register")
    assert (IBAN in shown.text, shown.headers["Cache-Control"]) == (True, "no-store")
    assert shop.journal()[-1] == ("register.revealed", entry.id)


def test_an_assistant_sees_masks_and_no_way_to_the_values(app: Flask, shop: Shop) -> None:
    enter(shop, AttributeKind.BANK_ACCOUNT, IBAN)
    page = employ(app, shop.account_id, Role.ASSISTANT).get("/register").text
    assert ("••••0189" in page, "/reveal" in page, "/register/add" in page) == (True, False, False)


def test_a_value_is_ended_changed_and_removed(desk: Desk, shop: Shop) -> None:
    entry = enter(shop, AttributeKind.PHONE, "01 42 68 53 00")
    desk.post(f"/register/entries/{entry.id}", label="Front desk", since="2025-01-01")
    desk.post(f"/register/entries/{entry.id}/end")
    (changed,) = entries(shop)
    assert (changed.label, changed.until) == ("Front desk", shop.vault.clock().date())
    desk.post(f"/register/entries/{entry.id}/remove")
    assert entries(shop) == []


def test_a_list_is_looked_at_first_and_taken_over_then(desk: Desk, shop: Shop) -> None:
    pasted = f"iban; {IBAN}; payouts\nshoe size; 44"
    looked = desk.post("/register/list", values=pasted)
    assert (entries(shop), "Left out" in looked.text, "Take over 1 value" in looked.text) == ([], True, True)
    taken = desk.post("/register/list", values=pasted, take="1")
    assert (len(entries(shop)), "There already" in desk.post("/register/list", values=pasted).text) == (1, True)
    assert "3456" not in taken.text


def test_a_file_is_never_put_down_on_a_disk(desk: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(Path("/nonexistent")))  # whoever writes a temporary file fails
    lines = "".join(f"ip;203.0.{each // 250}.{each % 250 + 1};{'x' * 150}\n" for each in range(1400))
    looked = desk.post("/register/list", file=(io.BytesIO(lines.encode()), "ips.csv"))
    assert (looked.status_code, "Take over 1400 values" in looked.text) == (200, True)
    monkeypatch.undo()  # the test's own browser writes a file of this size on its way
    too_much = desk.post("/register/list", file=(io.BytesIO(b"x" * 600_000), "ips.csv"))
    assert too_much.status_code == 413


def test_an_account_known_of_has_a_register_of_its_own(desk: Desk, shop: Shop) -> None:
    added = desk.post("/register/others/add", name="Old partner", relation="Closed in 2023")
    show = added.location.removeprefix(desk.base)
    assert desk.post(f"{show}/add", kind="owner", value="Ada Marchand").location.endswith(show)
    assert "Ada Marchand" in desk.get(show).text
    assert desk.post(f"{show}/change", name="Former partner").status_code == 303
    desk.post(f"{show}/remove")
    assert desk.get(show).status_code == 404
    assert shop.count(OtherAccount) == 1


def test_an_access_is_noted_ended_and_its_gap_shown(desk: Desk, shop: Shop) -> None:
    desk.post("/register/access/add", kind="tool", name="Repricer")
    page = desk.get("/register/access").text
    assert "No reason given" in page
    grant_id = re.findall(r"/register/access/(\w{26})/end", page)[0]
    desk.post(f"/register/access/{grant_id}/end")
    with shop.vault.database.reading() as session:
        assert session.query(AccessGrant).one().removed_on == shop.vault.clock().date()


def test_how_the_account_stands_is_entered_and_shown(desk: Desk, shop: Shop) -> None:
    desk.post("/register/standing", status="suspended", since="2026-10-30", health_rating="90")
    page = desk.get("/register").text
    assert ("Suspended" in page, "<dd>90</dd>" in page) == (True, True)
    assert desk.post("/register/standing", status="active", health_rating="2000").status_code == 422


def test_an_entry_of_another_account_is_not_reached_through_one_s_own(app: Flask, shop: Shop) -> None:
    other = second_shop(shop)
    entry = enter(other, AttributeKind.CARD, CARD)
    desk = sit_down(app, shop.actor.id, shop.account_id)
    assert desk.get(f"/register/entries/{entry.id}").status_code == 404
