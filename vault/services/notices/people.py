"""Who is to be told: people who may see what it is about, now."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.people import Membership, User
from vault.db.entities.work import Task
from vault.db.entities.worklist import TaskWatcher
from vault.domain.roles import Permission, Role
from vault.services.access import Actor
from vault.services.people.users import person_of

_PIECE = 500


def open_accounts() -> Select[str]:
    """The ids of the seller accounts that are not closed: nobody is told of what is left in the others."""
    return select(SellerAccount.id).where(SellerAccount.closed_at.is_(None))


@dataclass(frozen=True, slots=True)
class Audience:
    """People who can sign in and see something, and who watches which task."""

    actors: dict[str, Actor]
    watchers: dict[str, set[str]]

    def concerned(self, task: Task) -> set[str]:
        """Who works on the task: its assignee, else who manages its seller account; and who watches it."""
        own = {task.assignee_id} if task.assignee_id and self.sees(task.assignee_id, task) else set()
        own = own or self._those_who(Permission.MANAGE, task)
        return own | {user_id for user_id in self.watchers.get(task.id, ()) if self.sees(user_id, task)}

    def owners(self, task: Task) -> set[str]:
        """The owners of the task's seller account."""
        return {
            user_id
            for user_id, actor in self.actors.items()
            if actor.roles.get(task.account_id) is Role.OWNER and self.sees(user_id, task)
        }

    def managers(self, account_id: str) -> set[str]:
        return {user_id for user_id, actor in self.actors.items() if actor.may(Permission.MANAGE, account_id)}

    def sees(self, user_id: str, task: Task) -> bool:
        actor = self.actors.get(user_id)
        return actor is not None and may_see(actor, task.account_id, task.other_account_id)

    def _those_who(self, permission: Permission, task: Task) -> set[str]:
        return {
            user_id
            for user_id, actor in self.actors.items()
            if actor.may(permission, task.account_id) and self.sees(user_id, task)
        }


def may_see(actor: Actor, account_id: str | None, other_account_id: str | None) -> bool:
    """Whether the actor may be told of this account, and of the other one if there is one."""
    if account_id is None:
        return actor.is_administrator
    return all(actor.may(Permission.SEE, each) for each in (account_id, other_account_id) if each)


def audience_of(session: Session, account_ids: Iterable[str], task_ids: Iterable[str] = ()) -> Audience:
    """Everybody with a role in one of these seller accounts, and the watchers of these tasks."""
    members = select(Membership.user_id).where(Membership.account_id.in_(sorted(set(account_ids))))
    wanted = select(User).where(User.id.in_(members), User.disabled_at.is_(None))
    people = [person_of(user) for user in session.scalars(wanted.options(selectinload(User.memberships)))]
    return Audience({person.id: person.actor() for person in people}, watchers_of(session, task_ids))


def watchers_of(session: Session, task_ids: Iterable[str]) -> dict[str, set[str]]:
    """User ids by task id."""
    ids = sorted(set(task_ids))
    found: dict[str, set[str]] = {}
    for start in range(0, len(ids), _PIECE):
        piece = TaskWatcher.task_id.in_(ids[start : start + _PIECE])
        for task_id, user_id in session.execute(select(TaskWatcher.task_id, TaskWatcher.user_id).where(piece)):
            found.setdefault(task_id, set()).add(user_id)
    return found


def administrators(session: Session) -> set[str]:
    """Everybody who runs the installation and can sign in."""
    wanted = select(User).where(User.is_administrator.is_(True), User.disabled_at.is_(None))
    people = [person_of(user) for user in session.scalars(wanted.options(selectinload(User.memberships)))]
    return {person.id for person in people if person.actor().is_administrator}
