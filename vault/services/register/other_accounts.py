"""Known other accounts: not one's own, but Amazon could take them for it. A former partner's, a relative's."""

from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vault.db.entities.register import OtherAccount, RegisterEntry
from vault.domain.errors import Invalid, NotFound
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.journal.entry import JsonValue
from vault.services.access import Actor
from vault.services.journal.notes import Note, record
from vault.services.links import scoring as link_scoring
from vault.services.register.entries import after_change
from vault.services.register.holders import require_holder
from vault.services.vault import Vault

_LONGEST = {"name": 200, "relation": 200, "note": 2000}


@dataclass(frozen=True, slots=True)
class OtherDetails:
    """What is known of the account: how one calls it, and what it has to do with one's own."""

    name: str
    relation: str = ""
    note: str = ""


def list_others(vault: Vault, actor: Actor, account_id: str) -> list[tuple[OtherAccount, int]]:
    """Each with how many values its register holds, by name. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    counted = (
        select(RegisterEntry.holder_id, func.count().label("held"))
        .where(RegisterEntry.account_id == account_id)
        .group_by(RegisterEntry.holder_id)
        .subquery()
    )
    wanted = (
        select(OtherAccount, func.coalesce(counted.c.held, 0))
        .outerjoin(counted, counted.c.holder_id == OtherAccount.id)
        .where(OtherAccount.account_id == account_id, OtherAccount.removed_at.is_(None))
        .order_by(OtherAccount.name, OtherAccount.id)
    )
    with vault.database.reading() as session:
        return [(other, count) for other, count in session.execute(wanted)]


def get_other(vault: Vault, actor: Actor, account_id: str, other_id: str) -> OtherAccount:
    """Raises NotFound."""
    with vault.database.reading() as session:
        other = _require(session, actor, other_id, Permission.SEE)
    if other.account_id != account_id:
        raise NotFound()
    return other


def add_other(vault: Vault, actor: Actor, account_id: str, details: OtherDetails) -> OtherAccount:
    """Raises NotFound, Forbidden, Invalid."""
    actor.require(Permission.MANAGE, account_id)
    values = _checked(details)
    with vault.database.transaction() as session:
        other = OtherAccount(account_id=account_id, created_at=vault.clock(), **values)
        session.add(other)
        session.flush()
        record(session, vault, [_note("other_account.added", other, actor)])
    return other


def change_other(vault: Vault, actor: Actor, other_id: str, details: OtherDetails) -> OtherAccount:
    """Raises NotFound, Forbidden, Invalid."""
    with vault.database.transaction() as session:
        other = _require(session, actor, other_id, Permission.MANAGE)
        values = _checked(details)
        changed: list[JsonValue] = [name for name, value in values.items() if getattr(other, name) != value]
        for name, value in values.items():
            setattr(other, name, value)
        if changed:
            session.flush()
            notes = [_note("other_account.changed", other, actor, changed)]
            if "name" in changed:  # tasks of links call it by its name
                notes += link_scoring.holder_changed(session, vault, other_id, actor.id)
            record(session, vault, notes)
    return other


def remove_other(vault: Vault, actor: Actor, other_id: str) -> None:
    """It counts no longer, and nothing of it is shown any more. Raises NotFound, Forbidden."""
    with vault.database.transaction() as session:
        holder = require_holder(session, actor, other_id, Permission.MANAGE)
        other = _require(session, actor, other_id, Permission.MANAGE)
        other.removed_at = vault.clock()
        session.flush()
        note = _note("other_account.removed", other, actor)
        record(session, vault, [note, *after_change(session, vault, [holder], actor.id)])


def _require(session: Session, actor: Actor, other_id: str, permission: Permission) -> OtherAccount:
    other = session.get(OtherAccount, other_id)
    if other is None:
        raise NotFound()
    actor.require(permission, other.account_id)
    if other.removed_at:
        raise NotFound()
    return other


def _checked(details: OtherDetails) -> dict[str, str]:
    values = {name: text.strip() for name, text in asdict(details).items()}
    problems = {
        name: Message(N_("Write at most %(longest)s characters."), {"longest": str(longest)})
        for name, longest in _LONGEST.items()
        if len(values[name]) > longest
    }
    if not values["name"]:
        problems["name"] = Message(N_("Say how you call this account."))
    if problems:
        raise Invalid(N_("The account was not saved."), problems)
    return values


def _note(action: str, other: OtherAccount, actor: Actor, fields: list[JsonValue] | None = None) -> Note:
    details: dict[str, JsonValue] = {"name": other.name}
    return Note(action, other.id, actor.id, other.account_id, {**details, **({"fields": fields} if fields else {})})
