"""Views of the work list that people keep: each their own, and those that a manager shares in a seller account."""

from collections.abc import Mapping

from sqlalchemy import and_, func, or_, select

from vault.db.entities.worklist import SavedFilter
from vault.domain.errors import Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.vault import Vault

_NAME = 80
_MOST = 40
_LONGEST = 200


def list_filters(vault: Vault, actor: Actor, account_id: str | None) -> list[SavedFilter]:
    """One's own and, in a seller account, the shared ones, by name. Raises NotFound."""
    own = and_(SavedFilter.user_id == actor.id, SavedFilter.account_id == account_id)
    if account_id is not None:
        actor.require(Permission.SEE, account_id)
        own = or_(own, and_(SavedFilter.account_id == account_id, SavedFilter.is_shared))
    with vault.database.reading() as session:
        return list(session.scalars(select(SavedFilter).where(own).order_by(SavedFilter.name, SavedFilter.id)))


def save_filter(
    vault: Vault, actor: Actor, account_id: str | None, name: str, query: Mapping[str, str], is_shared: bool = False
) -> SavedFilter:
    """Keeps a view. Raises NotFound, Forbidden where sharing takes a larger role, and Invalid."""
    if account_id is not None:
        actor.require(Permission.MANAGE if is_shared else Permission.SEE, account_id)
    elif is_shared:
        raise Invalid(N_("A view over all seller accounts is your own: others see other accounts."))
    name = name.strip()
    if not name or len(name) > _NAME:
        problem = Message(N_("Give the view a name of at most %(count)s characters."), {"count": str(_NAME)})
        raise Invalid(N_("The view was not kept."), {"name": problem})
    if any(len(key) + len(value) > _LONGEST for key, value in query.items()):
        raise Invalid(N_("The view was not kept."), {"name": Message(N_("A filter is too long."))})
    made = SavedFilter(id=new_id(), user_id=actor.id, account_id=account_id, name=name, query=dict(query))
    made.is_shared, made.made_at = is_shared, vault.clock()
    with vault.database.transaction() as session:
        mine = select(func.count()).select_from(SavedFilter).where(SavedFilter.user_id == actor.id)
        if (session.scalar(mine) or 0) >= _MOST:
            raise Invalid(N_("You keep %(count)s views already. Remove one first."), count=str(_MOST))
        session.add(made)
    return made


def remove_filter(vault: Vault, actor: Actor, filter_id: str) -> None:
    """Removes one's own view, or as a manager a shared one. Raises NotFound, Forbidden."""
    with vault.database.transaction() as session:
        kept = session.get(SavedFilter, filter_id)
        if kept is None or not _may_see(actor, kept):
            raise NotFound()
        if kept.user_id != actor.id and kept.account_id is not None:
            actor.require(Permission.MANAGE, kept.account_id)
        session.delete(kept)


def _may_see(actor: Actor, kept: SavedFilter) -> bool:
    if kept.account_id is not None and not actor.may(Permission.SEE, kept.account_id):
        return False
    return kept.user_id == actor.id or (kept.is_shared and kept.account_id is not None)
