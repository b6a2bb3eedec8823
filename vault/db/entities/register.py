"""The register: what each seller account is made of, and the other accounts that are known."""

from datetime import date, datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from vault.db.entities.base import AccountId, Base, Id
from vault.domain.ids import ID_LENGTH


class OtherAccount(Base):
    """An account on Amazon that is not one's own but could be taken for it: a former partner's, a relative's.

    Whoever may see the seller account `account_id` may see what is known of the other one.
    """

    __tablename__ = "other_accounts"

    id: Mapped[Id]
    account_id: Mapped[AccountId] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(200))
    relation: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class RegisterEntry(Base):
    """One value of an account: its address, a bank account, a device.

    `holder_id` names the seller account or the other account that the value belongs to; `account_id` is the seller
    account by which access to it is decided (the same, for one's own). `kind` is an `AttributeKind`. The value itself
    is encrypted; `fingerprint` is keyed and made from its normalised form, so equal values are seen to be equal;
    `masked` is what pages show.
    """

    __tablename__ = "register_entries"
    __table_args__ = (
        Index("ix_register_entries_fingerprint", "kind", "fingerprint"),
        Index("ix_register_entries_holder", "holder_id", "kind", "id"),
        Index("ix_register_entries_account_id", "account_id"),
    )

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    holder_id: Mapped[str] = mapped_column(String(ID_LENGTH))
    kind: Mapped[str] = mapped_column(String(30))
    label: Mapped[str] = mapped_column(String(200), default="")
    encrypted: Mapped[str] = mapped_column(Text)
    masked: Mapped[str] = mapped_column(String(200))
    fingerprint: Mapped[str] = mapped_column(String(64))
    since: Mapped[date | None]
    until: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(40))


class AccessGrant(Base):
    """Somebody, an agency or a tool, let into a seller account on Amazon (not into this vault).

    `kind` is a `GrantKind`. `person_key` is a keyed fingerprint of who it is (the e-mail address, else the name), by
    which shared staff is found. `left_on`: no longer needed; `removed_on`: the access was taken away on Amazon.
    """

    __tablename__ = "access_grants"
    __table_args__ = (
        Index("ix_access_grants_account_id_name", "account_id", "name", "id"),
        Index("ix_access_grants_person_key", "person_key"),
    )

    id: Mapped[Id]
    account_id: Mapped[AccountId]
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    person_key: Mapped[str] = mapped_column(String(64), default="")
    role: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    since: Mapped[date | None]
    trained_on: Mapped[date | None]
    left_on: Mapped[date | None]
    removed_on: Mapped[date | None]
    created_at: Mapped[datetime]
