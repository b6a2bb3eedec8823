"""The people of a seller account and their roles; and everyone, for the administrator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from vault.db.entities.people import Membership, User
from vault.domain.errors import Conflict, NotFound
from vault.domain.message import N_
from vault.domain.roles import Permission, Role
from vault.services.access import Actor
from vault.services.journal.notes import Note, record
from vault.services.people.credentials import retire_sessions, user_for_change
from vault.services.people.users import Person, person_of
from vault.services.routines import judging as routine_judging
from vault.services.tasks.leaving import hand_back
from vault.services.vault import Vault


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a role in a seller account."""

    person: Person
    role: Role
    since: datetime


def list_members(vault: Vault, actor: Actor, account_id: str) -> list[Member]:
    """By name. Raises NotFound, Forbidden."""
    actor.require(Permission.PEOPLE, account_id)
    wanted = select(Membership).join(User).where(Membership.account_id == account_id).order_by(User.name, User.id)
    with vault.database.reading() as session:
        found = session.scalars(wanted.options(selectinload(Membership.user).selectinload(User.memberships)))
        return [Member(person_of(one.user), Role(one.role), one.since) for one in found]


def change_role(vault: Vault, actor: Actor, account_id: str, user_id: str, role: Role) -> None:
    """Gives a member another role. What the person may not do any more is nobody's from then on.

    Raises NotFound, Forbidden, Conflict where no owner would be left.
    """
    actor.require(Permission.PEOPLE, account_id)
    with vault.database.transaction() as session:
        membership = _membership(session, account_id, user_id)
        before = membership.role
        if role is not Role.OWNER:
            _keep_an_owner(session, membership)
        membership.role = role
        if before != role:
            details = {"from": before, "to": role.value}
            note = Note("person.role_changed", user_id, actor.id, account_id, details)
            record(session, vault, [note, *_hand_over(session, vault, account_id, user_id, actor.id)])


def remove_member(vault: Vault, actor: Actor, account_id: str, user_id: str) -> None:
    """Takes somebody's access to one seller account away; the person's tasks are nobody's from then on.

    Raises NotFound, Forbidden, Conflict for the last owner.
    """
    actor.require(Permission.PEOPLE, account_id)
    with vault.database.transaction() as session:
        membership = _membership(session, account_id, user_id)
        _keep_an_owner(session, membership)
        session.delete(membership)
        note = Note("person.removed", user_id, actor.id, account_id, {"role": membership.role})
        record(session, vault, [note, *_hand_over(session, vault, account_id, user_id, actor.id)])


def list_everyone(vault: Vault, actor: Actor) -> list[Person]:
    """All users of the installation, by name. Raises Forbidden for anybody but an administrator."""
    actor.require_administrator()
    with vault.database.reading() as session:
        users = session.scalars(select(User).options(selectinload(User.memberships)).order_by(User.name, User.id))
        return [person_of(user) for user in users]


def disable(vault: Vault, actor: Actor, user_id: str) -> None:
    """Somebody cannot sign in any more, and is signed out everywhere at once.

    Raises Forbidden, NotFound, Conflict for oneself: a vault must keep an administrator.
    """
    actor.require_administrator()
    if user_id == actor.id:
        raise Conflict(N_("You cannot disable yourself. Ask another administrator."))
    set_disabled(vault, actor.id, user_id, True)


def enable(vault: Vault, actor: Actor, user_id: str) -> None:
    """Raises Forbidden, NotFound."""
    actor.require_administrator()
    set_disabled(vault, actor.id, user_id, False)


def set_disabled(vault: Vault, actor_id: str, user_id: str, is_disabled: bool) -> None:
    """What `disable` and `enable` do, for a caller that has its own authority (the terminal). Raises NotFound.

    Tasks stay with somebody who is disabled, and are told to who manages the account; routines go to the deputy.
    """
    with vault.database.transaction() as session:
        user = user_for_change(session, user_id)
        if (user.disabled_at is not None) == is_disabled:
            return
        user.disabled_at = vault.clock() if is_disabled else None
        retire_sessions(session, user)
        notes = [Note("user.disabled" if is_disabled else "user.enabled", user_id, actor_id)]
        for account_id in sorted(membership.account_id for membership in user.memberships):
            notes += routine_judging.judge(session, vault, account_id, actor_id)
        record(session, vault, notes)


def _hand_over(session: Session, vault: Vault, account_id: str, user_id: str, actor_id: str) -> list[Note]:
    """What follows in the account from the person's new role: who does the tasks, and whose turn the routines are."""
    session.flush()
    tasks = hand_back(session, account_id, user_id, actor_id)
    return tasks + routine_judging.judge(session, vault, account_id, actor_id)


def _membership(session: Session, account_id: str, user_id: str) -> Membership:
    of_account = select(Membership).where(Membership.account_id == account_id).with_for_update()
    found = {membership.user_id: membership for membership in session.scalars(of_account)}
    if user_id not in found:
        raise NotFound()
    return found[user_id]


def _keep_an_owner(session: Session, leaving: Membership) -> None:
    owners = (Membership.account_id == leaving.account_id) & (Membership.role == Role.OWNER)
    others = select(func.count()).select_from(Membership).where(owners, Membership.id != leaving.id)
    if leaving.role == Role.OWNER and not session.scalar(others):
        raise Conflict(N_("A seller account needs an owner. Make somebody else an owner first."))
