"""Becoming a user: the first owner of a new vault, and people who were invited."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.people import Invitation, Membership, User
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.message import N_, Message
from vault.journal.writer import append
from vault.services.people.credentials import user_for_change
from vault.services.people.invitations import checked_email, find_invitation, open_invitation, require_set_up
from vault.services.people.passwords import hash_password, require_good
from vault.services.people.users import Person, person_of
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What a person enters to become a user."""

    name: str
    email: str
    password: str = field(repr=False)


def create_first_owner(vault: Vault, token: str, entered: NewPerson) -> Person:
    """The administrator of a new installation. Raises NotFound, Invalid."""
    email = _require_complete(entered)
    now = vault.clock()
    hashed = hash_password(entered.password)
    with vault.database.transaction() as session:
        invitation = open_invitation(vault, session, token)
        require_set_up(session, invitation)
        user = _add_user(session, entered.name, email, hashed, now, is_administrator=True)
        invitation.used_at = now
        _record_creation(session, user.id, user, now)
        return person_of(user)


def accept_as_new(vault: Vault, token: str, name: str, password: str) -> Person:
    """A new person with what the invitation grants. Raises NotFound, Conflict when the e-mail is known, Invalid."""
    email = find_invitation(vault, token).email
    _require_complete(NewPerson(name, email, password))
    now = vault.clock()
    hashed = hash_password(password)
    with vault.database.transaction() as session:
        invitation = open_invitation(vault, session, token)
        user = _add_user(session, name, invitation.email, hashed, now)
        _record_creation(session, user.id, user, now)
        _grant(vault, session, invitation, user)
        return person_of(user)


def accept_as_known(vault: Vault, token: str, person: Person) -> None:
    """Adds what the invitation grants to somebody who is a user already.

    Raises NotFound for a link that is wrong, used, too old or somebody else's.
    """
    with vault.database.transaction() as session:
        invitation = open_invitation(vault, session, token)
        if invitation.email != person.email:
            raise NotFound()
        _grant(vault, session, invitation, user_for_change(session, person.id))


def create_user(vault: Vault, entered: NewPerson, is_administrator: bool, actor: str) -> Person:
    """A user made on the terminal. Raises Invalid, Conflict for an e-mail that is known."""
    email = _require_complete(entered)
    now = vault.clock()
    hashed = hash_password(entered.password)
    with vault.database.transaction() as session:
        user = _add_user(session, entered.name, email, hashed, now, is_administrator)
        _record_creation(session, actor, user, now)
        return person_of(user)


def _require_complete(entered: NewPerson) -> str:
    """The e-mail address in its normal form. Raises Invalid."""
    if not entered.name.strip():
        raise Invalid(N_("Correct the marked fields."), {"name": Message(N_("Fill in this field."))})
    email = checked_email(entered.email)
    require_good(entered.password, (entered.name, email))
    return email


def _add_user(
    session: Session, name: str, email: str, hashed: str, now: datetime, is_administrator: bool = False
) -> User:
    if session.scalar(select(User.id).where(User.email == email)) is not None:
        raise Conflict(N_("There is a person with this e-mail address already. Sign in instead."))
    user = User(name=name.strip(), email=email, password_hash=hashed, is_administrator=is_administrator, created_at=now)
    session.add(user)
    session.flush()
    return user


def _record_creation(session: Session, actor: str, user: User, now: datetime) -> None:
    details = {"administrator": user.is_administrator}
    append(session, actor=actor, action="user.created", subject=user.id, details=details, at=now)


def _grant(vault: Vault, session: Session, invitation: Invitation, user: User) -> None:
    """Gives `user` the roles of the invitation, where there is none already, and uses the link up."""
    now = vault.clock()
    held = {membership.account_id for membership in user.memberships}
    invitation.used_at = now
    for account_id, role in invitation.grants["roles"].items():
        if account_id in held:
            continue
        user.memberships.append(Membership(account_id=account_id, role=role, since=now))
        append(
            session,
            actor=user.id,
            action="person.joined",
            subject=user.id,
            account_id=account_id,
            details={"role": role, "invited_by": invitation.created_by},
            at=now,
        )
