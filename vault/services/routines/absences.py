"""Absences: while a person is away, the deputy takes the person's turn."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.people import Membership, User
from vault.db.entities.routines import Absence
from vault.db.queries.routines import absences_from
from vault.domain.errors import Forbidden, Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.days import today
from vault.services.journal.notes import Note, record
from vault.services.routines.judging import judge
from vault.services.vault import Vault

_LONGEST = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class Away:
    """Who is away, from the first to the last day, both included."""

    user_id: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """One absence with the person's name. `may_remove`: for the reader."""

    absence: Absence
    name: str
    may_remove: bool


def list_absences(vault: Vault, actor: Actor, account_id: str) -> list[AbsenceRow]:
    """The absences that are not over, the first to begin first. Raises NotFound."""
    actor.require(Permission.SEE, account_id)
    with vault.database.reading() as session:
        found = absences_from(session, [account_id], today(vault))
        names = names_of(session, {each.user_id for each in found})
    return [AbsenceRow(each, names[each.user_id], _may_enter(actor, account_id, each.user_id)) for each in found]


def enter(vault: Vault, actor: Actor, account_id: str, away: Away, *, everywhere: bool = False) -> None:
    """Notes that a person is away. An absence that is there already is not noted twice.

    `everywhere`: in all seller accounts that `actor` sees; for oneself only. Raises NotFound, Forbidden for somebody
    else's where one does not manage the account, Invalid with a problem for each field.
    """
    _require_may_enter(actor, account_id, away.user_id)
    _check(today(vault), away)
    account_ids = actor.account_ids if everywhere and away.user_id == actor.id else (account_id,)
    with vault.database.transaction() as session:
        member_of = select(Membership.account_id).where(
            Membership.user_id == away.user_id, Membership.account_id.in_(account_ids)
        )
        found = sorted(session.scalars(member_of))
        if account_id not in found:
            problem = Message(N_("Choose somebody who has a role in this seller account."))
            raise Invalid(N_("The absence was not saved."), {"user_id": problem})
        session.get_one(User, away.user_id, with_for_update={"key_share": True})  # two clicks at once are one absence
        record(session, vault, [note for each in found for note in _enter_one(session, vault, actor, each, away)])


def remove(vault: Vault, actor: Actor, account_id: str, absence_id: str) -> None:
    """The person is there after all, or back earlier. Raises NotFound, Forbidden."""
    actor.require(Permission.SEE, account_id)
    with vault.database.transaction() as session:
        absence = session.get(Absence, absence_id, with_for_update=True)
        if absence is None or absence.account_id != account_id:
            raise NotFound()
        _require_may_enter(actor, account_id, absence.user_id)
        session.delete(absence)
        record(session, vault, [_note("absence.removed", absence, actor), *judge(session, vault, account_id, actor.id)])


def _enter_one(session: Session, vault: Vault, actor: Actor, account_id: str, away: Away) -> list[Note]:
    same = select(Absence.id).where(
        Absence.account_id == account_id,
        Absence.user_id == away.user_id,
        Absence.from_on == away.from_on,
        Absence.until_on == away.until_on,
    )
    if session.scalar(same) is not None:
        return []
    absence = Absence(id=new_id(), account_id=account_id, user_id=away.user_id)
    absence.from_on, absence.until_on = away.from_on, away.until_on
    absence.created_at, absence.created_by = vault.clock(), actor.id
    session.add(absence)
    return [_note("absence.entered", absence, actor), *judge(session, vault, account_id, actor.id)]


def _check(day: date, away: Away) -> None:
    problem = None
    if away.until_on < away.from_on:
        problem = Message(N_("Choose the first day or a later one."))
    elif away.until_on < day:
        problem = Message(N_("Choose today or a later day: what is past stands as it was."))
    elif away.until_on - away.from_on > _LONGEST:
        problem = Message(N_("Choose a day within two years; give the routines to somebody else instead."))
    if problem:
        raise Invalid(N_("The absence was not saved."), {"until_on": problem})


def _may_enter(actor: Actor, account_id: str, user_id: str) -> bool:
    return user_id == actor.id or actor.may(Permission.MANAGE, account_id)


def _require_may_enter(actor: Actor, account_id: str, user_id: str) -> None:
    actor.require(Permission.SEE, account_id)
    if not _may_enter(actor, account_id, user_id):
        raise Forbidden()


def _note(action: str, absence: Absence, actor: Actor) -> Note:
    details = {"from": absence.from_on.isoformat(), "until": absence.until_on.isoformat()}
    return Note(action, absence.user_id, actor.id, absence.account_id, details)
