"""Who was let into a seller account on Amazon: people, agencies, tools; why, since when, and until when."""

from dataclasses import asdict, dataclass, fields
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.register import AccessGrant
from vault.domain.errors import Invalid, NotFound
from vault.domain.message import N_, Message
from vault.domain.register import AttributeKind, GrantKind
from vault.domain.roles import Permission
from vault.journal.entry import JsonValue
from vault.linking.names import normal_person
from vault.linking.values import normalise
from vault.services.access import Actor
from vault.services.days import today
from vault.services.journal.notes import Note, record
from vault.services.register.entries import after_change
from vault.services.register.holders import Holder, require_holder
from vault.services.security import judging as security_judging
from vault.services.vault import Vault

_LONGEST = {"name": 200, "email": 254, "role": 200, "reason": 2000}


@dataclass(frozen=True, slots=True)
class GrantDetails:
    """`role`: what the access is on Amazon. `left_on`: it is needed no longer. `removed_on`: it was taken away."""

    kind: GrantKind
    name: str
    email: str = ""
    role: str = ""
    reason: str = ""
    since: date | None = None
    trained_on: date | None = None
    left_on: date | None = None
    removed_on: date | None = None


def list_grants(vault: Vault, actor: Actor, account_id: str) -> list[AccessGrant]:
    """Who has access, by name, then who had. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    wanted = select(AccessGrant).where(AccessGrant.account_id == account_id)
    with vault.database.reading() as session:
        return list(
            session.scalars(wanted.order_by(AccessGrant.removed_on.is_not(None), AccessGrant.name, AccessGrant.id))
        )


def get_grant(vault: Vault, actor: Actor, account_id: str, grant_id: str) -> AccessGrant:
    """Raises NotFound."""
    with vault.database.reading() as session:
        grant, _ = _require(session, actor, grant_id, Permission.SEE)
    if grant.account_id != account_id:
        raise NotFound()
    return grant


def add_grant(vault: Vault, actor: Actor, account_id: str, details: GrantDetails) -> AccessGrant:
    """Raises NotFound, Forbidden, Invalid."""
    with vault.database.transaction() as session:
        holder = require_holder(session, actor, account_id, Permission.MANAGE)
        grant = AccessGrant(account_id=account_id, created_at=vault.clock())
        _fill(vault, grant, _checked(details))
        session.add(grant)
        session.flush()
        _record(session, vault, holder, _note("access.added", grant, actor))
    return grant


def change_grant(vault: Vault, actor: Actor, grant_id: str, details: GrantDetails) -> AccessGrant:
    """Raises NotFound, Forbidden, Invalid."""
    with vault.database.transaction() as session:
        grant, holder = _require(session, actor, grant_id, Permission.MANAGE)
        values = _checked(details)
        changed: list[JsonValue] = [name for name, value in values.items() if getattr(grant, name) != value]
        _fill(vault, grant, values)
        if changed:
            _record(session, vault, holder, _note("access.changed", grant, actor, changed))
    return grant


def end_grant(vault: Vault, actor: Actor, grant_id: str) -> AccessGrant:
    """The access was taken away on Amazon today. Raises NotFound, Forbidden, Invalid for one that has not begun."""
    with vault.database.reading() as session:
        grant, _ = _require(session, actor, grant_id, Permission.MANAGE)
    said = {each.name: getattr(grant, each.name) for each in fields(GrantDetails)}
    day = today(vault)
    ended = {"kind": GrantKind(grant.kind), "left_on": grant.left_on or day, "removed_on": grant.removed_on or day}
    return change_grant(vault, actor, grant_id, GrantDetails(**{**said, **ended}))


def remove_grant(vault: Vault, actor: Actor, grant_id: str) -> None:
    """Takes a record out that was a mistake; access that there was gets a day on which it ended instead.

    Raises NotFound, Forbidden.
    """
    with vault.database.transaction() as session:
        grant, holder = _require(session, actor, grant_id, Permission.MANAGE)
        session.delete(grant)
        session.flush()
        _record(session, vault, holder, _note("access.removed", grant, actor))


def _require(session: Session, actor: Actor, grant_id: str, permission: Permission) -> tuple[AccessGrant, Holder]:
    grant = session.get(AccessGrant, grant_id)
    if grant is None:
        raise NotFound()
    return grant, require_holder(session, actor, grant.account_id, permission)


def _record(session: Session, vault: Vault, holder: Holder, note: Note) -> None:
    session.flush()
    duties = security_judging.judge(session, vault, holder.account_id, note.actor)
    record(session, vault, [note, *duties, *after_change(session, vault, [holder], note.actor)])


def _checked(details: GrantDetails) -> dict[str, object]:
    values: dict[str, object] = {
        name: value.strip() if isinstance(value, str) else value for name, value in asdict(details).items()
    }
    problems = {
        name: Message(N_("Write at most %(longest)s characters."), {"longest": str(longest)})
        for name, longest in _LONGEST.items()
        if len(str(values[name])) > longest
    }
    if not values["name"]:
        problems["name"] = Message(N_("Say who or what has access."))
    if details.since:
        for name in ("left_on", "removed_on"):
            day = getattr(details, name)
            if day and day < details.since:
                problems[name] = Message(N_("The access cannot end before it began."))
    if problems:
        raise Invalid(N_("The access was not saved."), problems)
    return values


def _fill(vault: Vault, grant: AccessGrant, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(grant, name, value)
    grant.person_key = _person_key(vault, grant)


def _person_key(vault: Vault, grant: AccessGrant) -> str:
    """A keyed fingerprint of the mailbox, else of the name: the same person in two accounts is seen to be the same."""
    try:
        who = normalise(AttributeKind.EMAIL, grant.email) if grant.email else normal_person(grant.name)
    except Invalid:
        return ""
    return vault.secrets.fingerprint("register:access", who)


def _note(action: str, grant: AccessGrant, actor: Actor, fields: list[JsonValue] | None = None) -> Note:
    details: dict[str, JsonValue] = {"kind": grant.kind, "name": grant.name}
    return Note(action, grant.id, actor.id, grant.account_id, {**details, **({"fields": fields} if fields else {})})
