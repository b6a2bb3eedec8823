"""Audits: what Amazon demanded, the evidence for it, what was sent, and what came back."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import AccountId, Base, Id
from vault.domain.audits import AuditState


class EventKind(StrEnum):
    """What happened between the business, Amazon and others while an audit was open."""

    NOTICE = "notice"
    NOTE = "note"
    CALL = "call"
    RECEIVED = "received"  # a message that came in
    WRITTEN = "written"  # a message that went out
    SENT = "sent"  # a bundle
    ANSWERED = "answered"  # Amazon has replied, and has not decided
    WON = "won"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    OUTCOME = "outcome"  # one of these four, which earlier versions did not tell apart


class Audit(Base):
    """One demand from Amazon. What the notice says is proposed by the machine and counts once a person confirmed it.

    `kind` is an `AuditKind`, empty until it is confirmed; `state` an `AuditState`. `notice_text` is the notice as it was
    pasted; where it was uploaded, its text is that of `notice_document_id`. `noticed_on`: the day of the notification,
    from which windows are counted back. `asked_for`: what the notice asks for, codes of `vault.domain.audits.Request`.
    `marketplace`: the store's two letters. `acknowledged_at`: when Amazon was told that the papers are being gathered.
    `gathered_at`: when looking through the invoices last found something new, None until they were looked through at all.
    It is being done, or is to be done again, while there is a job for it.
    """

    __tablename__ = "audits"
    __table_args__ = (Index("ix_audits_account_id_state", "account_id", "state", "deadline", "id"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default=AuditState.DRAFT)
    case_id: Mapped[str] = mapped_column(String(60), default="")
    marketplace: Mapped[str] = mapped_column(String(2), default="")
    language: Mapped[str] = mapped_column(String(2), default="en")
    notice_text: Mapped[str] = mapped_column(Text, default="")
    notice_document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id"))
    noticed_on: Mapped[date | None]
    deadline: Mapped[datetime | None]
    asked_for: Mapped[list[Any]]
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str | None] = mapped_column(String(40))
    acknowledged_at: Mapped[datetime | None]
    gathered_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(40))


class AuditProduct(Base):
    """A product that the notice names. `product_id` where the catalogue knows the ASIN."""

    __tablename__ = "audit_products"
    __table_args__ = (UniqueConstraint("audit_id", "asin"),)

    id: Mapped[Id]
    audit_id: Mapped[str] = mapped_column(ForeignKey("audits.id"))
    asin: Mapped[str] = mapped_column(String(10))
    product_id: Mapped[str | None] = mapped_column(ForeignKey("products.id"))


class AuditOrder(Base):
    """An order that the notice names, ``302-1234567-1234567``."""

    __tablename__ = "audit_orders"
    __table_args__ = (UniqueConstraint("audit_id", "number"),)

    id: Mapped[Id]
    audit_id: Mapped[str] = mapped_column(ForeignKey("audits.id"))
    number: Mapped[str] = mapped_column(String(20))


class AuditEvidence(Base):
    """What a person decided about one document in one part of the evidence: it goes in, or it stays out.

    `part` is the name of a part in the rule book's list for the kind of audit; `asin` the product that it is evidence
    of, empty where it is about the whole. What nobody has decided is proposed anew each time.
    """

    __tablename__ = "audit_evidence"
    __table_args__ = (UniqueConstraint("audit_id", "part", "asin", "document_id"),)

    id: Mapped[Id]
    audit_id: Mapped[str] = mapped_column(ForeignKey("audits.id"))
    part: Mapped[str] = mapped_column(String(40))
    asin: Mapped[str] = mapped_column(String(10), default="")
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    is_in: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(40))


class AuditInvoice(Base):
    """An invoice with a product of the audit, judged under the audit's profile as of the day of the notice.

    `quantities`: ``{"B0…": ["40", ""]}``, as read on the lines of each product, empty where unread.
    `findings`: those that are gaps, as `vault.services.findings.dump_finding` writes them. `credits`: of a credit note
    the ids of the documents whose numbers it names; empty where it names none of the account's, None for anything else.
    """

    __tablename__ = "audit_invoices"
    __table_args__ = (UniqueConstraint("audit_id", "document_id"),)

    id: Mapped[Id]
    audit_id: Mapped[str] = mapped_column(ForeignKey("audits.id"))
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    verdict: Mapped[str] = mapped_column(String(10))
    quantities: Mapped[dict[str, Any]]
    findings: Mapped[list[Any]]
    credits: Mapped[list[Any] | None]


class AuditEvent(Base):
    """One entry of the timeline: what happened at `happened_at`, as `made_by` wrote it down. Never changed afterwards.

    `taken_back_at`: since then a person says that it did not happen after all.
    """

    __tablename__ = "audit_events"
    __table_args__ = (Index("ix_audit_events_audit_id", "audit_id", "happened_at", "id"),)

    id: Mapped[Id]
    audit_id: Mapped[str] = mapped_column(ForeignKey("audits.id"))
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id"))
    happened_at: Mapped[datetime]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(40))
    taken_back_at: Mapped[datetime | None]


class AuditBundle(Base):
    """A bundle that was made for an audit, and whether it was sent.

    `brief`: everything that the making reads, as it was when the bundle was asked for (`vault.services.bundles.briefs`).
    `contents`: the digest of its files; two bundles with equal contents have equal bytes. `left_out`: documents of which
    there is no copy in it, each with the reason; `flaws`: what keeps its PDFs from conforming to PDF/A; `problem`:
    ``{"text", "params"}``, why it could not be made. `sent_over`: the way, in the words of who sent it.
    """

    __tablename__ = "audit_bundles"
    __table_args__ = (Index("ix_audit_bundles_audit_id", "audit_id", "made_at", "id"),)

    id: Mapped[Id]
    audit_id: Mapped[str] = mapped_column(ForeignKey("audits.id"))
    contents: Mapped[str] = mapped_column(String(64), default="")
    options: Mapped[dict[str, Any]]
    brief: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    left_out: Mapped[list[Any] | None]
    flaws: Mapped[list[Any] | None]
    problem: Mapped[dict[str, Any] | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(40))
    finished_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    sent_by: Mapped[str | None] = mapped_column(String(40))
    sent_over: Mapped[str] = mapped_column(String(200), default="")


class AuditBundleFile(Base):
    """One file of a bundle, in order: a channel's limit of size may ask for several. Each is a document of the vault."""

    __tablename__ = "audit_bundle_files"
    __table_args__ = (UniqueConstraint("bundle_id", "position"),)

    id: Mapped[Id]
    bundle_id: Mapped[str] = mapped_column(ForeignKey("audit_bundles.id"))
    position: Mapped[int]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)


class AuditGuest(Base):
    """Somebody outside who may look at one audit until `expires_at`. Only the digest of the secret address is kept.

    `may_have_bundles`: whether the files of its bundles may be had as well; None of those who were never asked about.
    """

    __tablename__ = "audit_guests"
    __table_args__ = (UniqueConstraint("secret_hash"), Index("ix_audit_guests_audit_id", "audit_id", "created_at"))

    id: Mapped[Id]
    audit_id: Mapped[str] = mapped_column(ForeignKey("audits.id"))
    name: Mapped[str] = mapped_column(String(200))
    secret_hash: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]
    may_have_bundles: Mapped[bool | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(40))
