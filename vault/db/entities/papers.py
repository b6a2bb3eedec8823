"""What people say about documents that are no supplier invoices."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import Base, Id
from vault.domain.ids import ID_LENGTH


class Paper(Base):
    """What a person says about one document: it counts while the document is no supplier invoice.

    `valid_until` is the last day on which it counts; `never_expires`: a person says that it has none.
    """

    __tablename__ = "papers"

    document_id: Mapped[str] = mapped_column(String(ID_LENGTH), ForeignKey("documents.id"), primary_key=True)
    issue_date: Mapped[date | None]
    valid_until: Mapped[date | None]
    never_expires: Mapped[bool] = mapped_column(default=False)
    supplier_id: Mapped[str | None] = mapped_column(ForeignKey("suppliers.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    described_by: Mapped[str] = mapped_column(String(40))
    described_at: Mapped[datetime]


class PaperProduct(Base):
    """A product of the same seller account that a document is about, as a person says."""

    __tablename__ = "paper_products"
    __table_args__ = (
        UniqueConstraint("document_id", "product_id"),
        Index("ix_paper_products_product_id", "product_id", "document_id"),
    )

    id: Mapped[Id]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    product_id: Mapped[str] = mapped_column(ForeignKey("products.id"))
