"""Mails over a real mail server: who gets what and when, once each, and what happens when it is not taken."""

from datetime import date, timedelta

import pytest

from tests.servers.mail import RunningMailServer
from tests.services.notices.conftest import Office
from vault.db.entities.notices import MailBy, MailState
from vault.db.entities.people import User
from vault.db.entities.work import TaskState
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.findings import Severity
from vault.domain.roles import Role
from vault.services.notices import mails
from vault.services.notices.choices import Channels, Choices, Digest, NoticeKind
from vault.services.notices.digests import gather
from vault.services.notices.mail_stop import stop_mails, stop_token
from vault.services.notices.mails import send_due
from vault.services.notices.notices import mark_all_read
from vault.services.notices.old_notices import forget_old_notices
from vault.services.notices.reminders import sweep


def test_what_is_critical_is_mailed_at_once_and_the_rest_in_the_digest(
    posting: Office, mail: RunningMailServer
) -> None:
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0, title="Account frozen")
    posting.add_task(due_in=7, assignee="assistant", title="The invoice names no date")
    assert posting.post() == 1
    assert mail.behaviour.subjects == ["Lavandine: Account frozen"]
    posting.on(date(2026, 11, 1), hour=8)
    assert posting.post() == 1
    assert mail.behaviour.subjects[1:] == ["Lavandine: 1 thing to know"]
    assert mail.behaviour.recipients == ["assistant@lavandine.example"] * 2


def test_a_mail_has_a_text_that_stands_alone_links_and_a_way_to_stop(posting: Office, mail: RunningMailServer) -> None:
    posting.add_task(due_in=-3, assignee="assistant", title="Two accounts share a card")
    posting.post()
    posting.clock.advance(timedelta(days=1))
    posting.post()
    message = mail.behaviour.taken[0]
    text, page = message.get_body(("plain",)), message.get_body(("html",))
    assert text is not None
    assert page is not None
    notices = {each.id for each in posting.told("assistant")}
    for part in (text.get_content(), page.get_content()):
        assert "Two accounts share a card" in part
        assert "Overdue for 3 days, since Oct 28, 2026." in part
        assert all(f"http://127.0.0.1:8080/notices/{each}" in part for each in notices)
        assert "http://127.0.0.1:8080/profile/notices" in part
    assert message["List-Unsubscribe"].startswith("<http://127.0.0.1:8080/stop-mails/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"


def test_what_strangers_wrote_stays_text_and_out_of_the_headers(posting: Office, mail: RunningMailServer) -> None:
    evil = "<script>x</script> {{7*7}}\r\nBcc: thief@x.example\r\n\r\nbody"
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0, title=evil)
    assert posting.post() == 1
    message = mail.behaviour.taken[0]
    page = message.get_body(("html",))
    assert page is not None
    assert message["Bcc"] is None
    assert mail.behaviour.recipients == ["assistant@lavandine.example"]
    assert "<script>" not in page.get_content()
    assert "49" not in message["Subject"]


def test_many_critical_things_at_once_are_one_mail(posting: Office, mail: RunningMailServer) -> None:
    for number in range(5):
        posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0, title=f"No {number}")
    assert posting.post() == 1
    assert mail.behaviour.subjects[0].endswith("and 4 more")


def test_digests_are_sent_once_a_day_however_often_one_looks_and_once_after_a_rest(
    posting: Office, mail: RunningMailServer
) -> None:
    posting.add_task(due_in=-1, assignee="assistant")
    posting.add_task(due_in=20, assignee="assistant")
    assert posting.post() == 0  # due yesterday at eight, when there was nothing
    assert sum(_post_at(posting, date(2026, 11, 1), hour) for hour in range(24)) == 1
    posting.on(date(2026, 12, 24))
    assert [posting.post() for _ in range(3)] == [0, 0, 0]  # told today: tomorrow's
    posting.on(date(2026, 12, 25), hour=8)
    assert [posting.post() for _ in range(3)] == [1, 0, 0]


def _post_at(office: Office, day: date, hour: int) -> int:
    office.on(day, hour)
    return office.post()


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/New_York"])
def test_the_weeks_around_the_change_of_clocks_have_one_digest_a_day(
    posting: Office, mail: RunningMailServer, zone: str
) -> None:
    posting.choose("assistant", Choices(zone, digest_hour=2))
    posting.on(date(2026, 10, 23), hour=0)
    for day in range(1, 22):
        posting.add_task(due_in=day, assignee="assistant")
    for _ in range(14 * 4):
        posting.clock.advance(timedelta(hours=6))
        posting.post()
    days = sorted(date.fromisoformat(each.key.rpartition(":")[2]) for each in posting.mails("assistant"))
    assert days == [days[0] + timedelta(nth) for nth in range(len(days))]
    assert {date(2026, 10, 25), date(2026, 11, 1)} <= set(days)
    assert len(mail.behaviour.taken) == len(days)


def test_a_weekly_reader_gets_one_mail_a_week(posting: Office, mail: RunningMailServer) -> None:
    posting.choose("assistant", Choices("UTC", digest=Digest.WEEKLY, digest_weekday=4))
    for due_in in range(1, 25):
        posting.add_task(due_in=due_in, assignee="assistant")
    for _ in range(21):
        posting.clock.advance(timedelta(days=1))
        posting.post()
    assert len(mail.behaviour.taken) == 3


def test_mails_wait_for_the_end_of_quiet_hours_and_critical_ones_break_them_only_when_asked_to(
    posting: Office, mail: RunningMailServer
) -> None:
    posting.choose("assistant", Choices("UTC", quiet=(8, 12)))
    posting.choose("manager", Choices("UTC", quiet=(8, 12), critical_breaks_quiet=True))
    for name in ("assistant", "manager"):
        posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee=name, opened_ago=0)
    assert posting.post() == 1
    assert mail.behaviour.recipients == ["manager@lavandine.example"]
    posting.on(date(2026, 10, 31), hour=12)
    assert posting.post() == 1


def test_a_mail_that_was_made_before_quiet_hours_waits_too(posting: Office, mail: RunningMailServer) -> None:
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    sweep(posting.vault)
    gather(posting.vault)
    posting.choose("assistant", Choices("UTC", quiet=(8, 12)))
    assert send_due(posting.vault) == 0
    posting.on(date(2026, 10, 31), hour=12)
    assert send_due(posting.vault) == 1


def test_each_kind_goes_where_the_person_wants_it(posting: Office, mail: RunningMailServer) -> None:
    channels = {kind: Channels(in_app=False, mail=MailBy.NEVER) for kind in NoticeKind}
    channels[NoticeKind.REMINDER] = Channels(in_app=True, mail=MailBy.AT_ONCE)
    posting.choose("assistant", Choices("UTC", channels=channels))
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0, title="Frozen")
    posting.add_task(due_in=7, assignee="assistant", title="Soon")
    assert posting.post() == 1
    assert mail.behaviour.subjects == ["Lavandine: Soon"]
    assert {each.kind for each in posting.told("assistant") if each.in_app} == {"reminder"}


@pytest.mark.parametrize("loss", ["access", "disabled", "second account"])
def test_who_lost_access_gets_nothing_more_also_from_mails_made_before(
    posting: Office, mail: RunningMailServer, loss: str
) -> None:
    posting.open_account("Second")
    posting.join("assistant", "Second", Role.AUDITOR)
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", other="Second", opened_ago=0)
    sweep(posting.vault)
    gather(posting.vault)
    if loss == "disabled":
        with posting.vault.database.transaction() as session:
            session.get_one(User, posting.people["assistant"]).disabled_at = posting.clock()
    else:
        posting.leave("assistant", "Second" if loss == "second account" else "Lavandine")
    assert send_due(posting.vault) == 0
    assert [each.state for each in posting.mails("assistant")] == [MailState.DROPPED]
    assert mail.behaviour.taken == []


@pytest.mark.parametrize("how", ["done", "read"])
def test_what_is_settled_or_read_by_then_is_not_mailed(posting: Office, mail: RunningMailServer, how: str) -> None:
    task_id = posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    sweep(posting.vault)
    gather(posting.vault)
    if how == "done":
        posting.change(task_id, state=TaskState.DONE)
    else:
        mark_all_read(posting.vault, posting.actor("assistant"))
    assert send_due(posting.vault) == 0
    assert mail.behaviour.taken == []


def test_a_link_stops_all_mails_without_signing_in_until_the_person_chooses_anew(
    posting: Office, mail: RunningMailServer
) -> None:
    token = stop_token(posting.vault, posting.people["assistant"])
    for wrong in (token[:-1] + "x", token.replace(posting.people["assistant"], posting.people["owner"]), "", "é."):
        with pytest.raises(NotFound):
            stop_mails(posting.vault, wrong)
    stop_mails(posting.vault, token)
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    assert posting.post() == 0
    assert posting.kinds("assistant") == ["opened"]
    posting.choose("assistant", Choices("UTC"))
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    assert posting.post() == 1


def test_an_administrator_can_try_the_way(posting: Office, mail: RunningMailServer) -> None:
    posting.employ("chief", None, administrator=True)
    mails.ask_for_test_mail(posting.vault, posting.actor("chief"))
    assert send_due(posting.vault) == 1
    assert mail.behaviour.recipients == ["chief@lavandine.example"]
    with pytest.raises(Forbidden):
        mails.ask_for_test_mail(posting.vault, posting.actor("owner"))


def test_without_a_mail_server_everything_else_works(office: Office) -> None:
    office.employ("chief", None, administrator=True)
    office.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    assert office.post() == 0
    assert office.kinds("assistant") == ["opened"]
    assert office.mails() == []
    with pytest.raises(Invalid, match="VAULT_SMTP_URL"):
        mails.ask_for_test_mail(office.vault, office.actor("chief"))


def test_a_mail_server_that_comes_late_does_not_bring_up_old_news(posting: Office, mail: RunningMailServer) -> None:
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    sweep(posting.vault)
    posting.clock.advance(timedelta(days=9))
    gather(posting.vault)
    assert posting.mails() == []


def test_notifications_and_mails_of_long_ago_are_forgotten(posting: Office, mail: RunningMailServer) -> None:
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    assert posting.post() == 1
    assert forget_old_notices(posting.vault) == 0
    posting.clock.advance(timedelta(days=401))
    assert forget_old_notices(posting.vault) == 1
    assert posting.mails() == posting.told("assistant") == []
