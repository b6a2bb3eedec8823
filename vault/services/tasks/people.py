"""The people a task concerns: those who may do it, and those who may at least see it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.people import Membership, User
from vault.db.entities.work import Task
from vault.domain.roles import PERMISSIONS, Permission, Role


def colleagues(
    session: Session, account_id: str, permission: Permission = Permission.SEE, other_account_id: str | None = None
) -> Mapping[str, str]:
    """Names by id of who has `permission` in the account now, and sees `other_account_id` where there is one."""
    found = _members(session, account_id, permission)
    if other_account_id is not None:
        seeing = _members(session, other_account_id, Permission.SEE)
        found = {user_id: name for user_id, name in found.items() if user_id in seeing}
    return found


def who_may_do(session: Session, task: Task) -> Mapping[str, str]:
    """Names by id of the people whom the task can be given to."""
    return colleagues(session, task.account_id, Permission.CORRECT, task.other_account_id)


def who_may_see(session: Session, task: Task) -> Mapping[str, str]:
    return colleagues(session, task.account_id, Permission.SEE, task.other_account_id)


def _members(session: Session, account_id: str, permission: Permission) -> Mapping[str, str]:
    roles = [role for role in Role if permission in PERMISSIONS[role]]
    wanted = (
        select(User.id, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.account_id == account_id, Membership.role.in_(roles), User.disabled_at.is_(None))
        .order_by(User.name, User.id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}
