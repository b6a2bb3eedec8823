"""Signing in with a password. A stranger cannot tell from the answer, or its time, whether a person is known."""

import structlog
from sqlalchemy import select

from vault.db.entities.people import User
from vault.domain.errors import Invalid
from vault.domain.message import N_
from vault.journal.writer import append
from vault.services.people import throttle, users
from vault.services.people.credentials import normal_email, user_for_change
from vault.services.people.passwords import hash_password, is_password, needs_new_hash
from vault.services.people.users import Person
from vault.services.vault import Vault

_log = structlog.get_logger(__name__)


def check_password(vault: Vault, email: str, password: str, address: str) -> Person:
    """The person whose e-mail and password these are. `address` is the network address that asks.

    Raises Invalid for a wrong pair, an unknown or a disabled person, all alike; Throttled after too many attempts.
    """
    email = normal_email(email)
    throttle.count_attempt(vault, [throttle.by_account(email), throttle.by_address(address)])
    with vault.database.reading() as session:
        user = session.scalar(select(User).where(User.email == email))
    is_right = is_password(password, user.password_hash if user else None)
    if user is None or not is_right or user.disabled_at is not None:
        _log.warning("sign_in_refused", address=address, account=throttle.by_account(email).key(vault)[:12])
        raise Invalid(N_("The e-mail address or the password is not right. Check both and try again."))
    throttle.forgive(vault, [throttle.by_account(email)])
    if user.password_hash and needs_new_hash(user.password_hash):
        _hash_again(vault, user.id, password)
    person = users.find(vault, user.id)
    assert person is not None  # users are disabled, never deleted
    return person


def confirm_password(vault: Vault, person: Person, password: str, address: str) -> None:
    """Asks a signed-in person once more. Raises Invalid, Throttled."""
    check_password(vault, person.email, password, address)


def record_sign_in(vault: Vault, person: Person) -> None:
    """Notes in the journal that `person` is now signed in."""
    with vault.database.transaction() as session:
        append(session, actor=person.id, action="user.signed_in", subject=person.id, at=vault.clock())


def _hash_again(vault: Vault, user_id: str, password: str) -> None:
    with vault.database.transaction() as session:
        user_for_change(session, user_id).password_hash = hash_password(password)
        append(session, actor=user_id, action="user.password_hashed_again", subject=user_id, at=vault.clock())
