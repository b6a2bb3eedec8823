"""Seller accounts, their suppliers and their catalogue."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vault.db.entities.base import AccountId, Base, Id
from vault.domain.register import AccountStatus


class SellerAccount(Base):
    """One account on Amazon and the legal entity behind it: the buyer on its supplier invoices.

    `status` is an `AccountStatus`, as a person has entered it; `health_rating` Amazon's account health rating (0 … 1000).
    """

    __tablename__ = "seller_accounts"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(200))
    legal_name: Mapped[str] = mapped_column(String(200))
    street: Mapped[str] = mapped_column(String(300), default="")
    postcode: Mapped[str] = mapped_column(String(20), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    region: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    vat_number: Mapped[str] = mapped_column(String(32), default="")
    marketplaces: Mapped[list[Any]]  # country codes of the stores, e.g. ["FR", "DE"]
    status: Mapped[str] = mapped_column(String(20), default=AccountStatus.ACTIVE)
    status_since: Mapped[date | None]
    health_rating: Mapped[int | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Supplier(Base):
    """A company that sells to one seller account. `match_key` is the normalised name used to recognise it again."""

    __tablename__ = "suppliers"
    __table_args__ = (
        UniqueConstraint("account_id", "match_key"),
        Index("ix_suppliers_account_id_name", "account_id", "name", "id"),
    )

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    name: Mapped[str] = mapped_column(String(300))
    match_key: Mapped[str] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(600), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    vat_number: Mapped[str] = mapped_column(String(32), default="", index=True)
    phone: Mapped[str] = mapped_column(String(64), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]


class CatalogueProduct(Base):
    """One ASIN of a seller account's catalogue."""

    __tablename__ = "products"
    __table_args__ = (
        UniqueConstraint("account_id", "asin"),
        Index("ix_products_account_id_title", "account_id", "title", "id"),
    )

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    asin: Mapped[str] = mapped_column(String(10), index=True)
    title: Mapped[str] = mapped_column(String(1000))
    brand: Mapped[str] = mapped_column(String(200), default="")
    model: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    listings: Mapped[list["Listing"]] = relationship(back_populates="product", cascade="all, delete-orphan")


class Listing(Base):
    """One offer (SKU) of a product, as the last all-listings report has it. `gtin` is empty where unknown."""

    __tablename__ = "listings"
    __table_args__ = (UniqueConstraint("account_id", "sku"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    product_id: Mapped[str] = mapped_column(ForeignKey("products.id"), index=True)
    sku: Mapped[str] = mapped_column(String(200))
    fnsku: Mapped[str] = mapped_column(String(20), default="", index=True)
    gtin: Mapped[str] = mapped_column(String(14), default="", index=True)
    price: Mapped[str] = mapped_column(String(40), default="")
    status: Mapped[str] = mapped_column(String(40), default="")
    updated_at: Mapped[datetime]

    product: Mapped[CatalogueProduct] = relationship(back_populates="listings")


class ReportImport(Base):
    """One Seller Central report that was imported. `problems`: ``[{"line": 7, "reason": "…"}]``."""

    __tablename__ = "report_imports"
    __table_args__ = (UniqueConstraint("account_id", "kind", "sha256"),)

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    kind: Mapped[str] = mapped_column(String(40))
    sha256: Mapped[str] = mapped_column(String(64))
    filename: Mapped[str] = mapped_column(String(500))
    rows: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    problems: Mapped[list[Any]]
    imported_at: Mapped[datetime]
    imported_by: Mapped[str]
