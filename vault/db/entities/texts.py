"""The words of documents, for the full-text search."""

from sqlalchemy import BigInteger, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import Base


class DocumentText(Base):
    """Every word of one document once, folded (`vault.db.search`), with the account's id as a word of its own.

    The migrations put a full-text index over `words`: an FTS5 table on SQLite, a GIN index on PostgreSQL.
    """

    __tablename__ = "document_texts"

    seq: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), unique=True)
    words: Mapped[str] = mapped_column(Text)
