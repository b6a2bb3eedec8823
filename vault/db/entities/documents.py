"""Documents, what was read from them, and how they were judged."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Computed, Float, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vault.db.entities.accounts import SellerAccount, Supplier
from vault.db.entities.base import AccountId, Base, Id
from vault.domain.papers import PaperKind


class DocumentState(StrEnum):
    """Where a document is on its way; whether it is being read at this moment, its job says.

    `UNREADABLE`: read to an end, with the reason. `QUARANTINED`: killed its reader.
    """

    KEPT = "kept"
    JUDGED = "judged"
    UNREADABLE = "unreadable"
    QUARANTINED = "quarantined"


class Blob(Base):
    """Bytes in the store. Several documents (of different seller accounts) may share one."""

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    stored_at: Mapped[datetime]


class Document(Base):
    """One document of a seller account. The columns after `state` repeat the current reading for the lists.

    `version` rises with every change of a fact that is judged: reading, correction, catalogue pick.
    `kind` is what the machine reads (`DocumentKind`), `paper_kind` what a person says it is (`PaperKind`): None where
    nobody has, then it is taken for a supplier invoice. Of other papers the columns repeat what a person said of them.
    """

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("account_id", "sha256"),
        Index("ix_documents_account_id_uploaded_at", "account_id", "uploaded_at", "id"),
        Index("ix_documents_account_id_issue_date", "account_id", "issue_date", "id"),
        Index("ix_documents_account_id_supplier_name", "account_id", "supplier_name", "id"),
        Index("ix_documents_account_id_total_value", "account_id", "total_value", "id"),
        Index("ix_documents_account_id_verdict", "account_id", "verdict", "uploaded_at", "id"),
        Index("ix_documents_account_id_state", "account_id", "state", "uploaded_at", "id"),
        Index("ix_documents_account_id_kind", "account_id", "kind", "uploaded_at", "id"),
        Index("ix_documents_account_id_paper_kind", "account_id", "paper_kind", "uploaded_at", "id"),
        Index("ix_documents_account_id_supplier_id", "account_id", "supplier_id", "issue_date", "id"),
        Index("ix_documents_account_id_number", "account_id", "number"),
    )

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    sha256: Mapped[str] = mapped_column(ForeignKey("blobs.sha256"))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    filename: Mapped[str] = mapped_column(String(500))  # as the stranger named it; always escaped, never a path
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(20))
    state_reason: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[int] = mapped_column(default=0)
    paper_kind: Mapped[str | None] = mapped_column(String(30))

    kind: Mapped[str] = mapped_column(String(30), default="")
    verdict: Mapped[str] = mapped_column(String(10), default="")
    page_count: Mapped[int] = mapped_column(default=0)
    supplier_id: Mapped[str | None] = mapped_column(ForeignKey("suppliers.id"))
    supplier_name: Mapped[str] = mapped_column(String(300), default="")
    number: Mapped[str] = mapped_column(String(100), default="")
    issue_date: Mapped[date | None]
    currency: Mapped[str] = mapped_column(String(3), default="")
    total: Mapped[str] = mapped_column(String(40), default="")
    # For sorting only: the exact amount is `total`.
    total_value: Mapped[float | None] = mapped_column(
        Float, Computed("CAST(NULLIF(total, '') AS FLOAT)", persisted=True)
    )

    account: Mapped[SellerAccount] = relationship()
    supplier: Mapped[Supplier | None] = relationship()

    @property
    def paper(self) -> PaperKind:
        """What it is taken for."""
        return PaperKind(self.paper_kind or PaperKind.SUPPLIER_INVOICE)

    @property
    def is_invoice(self) -> bool:
        """Whether it is judged as a supplier invoice."""
        return self.paper is PaperKind.SUPPLIER_INVOICE


class StoredReading(Base):
    """What the machine read, whole (`vault.reading.schema`, compressed JSON). A new reading is a new row."""

    __tablename__ = "readings"
    __table_args__ = (
        UniqueConstraint("document_id", "attempt"),
        Index("ix_readings_reader", "reader", "document_id", "attempt"),
    )

    id: Mapped[Id]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    attempt: Mapped[int]
    reader: Mapped[str] = mapped_column(String(60))
    payload: Mapped[bytes] = mapped_column(LargeBinary)
    read_at: Mapped[datetime]
    took_ms: Mapped[int]


class Correction(Base):
    """What a person says a field or a line's product is. Beside the reading, never in its place.

    `path`: ``issue_date``, ``supplier_name``, ``kind``, ``lines.0.quantity``, ``lines.0.product`` …
    `value` is the contract's string; for ``lines.N.product`` a product id, empty for "none of the catalogue".
    `withdrawn_at`: undone, or replaced by a later one.
    """

    __tablename__ = "corrections"
    __table_args__ = (Index("ix_corrections_document_id", "document_id", "path"),)

    id: Mapped[Id]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    path: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(Text)
    made_by: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class DocumentLine(Base):
    """One line item of the current reading with its product, for filters and for the ledger that counts units.

    `candidates`: ``[{"product_id", "score", "reasons"}]``, best first, at most ten.
    """

    __tablename__ = "document_lines"
    __table_args__ = (
        UniqueConstraint("document_id", "position"),
        Index("ix_document_lines_product_id", "product_id", "document_id"),
    )

    id: Mapped[Id]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    position: Mapped[int]
    description: Mapped[str] = mapped_column(Text, default="")
    quantity: Mapped[str] = mapped_column(String(40), default="")
    product_id: Mapped[str | None] = mapped_column(ForeignKey("products.id"))
    decision: Mapped[str] = mapped_column(String(12), default="none")
    by_person: Mapped[bool] = mapped_column(default=False)
    candidates: Mapped[list[Any]]


class Judgement(Base):
    """A document judged under one profile: the verdict, and what it rests on."""

    __tablename__ = "judgements"
    __table_args__ = (UniqueConstraint("document_id", "profile"),)

    id: Mapped[Id]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    profile: Mapped[str] = mapped_column(String(40))
    rules_version: Mapped[str] = mapped_column(String(80))
    verdict: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the findings: equal digests, nothing changed
    judged_at: Mapped[datetime]

    findings: Mapped[list["StoredFinding"]] = relationship(
        back_populates="judgement", cascade="all, delete-orphan", order_by="StoredFinding.position"
    )


class StoredFinding(Base):
    """One finding (`vault.domain.findings.Finding`) of a judgement, as JSON beside the columns that lists need."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("judgement_id", "position"),
        Index("ix_findings_check_outcome", "check_id", "outcome"),
    )

    id: Mapped[Id]
    judgement_id: Mapped[str] = mapped_column(ForeignKey("judgements.id"))
    position: Mapped[int]
    check_id: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[str] = mapped_column(String(20))
    payload: Mapped[dict[str, Any]]

    judgement: Mapped[Judgement] = relationship(back_populates="findings")


class UploadBatch(Base):
    """One drop of files. It has its own address, so the page can be closed and reopened.

    `paper_kind`: what its files are, where a person said so.
    """

    __tablename__ = "upload_batches"
    __table_args__ = (Index("ix_upload_batches_account_id", "account_id", "created_at"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    created_by: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    expected: Mapped[int] = mapped_column(default=0)
    paper_kind: Mapped[str | None] = mapped_column(String(30))


class UploadItemState(StrEnum):
    KEPT = "kept"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


class UploadItem(Base):
    """One file of a batch. `document_id` is the first document where the bytes were known already.

    `client_key` is the browser's name for the file within the batch: sending it twice keeps it once.
    `message`: ``{"text", "params"}`` of the refusal.
    """

    __tablename__ = "upload_items"
    __table_args__ = (UniqueConstraint("batch_id", "client_key"),)

    id: Mapped[Id]
    batch_id: Mapped[str] = mapped_column(ForeignKey("upload_batches.id"))
    client_key: Mapped[str] = mapped_column(String(80))
    filename: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(60), default="")
    message: Mapped[dict[str, Any]]
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id"))
    received_at: Mapped[datetime]

    document: Mapped[Document | None] = relationship()
