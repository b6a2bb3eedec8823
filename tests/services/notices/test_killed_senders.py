"""Senders as processes of their own: side by side, and killed in the middle of a conversation with the mail server."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.servers.mail import RunningMailServer
from tests.servers.service import environment_of
from tests.servers.waiting import wait_until
from tests.services.notices.conftest import Office
from vault.db.entities.notices import MailState
from vault.domain.findings import Severity
from vault.services.notices.digests import gather
from vault.services.notices.mail_queue import LEASE
from vault.services.notices.mails import send_due
from vault.services.notices.reminders import sweep

_ROOT = Path(__file__).parents[3]
_SENDER = """
import os, sys
from datetime import datetime
from vault.config import Settings
from vault.services.notices.mails import send_due
from vault.services.vault import open_vault
vault = open_vault(Settings.from_environment(os.environ), lambda: datetime.fromisoformat(sys.argv[1]))
send_due(vault)
vault.close()
"""


def start_sender(office: Office, now: datetime) -> "subprocess.Popen[bytes]":
    environment = {**environment_of(office.vault.settings), "PYTHONPATH": str(_ROOT)}
    command = [sys.executable, "-c", _SENDER, now.isoformat()]
    return subprocess.Popen(command, env={**os.environ, **environment}, cwd=_ROOT)


@pytest.fixture
def waiting(posting: Office) -> Office:
    """An office with a mail to each of its four people on the way."""
    for name in ("owner", "manager", "assistant", "auditor"):
        posting.add_task(due_in=1, severity=Severity.CRITICAL, assignee=name, opened_ago=0)
    sweep(posting.vault)
    gather(posting.vault)
    assert len(posting.mails()) == 4
    return posting


def test_two_senders_side_by_side_send_each_mail_once(waiting: Office, mail: RunningMailServer) -> None:
    senders = [start_sender(waiting, waiting.clock()) for _ in range(2)]
    assert [sender.wait(180) for sender in senders] == [0, 0]
    assert Counter(mail.behaviour.recipients) == dict.fromkeys(
        (f"{name}@lavandine.example" for name in ("owner", "manager", "assistant", "auditor")), 1
    )
    assert {each.state for each in waiting.mails()} == {MailState.SENT}


@pytest.mark.fault
def test_a_sender_that_is_killed_before_it_knew_the_answer_leaves_one_mail_that_comes_twice_under_one_id(
    waiting: Office, mail: RunningMailServer
) -> None:
    mail.behaviour.is_held = True
    killed = start_sender(waiting, waiting.clock())
    wait_until(lambda: mail.behaviour.taken, "the server has the text of a mail", seconds=120)
    killed.send_signal(signal.SIGKILL)
    killed.wait(10)
    mail.behaviour.is_held = False
    assert send_due(waiting.vault) == 3
    assert send_due(waiting.vault) == 0
    waiting.clock.advance(LEASE + timedelta(seconds=1))
    assert send_due(waiting.vault) == 1
    copies = Counter(message["Message-ID"] for message in mail.behaviour.taken)
    assert sorted(copies.values()) == [1, 1, 1, 2]
    assert {each.state for each in waiting.mails()} == {MailState.SENT}


@pytest.mark.fault
def test_a_sender_that_is_killed_while_the_server_has_nothing_yet_loses_nothing(
    waiting: Office, mail: RunningMailServer
) -> None:
    mail.behaviour.is_held, mail.behaviour.hang_up = True, True
    mail.behaviour.takes_before_hanging_up = False
    killed = start_sender(waiting, waiting.clock())
    wait_until(lambda: mail.behaviour.conversations, "a conversation has begun", seconds=120)
    killed.send_signal(signal.SIGKILL)
    killed.wait(10)
    mail.behaviour.is_held = mail.behaviour.hang_up = False
    waiting.clock.advance(LEASE + timedelta(seconds=1))
    assert send_due(waiting.vault) == 4
    assert len(mail.behaviour.taken) == 4
