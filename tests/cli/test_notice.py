"""`sellervault notice`: what people are told, from the terminal; and a real mail server that gets it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.servers.mail import RunningMailServer, running_mail_server
from tests.shop import Shop
from vault.cli.main import cli
from vault.db.entities.notices import Mail
from vault.domain.errors import Misconfigured, NotFound
from vault.domain.findings import Severity
from vault.services.notices import notices
from vault.services.notices.choices import NoticeKind
from vault.services.notices.notices import News, tell
from vault.services.people import rescue
from vault.services.vault import open_vault


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningMailServer]:
    with running_mail_server(tmp_path) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        monkeypatch.setenv("VAULT_SMTP_URL", server.url)
        monkeypatch.setenv("VAULT_MAIL_FROM", "vault@lavandine.example")
        yield server


@pytest.fixture
def email(shop: Shop) -> str:
    """Of the owner, who was told something grave."""
    vault = open_vault(shop.vault.settings)
    news = News(
        NoticeKind.OPENED,
        "opened:1",
        {"text": "A [red]critical task", "params": {}},
        {"text": "", "params": {}},
        {"endpoint": "tasks.index", "values": {"account_id": shop.account_id}},
        Severity.CRITICAL,
        shop.account_id,
    )
    with vault.database.transaction() as session:
        tell(session, vault, [(news, [shop.actor.id])])
    vault.close()
    return rescue.list_users(shop.vault)[0].email


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["notice", *arguments])


def test_notifications_are_listed_and_marked_as_read(shop: Shop, email: str) -> None:
    listed = run("list", email, "--unread")
    assert listed.exit_code == 0, listed.output
    assert "A [red]critical task" in listed.output
    [row] = notices.list_notices(shop.vault, shop.actor, True).rows
    assert run("read", email, row.id).exit_code == 0
    assert notices.count_unread(shop.vault, shop.actor.id) == 0
    assert row.id not in run("list", email, "--unread").output


def test_all_of_them_are_marked_at_once_but_not_by_accident(shop: Shop, email: str) -> None:
    assert run("read", email).exit_code == 2
    assert notices.count_unread(shop.vault, shop.actor.id) == 1
    assert run("read", email, "--all").exit_code == 0
    assert notices.count_unread(shop.vault, shop.actor.id) == 0


def test_what_is_due_is_shown_without_being_sent_and_then_sent_once(
    shop: Shop, email: str, mail: RunningMailServer
) -> None:
    looked = run("send", "--dry-run")
    assert (looked.exit_code, f"1 notifications for {email}" in looked.output) == (0, True), looked.output
    assert (shop.count(Mail), mail.behaviour.taken) == (0, [])
    assert "1 mails sent" in run("send").output
    assert len(mail.behaviour.taken) == 1
    assert "0 mails sent" in run("send").output


def test_without_a_mail_server_it_says_what_to_set(shop: Shop) -> None:
    assert isinstance(run("send").exception, Misconfigured)
    assert isinstance(run("list", "nobody@x.example").exception, NotFound)
