"""One-time links that let people in. Only a link's hash is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.people import Invitation, User
from vault.domain.errors import Invalid, NotFound
from vault.domain.message import N_, Message
from vault.domain.roles import Permission, Role
from vault.journal.writer import append
from vault.services.access import Actor
from vault.services.people.credentials import normal_email
from vault.services.people.users import any_user
from vault.services.people.web_sessions import key_of, new_token
from vault.services.vault import Vault

INVITATION_LASTS = timedelta(days=7)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST_EMAIL = 254


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that can still be accepted. `email` is empty for the first owner, who enters one.

    `is_known`: a user with this e-mail exists and accepts by signing in.
    """

    id: str
    email: str
    is_known: bool
    roles: Mapping[str, Role]


def invite(vault: Vault, actor: Actor, account_id: str, email: str, role: Role) -> str:
    """A link that gives whoever has `email` the `role` in a seller account; shown once, good for a week.

    Raises NotFound, Forbidden, Invalid.
    """
    actor.require(Permission.PEOPLE, account_id)
    email = checked_email(email)
    token, now = new_token(), vault.clock()
    with vault.database.transaction() as session:
        invitation = Invitation(
            token_hash=key_of(token),
            email=email,
            grants={"administrator": False, "roles": {account_id: role.value}},
            created_at=now,
            created_by=actor.id,
            expires_at=now + INVITATION_LASTS,
        )
        session.add(invitation)
        session.flush()
        append(
            session,
            actor=actor.id,
            action="person.invited",
            subject=invitation.id,
            account_id=account_id,
            details={"email": email, "role": role.value},
            at=now,
        )
    return f"{vault.settings.address}/invitation/{token}"


def find_invitation(vault: Vault, token: str) -> OpenInvitation:
    """Raises NotFound for a link that is wrong, used or too old."""
    with vault.database.reading() as session:
        invitation = open_invitation(vault, session, token)
        known = session.scalar(select(User.id).where(User.email == invitation.email)) is not None
    roles = {account_id: Role(role) for account_id, role in invitation.grants["roles"].items()}
    return OpenInvitation(invitation.id, invitation.email, known, roles)


def find_set_up(vault: Vault, token: str) -> None:
    """Raises NotFound unless `token` opens the set-up of the first owner."""
    with vault.database.reading() as session:
        require_set_up(session, open_invitation(vault, session, token))


def list_invitations(vault: Vault, actor: Actor, account_id: str) -> list[Invitation]:
    """The invitations to a seller account that nobody has accepted yet. Raises NotFound, Forbidden."""
    actor.require(Permission.PEOPLE, account_id)
    waiting = select(Invitation).where(Invitation.used_at.is_(None), Invitation.expires_at > vault.clock())
    with vault.database.reading() as session:
        found = session.scalars(waiting.order_by(Invitation.created_at)).all()
    return [invitation for invitation in found if account_id in invitation.grants["roles"]]


def withdraw(vault: Vault, actor: Actor, account_id: str, invitation_id: str) -> None:
    """Makes an invitation useless. Raises NotFound, Forbidden."""
    actor.require(Permission.PEOPLE, account_id)
    with vault.database.transaction() as session:
        invitation = session.get(Invitation, invitation_id)
        if invitation is None or account_id not in invitation.grants["roles"] or invitation.used_at is not None:
            raise NotFound()
        session.delete(invitation)
        append(
            session,
            actor=actor.id,
            action="person.invitation_withdrawn",
            subject=invitation_id,
            account_id=account_id,
            details={"email": invitation.email},
            at=vault.clock(),
        )


def checked_email(email: str) -> str:
    """Raises Invalid, with the problem under ``email``, for what is no e-mail address."""
    email = normal_email(email)
    if not _EMAIL.fullmatch(email) or len(email) > _LONGEST_EMAIL:
        problem = Message(N_("This is not an e-mail address. Write it like name@company.com."))
        raise Invalid(N_("Correct the marked fields."), {"email": problem})
    return email


def open_invitation(vault: Vault, session: Session, token: str) -> Invitation:
    """The row behind a link, locked where `session` writes. Raises NotFound for one that is wrong, used or too old."""
    wanted = select(Invitation).where(Invitation.token_hash == key_of(token)).with_for_update()
    invitation = session.scalar(wanted)
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= vault.clock():
        raise NotFound(N_("This link was used already, is too old, or was withdrawn. Ask for a new one."))
    return invitation


def require_set_up(session: Session, invitation: Invitation) -> None:
    """Raises NotFound unless `invitation` is the set-up of a vault that has no users yet."""
    if not invitation.grants["administrator"] or any_user(session):
        raise NotFound(N_("This vault is set up already. Sign in, or ask an owner to invite you."))
