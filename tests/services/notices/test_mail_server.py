"""Talking to a real mail server: what is taken, what is put off, what is refused, and what is never sent in the open."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.servers.mail import PASSWORD, USER, RunningMailServer, running_mail_server
from tests.servers.service import free_port
from vault.config import Settings
from vault.domain.errors import Misconfigured
from vault.services.notices.mail_server import MailPostponed, MailRefused, MailServer, mail_server

SENDER = "vault@lavandine.example"


@pytest.fixture
def message() -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"], made["Message-ID"] = "Hello", SENDER, "ada@x.example", "<1@x.example>"
    made.set_content("Good morning.")
    return made


def server_at(url: str) -> MailServer:
    found = mail_server(Settings(smtp_url=url, mail_from=SENDER))
    assert found is not None
    return found


def test_a_mail_is_handed_in_encrypted_with_user_and_password(mail: RunningMailServer, message: EmailMessage) -> None:
    server_at(mail.url).send(message)
    assert mail.behaviour.subjects == ["Hello"]


def test_the_password_may_stand_in_a_file(mail: RunningMailServer, message: EmailMessage, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text(f"{PASSWORD}\n")
    url = f"smtp://{USER}@localhost:{mail.port}"
    found = mail_server(Settings(smtp_url=url, smtp_password_file=secret, mail_from=SENDER))
    assert found is not None
    found.send(message)
    assert len(mail.behaviour.taken) == 1


def test_a_wrong_password_a_wrong_certificate_and_a_dead_server_put_the_mail_off(
    mail: RunningMailServer, message: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MailPostponed, match="user and password") as failed:
        replace(server_at(mail.url), password="wrong").send(message)
    assert failed.value.reason == "sign_in"
    with pytest.raises(MailPostponed) as failed:
        server_at(f"smtp://localhost:{free_port()}").send(message)
    assert failed.value.reason == "away"
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(MailPostponed) as failed:
        server_at(mail.url).send(message)
    assert failed.value.reason == "tls"
    assert mail.behaviour.taken == []


def test_a_server_without_starttls_gets_neither_password_nor_mail(tmp_path: Path, message: EmailMessage) -> None:
    with running_mail_server(tmp_path, offers_tls=False) as open_server:
        with pytest.raises(MailPostponed) as failed:
            server_at(open_server.url).send(message)
        assert failed.value.reason == "tls"
        assert open_server.behaviour.taken == []
        server_at(f"smtp+plain://localhost:{open_server.port}").send(message)
        assert len(open_server.behaviour.taken) == 1


@pytest.mark.parametrize("place", ["answer_to_recipient", "answer_to_text"])
def test_later_is_told_apart_from_never(mail: RunningMailServer, message: EmailMessage, place: str) -> None:
    setattr(mail.behaviour, place, "451 come back later")
    with pytest.raises(MailPostponed, match="451"):
        server_at(mail.url).send(message)
    setattr(mail.behaviour, place, "550 nobody of that name")
    with pytest.raises(MailRefused, match="550") as refused:
        server_at(mail.url).send(message)
    assert refused.value.is_address == (place == "answer_to_recipient")


def test_a_connection_lost_after_the_text_puts_the_mail_off(mail: RunningMailServer, message: EmailMessage) -> None:
    mail.behaviour.hang_up = True
    with pytest.raises(MailPostponed) as failed:
        server_at(mail.url).send(message)
    assert failed.value.reason == "lost"


@pytest.mark.parametrize(
    "url",
    [
        "imap://x.example", "smtp://", "smtp://user@x.example", "smtp+plain://user:kiesel@x.example", "smtp://x:y:z",
        "smtp://user:kiesel@x.example/?tls=none", "smtp://user:kiesel@x.example:99999",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_stops_the_start_without_naming_the_password(url: str) -> None:
    with pytest.raises(Misconfigured, match="VAULT_SMTP_URL") as refused:
        mail_server(Settings(smtp_url=url, mail_from=SENDER))
    assert "kiesel" not in str(refused.value)
    assert "kiesel" not in repr(Settings(smtp_url=url))


@pytest.mark.parametrize("sender", ["", "nobody", "a@b.example\nBcc: x@y.example"])
def test_mails_come_from_somebody(sender: str) -> None:
    with pytest.raises(Misconfigured, match="VAULT_MAIL_FROM"):
        mail_server(Settings(smtp_url="smtp://x.example", mail_from=sender))


def test_no_server_is_no_mistake() -> None:
    assert mail_server(Settings()) is None
