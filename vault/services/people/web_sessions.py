"""Signed-in browsers, kept in the database. The browser holds a random token; the row holds only its hash."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from vault.db.entities.people import WebSession
from vault.services.vault import Vault

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
# A visitor who has not signed in holds nothing but a form token.
ANONYMOUS = timedelta(hours=1)
# Being seen is written down at most this often, so that reading a page does not cost a write each time.
SEEN_EVERY = timedelta(minutes=1)
_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that is still valid. `key` names it without being able to open it."""

    key: str
    user_id: str | None
    created_at: datetime
    seen_at: datetime
    data: dict[str, Any] = field(repr=False)


def new_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


def key_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find(vault: Vault, token: str) -> OpenSession | None:
    """The session that `token` opens; None when it is unknown, idle for too long or too old."""
    now = vault.clock()
    with vault.database.reading() as session:
        row = session.get(WebSession, key_of(token))
        if row is None or row.expires_at <= now:
            return None
        return _open(row)


def begin(vault: Vault, token: str, user_id: str | None, data: dict[str, Any]) -> None:
    """Keeps a new session under `token`."""
    now = vault.clock()
    with vault.database.transaction() as session:
        session.add(
            WebSession(
                token_hash=key_of(token),
                user_id=user_id,
                data=data,
                created_at=now,
                seen_at=now,
                expires_at=_expiry(now, now, user_id),
            )
        )


def save(vault: Vault, token: str, user_id: str | None, data: dict[str, Any]) -> None:
    """Changes what a session holds. One that was ended meanwhile stays ended."""
    now = vault.clock()
    with vault.database.transaction() as session:
        row = session.get(WebSession, key_of(token))
        if row is not None:
            row.user_id, row.data, row.seen_at = user_id, data, now
            row.expires_at = _expiry(row.created_at, now, user_id)


def touch(vault: Vault, found: OpenSession) -> None:
    """Writes down that the session is in use, at most once in SEEN_EVERY."""
    now = vault.clock()
    if now - found.seen_at < SEEN_EVERY:
        return
    expires_at = _expiry(found.created_at, now, found.user_id)
    with vault.database.transaction() as session:
        session.execute(
            update(WebSession).where(WebSession.token_hash == found.key).values(seen_at=now, expires_at=expires_at)
        )


def end(vault: Vault, token: str) -> None:
    with vault.database.transaction() as session:
        session.execute(delete(WebSession).where(WebSession.token_hash == key_of(token)))


def list_of(vault: Vault, user_id: str) -> list[OpenSession]:
    """A person's open sessions, the one used last first."""
    wanted = select(WebSession).where(WebSession.user_id == user_id, WebSession.expires_at > vault.clock())
    with vault.database.reading() as session:
        return [_open(row) for row in session.scalars(wanted.order_by(WebSession.seen_at.desc()))]


def sweep(vault: Vault) -> int:
    """Deletes sessions that have ended; how many. May run at any time, as often as one likes."""
    with vault.database.transaction() as session:
        ended = session.execute(delete(WebSession).where(WebSession.expires_at <= vault.clock()))
        return int(ended.rowcount)  # type: ignore[attr-defined]


def _expiry(created_at: datetime, now: datetime, user_id: str | None) -> datetime:
    if user_id is None:
        return now + ANONYMOUS
    return min(now + IDLE, created_at + ABSOLUTE)


def _open(row: WebSession) -> OpenSession:
    return OpenSession(row.token_hash, row.user_id, row.created_at, row.seen_at, dict(row.data))
