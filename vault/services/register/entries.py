"""Changing the register: values are added, given a label or days, ended, and removed where they were a mistake."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.register import RegisterEntry
from vault.domain.errors import Conflict, Invalid, NotFound
from vault.domain.message import N_, Message
from vault.domain.register import AttributeKind
from vault.domain.roles import Permission
from vault.journal.entry import JsonValue
from vault.linking.plain import bare
from vault.services.access import Actor
from vault.services.days import today
from vault.services.journal.notes import Note, record
from vault.services.links import scoring as link_scoring
from vault.services.register import judging as register_judging
from vault.services.register.holders import Holder, require_holder
from vault.services.register.values import ReadValue, canonical_of, read_value, seal, typed_of
from vault.services.vault import Vault

_LABEL = 200
# A shorter part of a value can stand in a label by chance.
_TELLING = 6


@dataclass(frozen=True, slots=True)
class EntryDetails:
    """What a person says about a value beside the value itself. `since`, `until`: the first and the last day."""

    label: str = ""
    since: date | None = None
    until: date | None = None


def add_entry(
    vault: Vault, actor: Actor, holder_id: str, kind: AttributeKind, text: str, details: EntryDetails
) -> RegisterEntry:
    """Adds a value to the register of `holder_id`, a seller account or a known other account.

    Raises NotFound, Forbidden, Invalid (problems: value, label, until), Conflict where the account has it already.
    None of them repeats the value.
    """
    with vault.database.transaction() as session:
        holder = require_holder(session, actor, holder_id, Permission.MANAGE, lock=True)
        try:
            value = read_value(vault, kind, text, holder.country)
        except Invalid as error:
            raise Invalid(N_("The value was not added."), {"value": error.message}) from None
        require_details(details, value.canonical, value.typed)
        if held_already(session, holder, value):
            raise Conflict(N_("This value stands in the register of this account already."))
        entry, note = insert(session, vault, actor, holder, value, details)
        record(session, vault, [note, *after_change(session, vault, [holder], actor.id)])
    return entry


def change_entry(vault: Vault, actor: Actor, entry_id: str, details: EntryDetails) -> RegisterEntry:
    """Changes label and days. The value itself never changes: end it and add the new one.

    Raises NotFound, Forbidden, Invalid.
    """
    with vault.database.transaction() as session:
        entry, holder = require_entry(session, actor, entry_id, Permission.MANAGE)
        require_details(details, canonical_of(vault, entry.encrypted), typed_of(vault, entry))
        before = EntryDetails(entry.label, entry.since, entry.until)
        entry.label, entry.since, entry.until = details.label.strip(), details.since, details.until
        changed = [name for name in EntryDetails.__slots__ if getattr(entry, name) != getattr(before, name)]
        if changed:
            session.flush()
            note = _note("register.changed", entry, actor, {"fields": list[JsonValue](changed)})
            record(session, vault, [note, *after_change(session, vault, [holder], actor.id)])
    return entry


def end_entry(vault: Vault, actor: Actor, entry_id: str, until: date | None = None) -> RegisterEntry:
    """The account no longer uses the value since `until`, today where none is given. Raises as `change_entry`."""
    entry = get_entry(vault, actor, entry_id, Permission.MANAGE)
    return change_entry(vault, actor, entry_id, EntryDetails(entry.label, entry.since, until or today(vault)))


def remove_entry(vault: Vault, actor: Actor, entry_id: str) -> None:
    """Takes a value out that was never this account's; what it did use is ended instead. Raises NotFound, Forbidden."""
    with vault.database.transaction() as session:
        entry, holder = require_entry(session, actor, entry_id, Permission.MANAGE)
        session.delete(entry)
        session.flush()
        note = _note("register.removed", entry, actor, {"kind": entry.kind})
        record(session, vault, [note, *after_change(session, vault, [holder], actor.id)])


def get_entry(vault: Vault, actor: Actor, entry_id: str, permission: Permission) -> RegisterEntry:
    """An entry with which `actor` may do this much. Raises NotFound, Forbidden."""
    with vault.database.reading() as session:
        return require_entry(session, actor, entry_id, permission)[0]


def reveal(vault: Vault, actor: Actor, entry_id: str) -> tuple[RegisterEntry, str]:
    """The entry and its value in full. The journal keeps who looked and when, never what.

    Raises NotFound, Forbidden, Damaged where the value cannot be opened.
    """
    with vault.database.transaction() as session:
        entry, _ = require_entry(session, actor, entry_id, Permission.REVEAL)
        shown = typed_of(vault, entry)
        record(session, vault, [_note("register.revealed", entry, actor, {"kind": entry.kind})])
    return entry, shown


def require_entry(
    session: Session, actor: Actor, entry_id: str, permission: Permission
) -> tuple[RegisterEntry, Holder]:
    """Raises NotFound, Forbidden."""
    entry = session.get(RegisterEntry, entry_id)
    if entry is None:
        raise NotFound()
    return entry, require_holder(session, actor, entry.holder_id, permission)


def require_details(details: EntryDetails, canonical: str, typed: str) -> None:
    """Raises Invalid, also for a label that tells the value: labels are shown to everybody and not encrypted."""
    problems: dict[str, Message] = {}
    # Bank accounts have their kind in front, and an IPv6 address is not what follows its last colon.
    told = {bare(text) for text in (canonical, canonical.rpartition(":")[2], typed)}
    if len(details.label.strip()) > _LABEL:
        problems["label"] = Message(N_("Write at most %(longest)s characters."), {"longest": str(_LABEL)})
    elif any(len(text) >= _TELLING and text in bare(details.label) for text in told):
        problems["label"] = Message(N_("Leave the value itself out of the label: everybody reads labels."))
    if details.since and details.until and details.until < details.since:
        problems["until"] = Message(N_("The last day cannot come before the first."))
    if problems:
        raise Invalid(N_("The value was not saved."), problems)


def held_already(session: Session, holder: Holder, value: ReadValue) -> RegisterEntry | None:
    """The entry of this account that has the same value under the same kind and lasts."""
    wanted = select(RegisterEntry).where(
        RegisterEntry.holder_id == holder.id,
        RegisterEntry.kind == value.kind,
        RegisterEntry.fingerprint == value.fingerprint,
        RegisterEntry.until.is_(None),
    )
    return session.scalar(wanted.limit(1))


def insert(
    session: Session, vault: Vault, actor: Actor, holder: Holder, value: ReadValue, details: EntryDetails
) -> tuple[RegisterEntry, Note]:
    """Writes a value that was read and looked for before."""
    entry = RegisterEntry(
        account_id=holder.account_id,
        holder_id=holder.id,
        kind=value.kind,
        label=details.label.strip(),
        encrypted=seal(vault, value),
        masked=value.masked,
        fingerprint=value.fingerprint,
        since=details.since,
        until=details.until,
        created_at=vault.clock(),
        created_by=actor.id,
    )
    session.add(entry)
    session.flush()
    return entry, _note("register.added", entry, actor, {"kind": entry.kind})


def after_change(session: Session, vault: Vault, holders: Iterable[Holder], actor_id: str) -> list[Note]:
    """What follows from other registers: the accounts' own gaps, and whom they are linked to. Record the notes at once."""
    changed = {holder.id: holder for holder in holders}
    own = sorted(holder.account_id for holder in changed.values() if holder.is_own)  # all lock tasks in one order
    notes = [note for account_id in own for note in register_judging.judge(session, vault, account_id, actor_id)]
    return notes + link_scoring.holders_changed(session, vault, list(changed), actor_id)


def _note(action: str, entry: RegisterEntry, actor: Actor, details: Mapping[str, JsonValue]) -> Note:
    holder = {} if entry.holder_id == entry.account_id else {"other_account": entry.holder_id}
    return Note(action, entry.id, actor.id, entry.account_id, {**details, **holder})
