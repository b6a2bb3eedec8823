"""Users: who they are, what they may do now, and how the first one comes in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vault.db.entities.people import Invitation, Membership, User
from vault.domain.roles import SECOND_FACTOR_REQUIRED, Role
from vault.services.access import Actor
from vault.services.people.web_sessions import key_of, new_token
from vault.services.vault import Vault

SET_UP_LASTS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Person:
    """A user as the services and the web see one: no secrets. `roles` maps seller account ids to roles."""

    id: str
    email: str
    name: str
    language: str
    is_administrator: bool
    is_disabled: bool
    has_second_factor: bool
    credentials_version: int
    roles: Mapping[str, Role] = field(default_factory=dict)

    @property
    def must_enrol(self) -> bool:
        """True while a second factor is required and there is none."""
        needs = self.is_administrator or not SECOND_FACTOR_REQUIRED.isdisjoint(self.roles.values())
        return needs and not self.has_second_factor

    def actor(self) -> Actor:
        """What this person may do now. Somebody who must enrol a second factor may do nothing else before."""
        if self.must_enrol or self.is_disabled:
            return Actor(self.id, self.name)
        return Actor(self.id, self.name, dict(self.roles), self.is_administrator)


def person_of(user: User) -> Person:
    return _person(user, ((membership.account_id, membership.role) for membership in user.memberships))


def _person(user: User, memberships: Iterable[tuple[str, str]]) -> Person:
    return Person(
        id=user.id,
        email=user.email,
        name=user.name,
        language=user.language,
        is_administrator=user.is_administrator,
        is_disabled=user.disabled_at is not None,
        has_second_factor=user.totp_secret is not None,
        credentials_version=user.credentials_version,
        roles={account_id: Role(role) for account_id, role in memberships},
    )


def find(vault: Vault, user_id: str) -> Person | None:
    """Every page of everybody begins here, for some with hundreds of memberships: no objects are made of them."""
    held = select(Membership.account_id, Membership.role).where(Membership.user_id == user_id)
    with vault.database.reading() as session:
        user = session.get(User, user_id)
        return _person(user, session.execute(held.order_by(Membership.id)).all()) if user else None


def signed_in(vault: Vault, user_id: str, credentials_version: int) -> Person | None:
    """The person of a session made under `credentials_version`; None when it must not be used any more."""
    person = find(vault, user_id)
    if person is None or person.is_disabled or person.credentials_version != credentials_version:
        return None
    return person


def exist(vault: Vault) -> bool:
    """False on a new installation that waits for its first owner."""
    with vault.database.reading() as session:
        return any_user(session)


def any_user(session: Session) -> bool:
    return session.scalar(select(User.id).limit(1)) is not None


def first_owner_link(vault: Vault) -> str | None:
    """A link to the set-up of the first owner, good for a day and once; None when there are users already.

    A new link makes the older ones useless.
    """
    token, now = new_token(), vault.clock()
    with vault.database.transaction() as session:
        if any_user(session):
            return None
        session.execute(delete(Invitation))
        session.add(
            Invitation(
                token_hash=key_of(token),
                grants={"administrator": True, "roles": {}},
                created_at=now,
                expires_at=now + SET_UP_LASTS,
            )
        )
    return f"{vault.settings.address}/setup/{token}"
