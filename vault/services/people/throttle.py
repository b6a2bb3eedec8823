"""Slowing down those who guess. Attempts are counted in the database, so every process sees the same number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from vault.db.entities.people import SignInAttempt
from vault.domain.errors import Throttled
from vault.domain.message import N_
from vault.services.vault import Vault

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `allowed` attempts in WINDOW for one `value` of a `kind`, e.g. one e-mail address."""

    kind: str
    value: str
    allowed: int

    def key(self, vault: Vault) -> str:
        return vault.secrets.fingerprint("attempt:" + self.kind, self.value)


def by_account(email: str) -> Limit:
    return Limit("account", email, 10)


def by_address(address: str) -> Limit:
    return Limit("address", address, 40)


def by_factor(user_id: str) -> Limit:
    return Limit("factor", user_id, 5)


def count_attempt(vault: Vault, limits: Iterable[Limit]) -> None:
    """Counts one attempt against every limit before it is made, so that many at once cannot slip through.

    Raises Throttled, without counting, when a limit is reached.
    """
    now = vault.clock()
    with vault.database.transaction() as session:
        session.execute(delete(SignInAttempt).where(SignInAttempt.made_at <= now - WINDOW))
        for limit in limits:
            key = limit.key(vault)
            wanted = select(func.count()).select_from(SignInAttempt).where(SignInAttempt.key == key)
            if (session.scalar(wanted) or 0) >= limit.allowed:
                raise Throttled(
                    N_("Too many attempts. Wait %(minutes)s minutes and try again."),
                    seconds=int(WINDOW.total_seconds()),
                    minutes=str(int(WINDOW.total_seconds()) // 60),
                )
            session.add(SignInAttempt(key=key, made_at=now))


def forgive(vault: Vault, limits: Iterable[Limit]) -> None:
    """Forgets the attempts against `limits` after one has succeeded."""
    keys = [limit.key(vault) for limit in limits]
    with vault.database.transaction() as session:
        session.execute(delete(SignInAttempt).where(SignInAttempt.key.in_(keys)))
