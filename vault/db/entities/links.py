"""Links between accounts: what each can be recognised by, how much each pair shares, and what explains it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import AccountId, Base, Id
from vault.domain.ids import ID_LENGTH

# The one row of `LinkState`: who holds it is the only one to score links.
LINK_STATE_ID = 1


class LinkState(Base):
    """How far scoring is. `rules_version`: the rule book by which all pairs were scored last, empty at first."""

    __tablename__ = "link_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rules_version: Mapped[str] = mapped_column(String(12), default="")


class LinkKey(Base):
    """One way to recognise a value of a holder (a seller account or a known other account).

    `key` is a keyed fingerprint. Holders that meet in a key of `way` ``same`` have the value in common; those that meet
    in one of ``near`` have values that are worth comparing, for which `encrypted` holds the text to compare. `ref`
    tells the values of a holder apart; `masked` is what may be shown; `until` the last day on which it was in use.
    All of it follows from the register and can be made again.
    """

    __tablename__ = "link_keys"
    __table_args__ = (
        Index("ix_link_keys_key", "key"),
        Index("ix_link_keys_holder_id", "holder_id"),
    )

    id: Mapped[Id]
    holder_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    kind: Mapped[str] = mapped_column(String(30))
    way: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(64))
    ref: Mapped[str] = mapped_column(String(64))
    masked: Mapped[str] = mapped_column(String(200))
    encrypted: Mapped[str] = mapped_column(Text)
    until: Mapped[date | None]


class CatalogueOverlap(Base):
    """What the catalogues of two seller accounts have in common, in products. `low_id` < `high_id`.

    `shared` products have the same ASIN or GTIN; `smaller` is the size of the smaller catalogue. Of `priced` shared
    products both prices are known, of `priced_alike` they hardly differ. `titled_alike` products have different ASINs
    and almost the same title. `mixed` FNSKUs are in both.
    """

    __tablename__ = "catalogue_overlaps"
    __table_args__ = (UniqueConstraint("low_id", "high_id"), Index("ix_catalogue_overlaps_high_id", "high_id"))

    id: Mapped[Id]
    low_id: Mapped[AccountId]
    high_id: Mapped[AccountId]
    smaller: Mapped[int]
    shared: Mapped[int]
    priced: Mapped[int]
    priced_alike: Mapped[int]
    titled_alike: Mapped[int]
    mixed: Mapped[int]


class Link(Base):
    """A pair of holders that shares something, or once did. `low_id` < `high_id`: the elder one first.

    `low_account_id` and `high_account_id` are the seller accounts by which access to the two is decided: only who may
    see both may know of the pair. `score`: 0 … 100. `contributions`: as `vault.services.links.rows` writes them, masked.
    `findings` is the digest of what its checks said last.
    """

    __tablename__ = "links"
    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        Index("ix_links_high_id", "high_id"),
        Index("ix_links_low_account_id", "low_account_id"),
    )

    id: Mapped[Id]
    low_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    high_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    low_account_id: Mapped[AccountId]
    high_account_id: Mapped[AccountId]
    score: Mapped[int]
    contributions: Mapped[list[Any]]
    findings: Mapped[str] = mapped_column(String(64), default="")
    scored_at: Mapped[datetime]


class LinkExplanation(Base):
    """Why the two accounts of a link share what they share. `kind` is an `ExplanationKind`.

    `kinds` are the `LinkKind`s that it covers, empty: all of them. It counts until the end of the day `valid_until`.
    `keys` name the shared values that were known when it was given (`Contribution.key`); None until they are known, for
    what an earlier version recorded. What is shared since then has to be confirmed: `LinkConfirmation`.
    """

    __tablename__ = "link_explanations"

    id: Mapped[Id]
    link_id: Mapped[str] = mapped_column(ForeignKey("links.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id"))
    kinds: Mapped[list[Any]]
    keys: Mapped[list[Any] | None]
    valid_until: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(40))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(40))


class LinkConfirmation(Base):
    """Somebody says that an explanation holds for a value too that came to be shared after it was given.

    `key`: `Contribution.key`.
    """

    __tablename__ = "link_confirmations"

    id: Mapped[Id]
    explanation_id: Mapped[str] = mapped_column(ForeignKey("link_explanations.id"), index=True)
    key: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(40))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(40))
