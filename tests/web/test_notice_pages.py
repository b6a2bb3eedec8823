"""The notifications of a person, the choices about them, and the administrator's look at mails."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from tests.web.desk import Desk, employ, sit_down
from vault.app import create_app
from vault.db.entities.accounts import SellerAccount
from vault.db.entities.people import Membership, User
from vault.domain.findings import Severity
from vault.domain.ids import new_id
from vault.domain.roles import Role
from vault.services.notices.choices import NoticeKind, read_choices
from vault.services.notices.digests import new_mail
from vault.services.notices.mail_stop import stop_token
from vault.services.notices.notices import News, count_unread, tell
from vault.services.vault import Vault

Tell = Callable[..., str]


@pytest.fixture
def account_id(vault: Vault) -> str:
    now = vault.clock()
    account = SellerAccount(id=new_id(), name="Lavandine", legal_name="L", marketplaces=[], created_at=now)
    with vault.database.transaction() as session:
        session.add(account)
    return account.id


@pytest.fixture
def desk(app: Flask, account_id: str) -> Desk:
    return replace(employ(app, account_id, Role.MANAGER), base="")


@pytest.fixture
def person_id(vault: Vault, desk: Desk) -> str:
    with vault.database.reading() as session:
        return session.query(User.id).scalar()


@pytest.fixture
def tell_it(vault: Vault, account_id: str, person_id: str) -> Tell:
    def tell_one(title: str = "Look here", severity: Severity = Severity.NORMAL) -> str:
        news = News(
            NoticeKind.REMINDER,
            new_id(),
            {"text": title, "params": {}},
            {"text": "Due tomorrow.", "params": {}},
            {"endpoint": "tasks.index", "values": {"account_id": account_id}},
            severity,
            account_id,
        )
        with vault.database.transaction() as session:
            tell(session, vault, [(news, [person_id])])
        return news.key

    return tell_one


def notice_id(desk: Desk) -> str:
    return desk.get("/notices").text.partition('/open"')[0].rpartition("/")[2]


def test_the_bell_counts_what_is_unread_on_every_page(desk: Desk, tell_it: Tell) -> None:
    assert "bell-count" not in desk.get("/profile").text
    tell_it()
    tell_it()
    assert "Notifications, 2 unread" in desk.get("/profile").text


def test_opening_one_marks_it_as_read_and_leads_on(desk: Desk, tell_it: Tell, account_id: str) -> None:
    tell_it()
    answer = desk.post(f"/notices/{notice_id(desk)}/open")
    assert (answer.status_code, answer.location) == (303, f"/a/{account_id}/tasks")
    assert "Look here" not in desk.get("/notices").text
    assert "Look here" in desk.get("/notices?show=all").text


def test_the_link_of_a_mail_leads_on_and_changes_nothing(
    desk: Desk, tell_it: Tell, account_id: str, vault: Vault, person_id: str
) -> None:
    tell_it()
    assert desk.get(f"/notices/{notice_id(desk)}").location == f"/a/{account_id}/tasks"
    assert count_unread(vault, person_id) == 1


def test_all_are_read_with_one_click_also_without_looking_at_each(
    desk: Desk, tell_it: Tell, vault: Vault, person_id: str
) -> None:
    for _ in range(3):
        tell_it()
    assert desk.post("/notices/read", next="/notices?show=all").location == "/notices?show=all"
    assert count_unread(vault, person_id) == 0


def test_the_list_goes_on_in_pages(desk: Desk, tell_it: Tell) -> None:
    for number in range(60):
        tell_it(f"Number {number:02}")
    first = desk.get("/notices").text
    more = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    seen = first + desk.get(more).text
    assert all(f"Number {number:02}" in seen for number in range(60))


def test_an_empty_centre_says_what_comes_and_that_no_mail_server_is_set_up(desk: Desk) -> None:
    page = desk.get("/notices").text
    assert "Nothing new" in page
    assert "No mail server is set up" in page


def test_what_a_stranger_wrote_is_only_text(desk: Desk, tell_it: Tell) -> None:
    tell_it("<img src=x onerror=alert(1)> {{7*7}}")
    page = desk.get("/notices").text
    assert "<img src=x" not in page
    assert "{{7*7}}" in page


def test_with_the_access_the_notifications_go(desk: Desk, tell_it: Tell, vault: Vault, person_id: str) -> None:
    tell_it()
    there = notice_id(desk)
    with vault.database.transaction() as session:
        session.query(Membership).filter_by(user_id=person_id).delete()
    assert "Look here" not in desk.get("/notices?show=all").text
    assert desk.get(f"/notices/{there}").status_code == 404


def test_a_person_chooses_how_to_be_told(desk: Desk, vault: Vault, person_id: str) -> None:
    chosen = {
        "digest": "weekly", "digest_hour": "7", "digest_weekday": "4", "time_zone": "Europe/Paris",
        "quiet_from": "20", "quiet_until": "7", "critical_breaks_quiet": "y",
        "app-reminder": "1", "mail-reminder": "at_once", "mail-commented": "rubbish",
    }  # fmt: skip
    assert desk.post("/profile/notices", **chosen).status_code == 303
    kept = read_choices(vault, person_id)
    assert (kept.digest, kept.digest_hour, kept.digest_weekday) == ("weekly", 7, 4)
    assert (kept.quiet, kept.critical_breaks_quiet, kept.time_zone) == ((20, 7), True, "Europe/Paris")
    reminder, commented = kept.channels[NoticeKind.REMINDER], kept.channels[NoticeKind.COMMENTED]
    assert (reminder.in_app, reminder.mail, commented.in_app, commented.mail) == (True, "at_once", False, "never")
    page = desk.get("/profile/notices").text
    assert '<option selected value="20">20:00</option>' in page


def test_quiet_hours_that_never_end_and_zones_that_do_not_exist_are_refused(desk: Desk) -> None:
    good = {"digest": "daily", "digest_hour": "7", "digest_weekday": "0", "time_zone": "UTC"}
    for until in ("7", ""):
        assert desk.post("/profile/notices", **good, quiet_from="7", quiet_until=until).status_code == 422
    assert desk.post("/profile/notices", **{**good, "time_zone": "Mars/Olympus"}).status_code == 422


def test_the_link_that_stops_mails_asks_first_and_needs_neither_a_session_nor_a_form(
    app: Flask, desk: Desk, vault: Vault, person_id: str
) -> None:
    address, stranger = f"/stop-mails/{stop_token(vault, person_id)}", app.test_client()
    assert "Stop all mails?" in stranger.get(address).text
    assert read_choices(vault, person_id).stopped_at is None
    assert "No more mails" in stranger.post(address, data={"List-Unsubscribe": "One-Click"}).text
    assert read_choices(vault, person_id).stopped_at == vault.clock()
    assert stranger.post(address[:-1] + "x").status_code == 404
    assert "You have stopped all mails" in desk.get("/profile/notices").text


@pytest.fixture
def chief(vault: Vault, person_id: str, desk: Desk) -> Desk:
    with vault.database.transaction() as session:
        session.get_one(User, person_id).is_administrator = True
    return desk


def test_without_a_mail_server_the_administrator_is_told_what_to_set(chief: Desk) -> None:
    assert "VAULT_SMTP_URL" in chief.get("/mails").text
    assert chief.post("/mails/test").status_code == 303
    assert "No mail server is set up." in chief.get("/mails").text


def test_the_administrator_sees_which_mails_are_stuck_and_has_them_sent_again(
    vault: Vault, chief: Desk, person_id: str
) -> None:
    settings = replace(vault.settings, smtp_url="smtp://user:kiesel@mail.example", mail_from="v@x.example")
    served = create_app(vault=replace(vault, settings=settings))
    stuck = new_mail(vault, person_id, "notices", "n1")
    stuck.state, stuck.failures, stuck.error = "failed", 16, "The mail server said: later (answer 451)."
    with vault.database.transaction() as session:
        session.add(stuck)
    at_server = replace(sit_down(served, person_id, ""), base="")
    page = at_server.get("/mails").text
    assert "mail.example:587" in page
    assert "answer 451" in page
    assert "kiesel" not in page
    assert at_server.post(f"/mails/{stuck.id}/again").status_code == 303
    assert "Everything was delivered" in at_server.get("/mails").text
    assert at_server.post(f"/mails/{stuck.id}/again").status_code == 409
