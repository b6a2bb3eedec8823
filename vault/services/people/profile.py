"""What people change about themselves."""

from sqlalchemy import delete, select, update

from vault.db.entities.notices import NoticeChoice
from vault.db.entities.people import User, WebSession
from vault.domain.errors import Conflict, Invalid
from vault.domain.message import N_, Message
from vault.journal.writer import append
from vault.services.people.credentials import retire_sessions, user_for_change
from vault.services.people.invitations import checked_email
from vault.services.people.passwords import hash_password, require_good
from vault.services.people.users import Person, person_of
from vault.services.vault import Vault


def change_profile(vault: Vault, person: Person, name: str, language: str) -> None:
    """Raises Invalid for an empty name."""
    if not name.strip():
        raise Invalid(N_("Correct the marked fields."), {"name": Message(N_("Fill in this field."))})
    with vault.database.transaction() as session:
        user = user_for_change(session, person.id)
        user.name, user.language = name.strip(), language
        append(session, actor=person.id, action="user.profile_changed", subject=person.id, at=vault.clock())


def change_email(vault: Vault, person: Person, email: str) -> None:
    """Raises Invalid for what is no e-mail address, Conflict for somebody else's."""
    email = checked_email(email)
    with vault.database.transaction() as session:
        other = session.scalar(select(User.id).where(User.email == email, User.id != person.id))
        if other is not None:
            raise Conflict(N_("This e-mail address cannot be used. Choose another one."))
        user_for_change(session, person.id).email = email
        # Mails that were refused at the old address may be taken at the new one.
        session.execute(update(NoticeChoice).where(NoticeChoice.user_id == person.id).values(refused_at=None))
        append(session, actor=person.id, action="user.email_changed", subject=person.id, at=vault.clock())


def change_password(vault: Vault, person: Person, password: str) -> Person:
    """A new password; every session of the person ends, so the caller opens a new one. Raises Invalid."""
    require_good(password, (person.name, person.email))
    hashed = hash_password(password)
    with vault.database.transaction() as session:
        user = user_for_change(session, person.id)
        user.password_hash = hashed
        retire_sessions(session, user)
        append(session, actor=person.id, action="user.password_changed", subject=person.id, at=vault.clock())
        return person_of(user)


def end_other_sessions(vault: Vault, person: Person, current_key: str) -> None:
    """Signs the person out everywhere but in the session that `current_key` names."""
    others = (WebSession.user_id == person.id) & (WebSession.token_hash != current_key)
    with vault.database.transaction() as session:
        session.execute(delete(WebSession).where(others))
        append(session, actor=person.id, action="user.other_sessions_ended", subject=person.id, at=vault.clock())
