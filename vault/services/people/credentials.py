"""What all changes of credentials share: the locked row, and the end of older sessions."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from vault.db.entities.people import User, WebSession
from vault.domain.errors import NotFound


def user_for_change(session: Session, user_id: str) -> User:
    """The user, locked until the transaction ends. Raises NotFound."""
    wanted = select(User).where(User.id == user_id).options(selectinload(User.memberships))
    # Not the key: others may give the user a task meanwhile.
    user = session.scalar(wanted.with_for_update(of=User, key_share=True))
    if user is None:
        raise NotFound()
    return user


def retire_sessions(session: Session, user: User) -> None:
    """Ends every session that was opened with the credentials the user had until now."""
    user.credentials_version += 1
    session.execute(delete(WebSession).where(WebSession.user_id == user.id))


def normal_email(email: str) -> str:
    """An e-mail address as it is compared: without spaces around it, lower case."""
    return email.strip().lower()
