"""Who may sign in, and to which seller accounts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from vault.db.entities.base import AccountId, Base, Id
from vault.domain.ids import ID_LENGTH


class User(Base):
    """A person. `credentials_version` rises on a new password or factor and ends all older sessions.

    `is_administrator`: runs the installation, may open seller accounts and invite people; it gives no access to any
    account's documents. `totp_secret` is encrypted; `totp_last_step` is the last time step accepted (a code works once).
    """

    __tablename__ = "users"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_administrator: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(8), default="en")
    totp_secret: Mapped[str | None] = mapped_column(String(400))
    totp_last_step: Mapped[int] = mapped_column(default=0)
    credentials_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]

    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", cascade="all, delete-orphan")


class Membership(Base):
    """A person's role (`vault.domain.roles.Role`) in one seller account."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("user_id", "account_id"),)

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"))
    account_id: Mapped[AccountId] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(String(20))
    since: Mapped[datetime]

    user: Mapped[User] = relationship(back_populates="memberships")


class RecoveryCode(Base):
    """One of a person's one-time codes for a lost second factor, hashed."""

    __tablename__ = "recovery_codes"

    id: Mapped[Id]
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(200))
    used_at: Mapped[datetime | None]


class Invitation(Base):
    """A one-time link: the first owner's set-up, or a person invited to seller accounts. Only the hash is kept.

    `grants` is ``{"administrator": bool, "roles": {account_id: role}}``.
    """

    __tablename__ = "invitations"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254), default="")
    grants: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    created_by: Mapped[str | None] = mapped_column(String(ID_LENGTH))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class WebSession(Base):
    """A signed-in browser, kept on the server; the cookie carries only a random token, of which this is the hash."""

    __tablename__ = "web_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SignInAttempt(Base):
    """One try at a password, a code or a link that has not succeeded; old ones are swept.

    `key` is a keyed fingerprint of what is throttled: an e-mail address, a network address, a person's second factor.
    """

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index("ix_sign_in_attempts_key_made_at", "key", "made_at"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(index=True)
