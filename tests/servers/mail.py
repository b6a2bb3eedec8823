"""A real mail server on loopback that keeps what it takes, and misbehaves when it is told to."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers.service import free_port

USER, PASSWORD = "vault", "kiesel-lampe-47"


@dataclass
class MailBehaviour:
    """What the server does next. `answer_to_recipient` and `answer_to_text`: replies instead of taking it, empty: takes.

    `is_held`: it has the text and says nothing for now. `hang_up`: after it has the text, and maybe has taken it, the
    connection is cut before an answer.
    """

    answer_to_recipient: str = ""
    answer_to_text: str = ""
    is_held: bool = False
    hang_up: bool = False
    takes_before_hanging_up: bool = True
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    conversations: int = 0

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        self.conversations += 1
        if self.answer_to_recipient:
            return self.answer_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer_to_text:
            return self.answer_to_text
        content = envelope.content
        assert isinstance(content, bytes)
        if not self.hang_up or self.takes_before_hanging_up:
            parsed = message_from_bytes(content, policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            self.taken.append(parsed)
            self.recipients += envelope.rcpt_tos
        while self.is_held:
            await asyncio.sleep(0.02)
        if self.hang_up:
            assert server.transport is not None
            server.transport.abort()
        return "250 taken"

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.taken]


@dataclass(frozen=True)
class RunningMailServer:
    """`authority`: the certificate that a client has to trust."""

    behaviour: MailBehaviour
    port: int
    authority: Path

    @property
    def url(self) -> str:
        return f"smtp://{USER}:{PASSWORD}@localhost:{self.port}"


@contextmanager
def running_mail_server(folder: Path, *, offers_tls: bool = True) -> Iterator[RunningMailServer]:
    """A server with STARTTLS that wants a user and password after it, or without either."""
    certificate, key = _certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    behaviour, port = MailBehaviour(), free_port()
    options: dict[str, Any] = {"tls_context": context, "require_starttls": True} if offers_tls else {}
    if offers_tls:
        options |= {"authenticator": _authenticate, "auth_required": True}
    controller = Controller(behaviour, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield RunningMailServer(behaviour, port, certificate)
    finally:
        controller.stop()


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=is_right)


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, key_file = folder / "mail.pem", folder / "mail.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    key_file.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return certificate, key_file
