"""The journal as people read it: the entries of one seller account, and the export of the whole chain."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from vault.db.entities.people import User
from vault.db.entities.work import Task
from vault.domain.errors import Damaged, Forbidden
from vault.domain.message import N_
from vault.domain.roles import Permission
from vault.journal.entry import Head, JsonValue, moment, read_moment
from vault.journal.export import export_lines
from vault.journal.reader import read_head, to_recorded
from vault.journal.seals import SEALED
from vault.journal.table import entries
from vault.journal.verifier import Broken
from vault.services.access import Actor
from vault.services.journal.history import sees_every_account
from vault.services.vault import Vault

PAGE = 50
_OF_PAIRS = ("link", "links")


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which entries to show. `area` is the part of an action before the dot; days count in UTC, both included."""

    area: str = ""
    actor: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One entry. `actor` is a person's name, or the id where the journal knows none. `seq`: see `JournalPage`.

    `details` are what the change says of itself, without the seal over its rows.
    """

    seq: int | None
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, JsonValue]
    hash: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Newest first. `before` is the checksum to ask for the next page with, None at the end.

    `head` and the numbers of entries are None to who does not see every seller account: the chain is one over all of
    them, and numbers that are left out tell that something happened in another one, such as that it has a value too.
    """

    rows: tuple[JournalRow, ...]
    head: Head | None
    before: str | None


def list_entries(
    vault: Vault, actor: Actor, account_id: str | None, wanted: JournalFilter, before: str | None = None
) -> JournalPage:
    """A page of a seller account's entries, those older than the one with the checksum `before`.

    Without an account: what belongs to none, such as sign-ins; that is for administrators, who may see no account at
    all: nothing of what accounts share is among it.
    Raises NotFound, Forbidden, Damaged for a row that holds no entry any more.
    """
    _require(actor, account_id)
    statement = select(entries).where(*_seen(actor, account_id), *_passed(wanted))
    if before is not None:
        place = select(entries.c.seq).where(entries.c.hash == before).scalar_subquery()
        statement = statement.where(entries.c.seq < place)
    with vault.database.reading() as session:
        found = session.execute(statement.order_by(entries.c.seq.desc()).limit(PAGE + 1)).all()
        rows = [_row(each) for each in found[:PAGE]]
        names = _names(session, {row.actor for row in rows})
        head = read_head(session.connection()) if sees_every_account(session, actor) else None
    named = tuple(_named(row, names, is_numbered=head is not None) for row in rows)
    return JournalPage(named, head, rows[-1].hash if len(found) > PAGE else None)


def list_actors(vault: Vault, actor: Actor, account_id: str | None) -> dict[str, str]:
    """Who appears in the entries that `list_entries` gives: id and name. Raises NotFound, Forbidden."""
    _require(actor, account_id)
    wanted = select(entries.c.actor).where(*_seen(actor, account_id)).distinct()
    with vault.database.reading() as session:
        ids = set(session.scalars(wanted))
        return {id_: id_ for id_ in sorted(ids)} | _names(session, ids)


def export_journal(vault: Vault, actor: Actor) -> Iterator[bytes]:
    """The whole chain as JSON Lines, with its head. It holds every account's entries, so it is for those who see all.

    Raises Forbidden.
    """
    if not may_export(vault, actor):
        raise Forbidden(
            N_("The journal is one chain over all seller accounts, and you do not see them all. Ask the administrator.")
        )
    return _lines(vault)


def may_export(vault: Vault, actor: Actor) -> bool:
    """Whether `actor` is an administrator who sees every seller account."""
    if not actor.is_administrator:
        return False
    with vault.database.reading() as session:
        return sees_every_account(session, actor)


def _hidden_tasks(actor: Actor, account_id: str) -> Select[str]:
    """Tasks that tell of a second seller account which `actor` does not see: their entries would tell of it too."""
    return select(Task.id).where(
        Task.account_id == account_id,
        Task.other_account_id.is_not(None),
        Task.other_account_id.not_in(actor.account_ids),
    )


def _require(actor: Actor, account_id: str | None) -> None:
    if account_id is None:
        actor.require_administrator()
    else:
        actor.require(Permission.SEE, account_id)


def _lines(vault: Vault) -> Iterator[bytes]:
    with vault.database.reading() as session:
        yield from export_lines(session.connection())


def _seen(actor: Actor, account_id: str | None) -> Sequence[ColumnElement[bool]]:
    """The account's entries, without those that tell of a second account which `actor` does not see.

    What tells of pairs of accounts belongs to neither alone: the page of the pair shows it to who sees both.
    """
    own = entries.c.account_id == account_id
    if account_id is None:
        return (own, *(entries.c.action.not_like(f"{area}.%") for area in _OF_PAIRS))
    return (own, entries.c.subject.not_in(_hidden_tasks(actor, account_id)))


def _passed(wanted: JournalFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.area:
        yield entries.c.action.startswith(wanted.area + ".", autoescape=True)
    if wanted.actor:
        yield entries.c.actor == wanted.actor
    if wanted.first:
        yield entries.c.at >= _start_of(wanted.first)
    if wanted.last:
        yield entries.c.at < _start_of(wanted.last + timedelta(days=1))


def _start_of(day: date) -> str:
    return moment(datetime.combine(day, time.min, UTC))


def _row(found: Any) -> JournalRow:
    recorded = to_recorded(found)
    if isinstance(recorded, Broken):
        raise Damaged(N_("%(where)s is damaged. Run “sellervault verify” on the vault."), where=recorded.where)
    entry = recorded.entry
    details = {name: value for name, value in entry.details.items() if name != SEALED}
    at = read_moment(entry.at)
    return JournalRow(entry.seq, at, entry.actor, entry.action, entry.subject, details, recorded.hash)


def _names(session: Session, ids: set[str]) -> dict[str, str]:
    return {row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(ids)))}


def _named(row: JournalRow, names: Mapping[str, str], *, is_numbered: bool) -> JournalRow:
    return replace(row, actor=names.get(row.actor, row.actor), seq=row.seq if is_numbered else None)
