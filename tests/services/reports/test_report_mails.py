"""Reports by mail, over a real mail server: a link and the figures in short, to those who want it, until they stop it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.servers.mail import RunningMailServer, running_mail_server
from tests.shop import Shop
from vault.services.notices.digests import gather
from vault.services.notices.mail_stop import stop_mails
from vault.services.notices.mails import send_due
from vault.services.reports import readers, reports


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningMailServer]:
    with running_mail_server(tmp_path) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        yield server


@pytest.fixture
def posting(shop: Shop, mail: RunningMailServer, clock: Clock) -> Shop:
    """A shop whose vault sends mails, and whose owner wants its reports; October is over."""
    settings = replace(shop.vault.settings, smtp_url=mail.url, mail_from="vault@lavandine.example")
    found = replace(shop, vault=replace(shop.vault, settings=settings))
    readers.want_by_mail(found.vault, found.actor, found.account_id, wanted=True)
    clock.advance(timedelta(days=1))
    return found


def post(shop: Shop, month: int) -> int:
    """Makes the report of a month. Returns how many mails went out after it."""
    reports.make(shop.vault, shop.actor, shop.account_id, date(2026, month, 1))
    gather(shop.vault)
    return send_due(shop.vault)


def test_a_report_is_mailed_as_a_link_with_the_figures_in_short_and_no_file(
    posting: Shop, mail: RunningMailServer
) -> None:
    assert post(posting, 10) == 1
    (message,) = mail.behaviour.taken
    assert mail.behaviour.recipients == ["ada@lavandine.example"]
    assert "The compliance report of 2026-10 is made" in message["Subject"]
    text = message.get_body(("plain",))
    assert text is not None
    assert "Invoices that came in: 0." in text.get_content()
    assert "http://127.0.0.1:8080/notices/" in text.get_content()
    assert list(message.iter_attachments()) == []


def test_who_wants_it_no_longer_gets_no_further_report(posting: Shop, mail: RunningMailServer) -> None:
    post(posting, 9)
    readers.want_by_mail(posting.vault, posting.actor, posting.account_id, wanted=False)
    assert post(posting, 10) == 0
    assert len(mail.behaviour.taken) == 1


def test_the_link_of_the_mail_itself_stops_reports_too(posting: Shop, mail: RunningMailServer) -> None:
    post(posting, 9)
    token = mail.behaviour.taken[0]["List-Unsubscribe"].strip("<>").rpartition("/")[2]
    stop_mails(posting.vault, token)
    assert post(posting, 10) == 0
