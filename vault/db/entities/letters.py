"""Letters of an audit: what people say in them, and the texts as they stand."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import Base, Id
from vault.domain.ids import ID_LENGTH


class AuditAnswer(Base):
    """What people say to Amazon, from which the answer is written.

    `points`: ``[{"point", "answer", "proofs"}]``, `actions`: ``[{"what", "done_on", "proofs"}]``, where `proofs` are
    ids of documents that go in; `prevention`: sentences. `answer_on`: the day that the acknowledgement promises.
    """

    __tablename__ = "audit_answers"

    audit_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("audits.id"), primary_key=True)
    points: Mapped[list[Any]]
    root_cause: Mapped[str] = mapped_column(Text, default="")
    actions: Mapped[list[Any]]
    prevention: Mapped[list[Any]]
    signer_name: Mapped[str] = mapped_column(String(200), default="")
    signer_role: Mapped[str] = mapped_column(String(200), default="")
    answer_on: Mapped[date | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(40))


class AuditLetter(Base):
    """The text of a letter that a person has edited; one that nobody has is written anew from the facts each time.

    `kind` is a `vault.letters.facts.LetterKind`; `supplier_id` says whom a request goes to, empty for letters to Amazon.
    `written_from`: the digest of the text that the facts gave when it was edited: where that is another one now, the
    facts have changed since.
    """

    __tablename__ = "audit_letters"
    __table_args__ = (UniqueConstraint("audit_id", "kind", "supplier_id", "language"),)

    id: Mapped[Id]
    audit_id: Mapped[str] = mapped_column(ForeignKey("audits.id"))
    kind: Mapped[str] = mapped_column(String(20))
    supplier_id: Mapped[str] = mapped_column(String(ID_LENGTH), default="")
    language: Mapped[str] = mapped_column(String(2))
    text: Mapped[str] = mapped_column(Text)
    written_from: Mapped[str] = mapped_column(String(64))
    edited_at: Mapped[datetime]
    edited_by: Mapped[str] = mapped_column(String(40))


class AuditRequest(Base):
    """A mail to a supplier that a person says was sent: for the invoices of which products, and the event that tells of it."""

    __tablename__ = "audit_requests"
    __table_args__ = (Index("ix_audit_requests_audit_id", "audit_id", "asked_at", "id"),)

    id: Mapped[Id]
    audit_id: Mapped[str] = mapped_column(ForeignKey("audits.id"))
    supplier_id: Mapped[str] = mapped_column(ForeignKey("suppliers.id"))
    asins: Mapped[list[Any]]
    event_id: Mapped[str] = mapped_column(ForeignKey("audit_events.id"))
    asked_at: Mapped[datetime]
    asked_by: Mapped[str] = mapped_column(String(40))
