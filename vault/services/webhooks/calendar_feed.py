"""A person's calendar under a secret address: what falls due, and only what the person may see at that moment."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.webhooks import CalendarEntry, CalendarFeed
from vault.db.entities.work import Task, TaskState
from vault.db.queries.tasks import visible_to
from vault.domain.errors import NotFound
from vault.domain.message import N_, Message
from vault.services.days import today
from vault.services.findings import load_message
from vault.services.journal.notes import Note, record
from vault.services.people import users
from vault.services.people.throttle import Limit, count_attempt
from vault.services.people.users import Person
from vault.services.people.web_sessions import key_of, new_token
from vault.services.routines.standing import crews_of, stand
from vault.services.security.papers import expiring_papers
from vault.services.vault import Vault

# A calendar with every task of a large vault would be no calendar any more.
_MOST_TASKS = 500
_BACK = timedelta(days=60)
_AHEAD = timedelta(days=400)
# Programs fetch it several times an hour at most; whoever guesses at addresses gets fewer tries than that.
_FETCHES = 60
_MISSES = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that falls due on a day. `uid` stays the same for as long as it is the same thing."""

    uid: str
    day: date
    title: Message
    account: str
    address: str

    @property
    def digest(self) -> str:
        said = (self.day.isoformat(), self.title.text, dict(self.title.params), self.account, self.address)
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of an entry this is, from 0, and since when."""

    sequence: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a person's feed holds, the earliest first, and the version of each entry by its uid."""

    person: Person
    entries: Sequence[Entry]
    versions: Mapping[str, Version]


def feed_of(vault: Vault, person: Person) -> CalendarFeed | None:
    """The person's feed; None where there is none."""
    with vault.database.reading() as session:
        return session.scalar(select(CalendarFeed).where(CalendarFeed.user_id == person.id))


def renew(vault: Vault, person: Person, is_everything: bool) -> str:
    """A new secret address, shown once; an older one stops working.

    `is_everything`: all that the person may see, not only what is the person's own to do.
    """
    token = new_token()
    with vault.database.transaction() as session:
        _close(session, person)
        feed = CalendarFeed(user_id=person.id, token_hash=key_of(token), created_at=vault.clock())
        feed.is_everything = is_everything
        session.add(feed)
        record(session, vault, [Note("user.calendar_opened", person.id, person.id)])
    return f"{vault.settings.address}/calendar/{token}.ics"


def revoke(vault: Vault, person: Person) -> None:
    """The address stops working. Nothing happens where there is none."""
    with vault.database.transaction() as session:
        if _close(session, person):
            record(session, vault, [Note("user.calendar_closed", person.id, person.id)])


def read(vault: Vault, token: str, address: str) -> Calendar:
    """The calendar behind a secret address, asked for from the network address `address`.

    Raises NotFound for an address that is wrong or revoked, and for a person who may not sign in now; Throttled.
    """
    key = key_of(token)
    with vault.database.reading() as session:
        feed = session.scalar(select(CalendarFeed).where(CalendarFeed.token_hash == key))
    if feed is None:
        count_attempt(vault, [Limit("calendar-address", address, _MISSES)])
        raise NotFound()
    count_attempt(vault, [Limit("calendar", key, _FETCHES)])
    person = users.find(vault, feed.user_id)
    if person is None or person.is_disabled or person.must_enrol:
        raise NotFound()
    with vault.database.reading() as session:
        entries = sorted(_entries(session, vault, person, feed.is_everything), key=lambda entry: (entry.day, entry.uid))
    return Calendar(person, entries, _versions(vault, {entry.uid: entry.digest for entry in entries}))


def _close(session: Session, person: Person) -> bool:
    feed = session.scalar(select(CalendarFeed).where(CalendarFeed.user_id == person.id).with_for_update())
    if feed is not None:
        session.delete(feed)
        session.flush()
    return feed is not None


def _entries(session: Session, vault: Vault, person: Person, is_everything: bool) -> Iterator[Entry]:
    seen = person.actor().account_ids
    open_accounts = select(SellerAccount.id, SellerAccount.name).where(
        SellerAccount.id.in_(seen), SellerAccount.closed_at.is_(None)
    )
    names = {row[0]: row[1] for row in session.execute(open_accounts)}
    whose = None if is_everything else person.id
    yield from _tasks(session, vault, names, seen, whose)
    yield from _routines(session, vault, names, whose)
    if is_everything:
        yield from _papers(session, vault, names)


def _tasks(
    session: Session, vault: Vault, names: Mapping[str, str], seen: Sequence[str], whose: str | None
) -> Iterator[Entry]:
    wanted = select(Task).where(
        Task.account_id.in_(list(names)),
        Task.state == TaskState.OPEN,
        Task.due_on >= today(vault) - _BACK,
        visible_to(seen),
    )
    if whose:
        wanted = wanted.where(Task.assignee_id == whose)
    for task in session.scalars(wanted.order_by(Task.due_on, Task.id).limit(_MOST_TASKS)):
        path = f"/a/{task.account_id}/tasks/{task.id}"
        yield _entry(vault, f"task-{task.id}", task.due_on, load_message(task.title), names[task.account_id], path)


def _routines(session: Session, vault: Vault, names: Mapping[str, str], whose: str | None) -> Iterator[Entry]:
    """The duty of now and the next one of each routine."""
    day = today(vault)
    for each in stand(session, list(names), day, crews_of(session, list(names), day)):
        routine = each.routine
        now = [(each.open.due_on, each.turn)] if each.open else []
        then = [(each.next_due, each.next_turn)] if each.next_due else []
        for due_on, turn in (*now, *then):
            if whose in (None, turn.person_id) and due_on <= day + _AHEAD:
                title = Message("%(title)s", {"title": routine.title})
                uid = f"routine-{routine.id}-{due_on:%Y%m%d}"
                yield _entry(vault, uid, due_on, title, names[routine.account_id], f"/a/{routine.account_id}/routines")


def _papers(session: Session, vault: Vault, names: Mapping[str, str]) -> Iterator[Entry]:
    day = today(vault)
    for paper in expiring_papers(session, list(names), day - _BACK, day + _AHEAD):
        title = Message(N_("A paper of %(holder)s expires"), {"holder": paper.holder})
        path = f"/a/{paper.account_id}/security"
        yield _entry(vault, f"paper-{paper.id}", paper.expires_on, title, names[paper.account_id], path)


def _entry(vault: Vault, uid: str, day: date, title: Message, account: str, path: str) -> Entry:
    return Entry(f"{uid}@sellervault", day, title, account, f"{vault.settings.address}{path}")


def _versions(vault: Vault, digests: Mapping[str, str]) -> Mapping[str, Version]:
    """The version of each entry; a new one where it has changed since it was given out last."""
    with vault.database.reading() as session:
        known = _known(session, digests)
    if any(uid not in known or known[uid].digest != digest for uid, digest in digests.items()):
        with suppress(IntegrityError):  # who fetches the same at the same time may be quicker, and writes the same
            _keep_versions(vault, digests)
        with vault.database.reading() as session:
            known = _known(session, digests)
    return {uid: Version(row.sequence, row.changed_at) for uid, row in known.items()}


def _keep_versions(vault: Vault, digests: Mapping[str, str]) -> None:
    now = vault.clock().replace(microsecond=0)
    with vault.database.transaction() as session:
        known = _known(session, digests)
        for uid, digest in digests.items():
            row = known.get(uid)
            if row is None:
                session.add(CalendarEntry(uid=uid, digest=digest, sequence=0, changed_at=now))
            elif row.digest != digest:
                row.digest, row.sequence, row.changed_at = digest, row.sequence + 1, now


def _known(session: Session, uids: Mapping[str, str]) -> Mapping[str, CalendarEntry]:
    rows = session.scalars(select(CalendarEntry).where(CalendarEntry.uid.in_(list(uids))))
    return {row.uid: row for row in rows}
