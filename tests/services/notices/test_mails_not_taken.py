"""What happens to mails that the mail server puts off, refuses or loses, and to those whose sender dies."""

from datetime import timedelta

import pytest

from tests.servers.mail import RunningMailServer
from tests.services.notices.conftest import Office
from vault.db.entities.notices import MailState
from vault.db.entities.people import User
from vault.domain.findings import Severity
from vault.services.notices import mail_queue
from vault.services.notices.choices import read_choices
from vault.services.notices.digests import gather
from vault.services.notices.mails import send_due
from vault.services.notices.reminders import sweep
from vault.services.people.profile import change_email
from vault.services.people.users import find


def test_a_mail_that_is_put_off_waits_longer_each_time_and_is_given_up_where_an_administrator_sees_it(
    posting: Office, mail: RunningMailServer
) -> None:
    posting.employ("chief", None, administrator=True)
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    mail.behaviour.answer_to_recipient = "451 later"
    waits = []
    for _ in range(mail_queue.ATTEMPTS):
        posting.post()
        (row,) = posting.mails("assistant")
        waits.append(row.run_after - posting.clock())
        posting.clock.now = max(row.run_after, posting.clock())
    assert waits[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert max(waits) == timedelta(hours=4)
    assert row.state == MailState.FAILED
    assert "451" in row.error
    assert "A mail was given up" in [each.title["text"] for each in posting.told("chief")]
    assert mail.behaviour.conversations == mail_queue.ATTEMPTS


def test_a_refused_address_is_not_tried_again_and_counts_as_unreachable_until_a_mail_gets_through(
    posting: Office, mail: RunningMailServer
) -> None:
    posting.employ("chief", None, administrator=True)
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    mail.behaviour.answer_to_recipient = "550 nobody of that name"
    posting.post()
    (row,) = posting.mails("assistant")
    assert row.state == MailState.FAILED
    assert posting.kinds("chief") == ["trouble"]
    assert read_choices(posting.vault, posting.people["assistant"]).refused_at is not None
    mail.behaviour.answer_to_recipient = ""
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    assert posting.post() == 1
    assert read_choices(posting.vault, posting.people["assistant"]).refused_at is None


def test_after_a_lost_connection_the_second_copy_has_the_same_message_id(
    posting: Office, mail: RunningMailServer
) -> None:
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    mail.behaviour.hang_up = True
    assert posting.post() == 0
    mail.behaviour.hang_up = False
    posting.clock.advance(timedelta(minutes=2))
    assert posting.post() == 1
    assert len({message["Message-ID"] for message in mail.behaviour.taken}) == 1
    assert len(mail.behaviour.taken) == 2


def test_a_dead_server_is_asked_once_a_turn_and_not_once_for_each_mail(
    posting: Office, mail: RunningMailServer
) -> None:
    for name in ("assistant", "manager", "owner"):
        posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee=name, opened_ago=0)
    mail.behaviour.hang_up, mail.behaviour.takes_before_hanging_up = True, False
    assert posting.post() == 0
    assert mail.behaviour.conversations == 1


def test_two_senders_never_have_the_same_mail_and_one_that_died_leaves_it_to_the_next(
    posting: Office, mail: RunningMailServer
) -> None:
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    sweep(posting.vault)
    gather(posting.vault)
    first = mail_queue.claim(posting.vault)
    assert first is not None
    assert mail_queue.claim(posting.vault) is None
    posting.clock.advance(mail_queue.LEASE + timedelta(seconds=1))
    second = mail_queue.claim(posting.vault)
    assert second is not None
    assert (second.attempt, second.failures) == (2, 1)
    with posting.vault.database.transaction() as session:
        assert not mail_queue.end(session, posting.vault, first, MailState.SENT)
        assert mail_queue.end(session, posting.vault, second, MailState.SENT)
    assert send_due(posting.vault) == 0


@pytest.mark.parametrize("address", ["jürgen@lavandine.example", "a,b@lavandine.example"])
def test_an_address_that_cannot_be_written_to_is_given_up_and_stops_nobody_elses_mail(
    posting: Office, mail: RunningMailServer, address: str
) -> None:
    with posting.vault.database.transaction() as session:
        session.get_one(User, posting.people["assistant"]).email = address
    for name in ("assistant", "manager"):
        posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee=name, opened_ago=0)
    assert posting.post() == 1
    assert [each.state for each in posting.mails("assistant")] == [MailState.FAILED]
    person = find(posting.vault, posting.people["assistant"])
    assert person is not None
    change_email(posting.vault, person, "new@lavandine.example")
    assert read_choices(posting.vault, person.id).refused_at is None


def test_a_mail_that_kills_whoever_sends_it_is_given_up_in_the_end(posting: Office, mail: RunningMailServer) -> None:
    posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee="assistant", opened_ago=0)
    sweep(posting.vault)
    gather(posting.vault)
    claimed = [mail_queue.claim(posting.vault)]
    while claimed[-1] is not None:
        posting.clock.advance(mail_queue.LEASE + timedelta(seconds=1))
        claimed.append(mail_queue.claim(posting.vault))
    assert len(claimed) == mail_queue.ATTEMPTS + 1
    assert [each.state for each in posting.mails()] == [MailState.FAILED]
