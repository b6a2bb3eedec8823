"""What whoever has the machine may do for people who cannot help themselves. No actor is asked: the terminal is one."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.people import Membership, User
from vault.domain.errors import NotFound
from vault.domain.message import N_
from vault.domain.roles import Role
from vault.journal.writer import append
from vault.services.access import Actor
from vault.services.people import people, second_factor
from vault.services.people.credentials import normal_email, retire_sessions, user_for_change
from vault.services.people.passwords import hash_password, require_good
from vault.services.people.users import Person, person_of
from vault.services.vault import Vault


def list_users(vault: Vault) -> list[Person]:
    """Everyone, by e-mail."""
    with vault.database.reading() as session:
        users = session.scalars(select(User).options(selectinload(User.memberships)).order_by(User.email))
        return [person_of(user) for user in users]


def find_user(vault: Vault, email: str) -> Person:
    """The person with this e-mail address. Raises NotFound."""
    with vault.database.reading() as session:
        return person_of(session.get_one(User, _id_of(session, email)))


def everywhere(vault: Vault, actor: str) -> Actor:
    """The terminal, with the rights of an owner in every seller account: it has the machine anyway."""
    with vault.database.reading() as session:
        ids = session.scalars(select(SellerAccount.id))
        return Actor(actor, actor, dict.fromkeys(ids, Role.OWNER), is_administrator=True)


def reset_password(vault: Vault, email: str, password: str, actor: str, without_second_factor: bool = False) -> None:
    """A new password; all sessions end. Raises NotFound for an unknown e-mail, Invalid for a bad password."""
    with vault.database.transaction() as session:
        user = user_for_change(session, _id_of(session, email))
        require_good(password, (user.name, user.email))
        user.password_hash = hash_password(password)
        if without_second_factor:
            second_factor.remove(session, user)
        retire_sessions(session, user)
        append(
            session,
            actor=actor,
            action="user.password_reset",
            subject=user.id,
            details={"second_factor_removed": without_second_factor},
            at=vault.clock(),
        )


def grant(vault: Vault, email: str, account_id: str, role: Role, actor: str) -> None:
    """Gives somebody `role` in a seller account, whatever it was before. Raises NotFound."""
    with vault.database.transaction() as session:
        user = user_for_change(session, _id_of(session, email))
        if session.get(SellerAccount, account_id) is None:
            raise NotFound(N_("There is no seller account %(id)s. Check the id in its address."), id=account_id)
        held = next((membership for membership in user.memberships if membership.account_id == account_id), None)
        if held is None:
            held = Membership(account_id=account_id, since=vault.clock(), role=role)
            user.memberships.append(held)
        held.role = role
        append(
            session,
            actor=actor,
            action="person.role_changed",
            subject=user.id,
            account_id=account_id,
            details={"to": role.value},
            at=vault.clock(),
        )


def set_disabled(vault: Vault, email: str, is_disabled: bool, actor: str) -> None:
    """Raises NotFound for an unknown e-mail."""
    with vault.database.reading() as session:
        user_id = _id_of(session, email)
    people.set_disabled(vault, actor, user_id, is_disabled)


def _id_of(session: Session, email: str) -> str:
    user_id = session.scalar(select(User.id).where(User.email == normal_email(email)))
    if user_id is None:
        raise NotFound(
            N_("Nobody has the e-mail address %(email)s. “sellervault user list” shows everyone."), email=email
        )
    return user_id
