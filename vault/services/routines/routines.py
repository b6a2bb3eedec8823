"""Routines: taking over the duties of the rule book, adding one's own, changing, pausing and ending them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from vault.db.entities.routines import Routine
from vault.db.queries.routines import routines_of
from vault.domain.cadence import Cadence
from vault.domain.errors import Invalid, NotFound
from vault.domain.ids import new_id
from vault.domain.message import N_, Message
from vault.domain.roles import Permission
from vault.domain.routines import RoutineState
from vault.rules.book import Duty
from vault.services.access import Actor
from vault.services.days import today
from vault.services.journal.notes import Note, record
from vault.services.locks import lock_account
from vault.services.routines.judging import close_tasks, judge
from vault.services.routines.plans import begin_plan, cadence_of, first_free_day, replan, stop_plan
from vault.services.routines.standing import crews_of
from vault.services.vault import Vault

MOST_MINUTES = 600
_LONGEST_TITLE = 200
_LONGEST_WHY = 2000
_LATEST_BEGIN = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True)
class RoutineDetails:
    """What a person enters about a routine.

    `begins_on`: the first day on which it may be due; None is today for a new one, and for a change no other plan
    than the one that runs, unless the cadence is another.
    """

    title: str
    cadence: Cadence
    minutes: int
    why: str = ""
    owner_id: str | None = None
    deputy_id: str | None = None
    begins_on: date | None = None


def offers(session: Session, vault: Vault, account_id: str) -> list[Duty]:
    """The duties of the rule book that the seller account has no routine for."""
    taken = {each.kind for each in routines_of(session, [account_id], (RoutineState.ACTIVE, RoutineState.PAUSED))}
    return [duty for duty in vault.rules.duties if duty.kind not in taken]


def take_over(vault: Vault, actor: Actor, account_id: str, kinds: Collection[str]) -> int:
    """Begins the duties of these kinds as routines that belong to `actor`; those that run already are left alone.

    Returns how many have begun. Raises NotFound, Forbidden, and Invalid where nothing was chosen.
    """
    actor.require(Permission.MANAGE, account_id)
    if not kinds:
        raise Invalid(N_("Choose at least one duty to take over."))
    with vault.database.transaction() as session:
        lock_account(session, account_id)
        chosen = [duty for duty in offers(session, vault, account_id) if duty.kind in kinds]
        notes: list[Note] = []
        for duty in chosen:
            details = RoutineDetails(duty.title, duty.cadence, duty.minutes, duty.why, owner_id=actor.id)
            routine = _begin(session, vault, actor, account_id, details, duty.kind)
            notes.append(_note("routine.added", routine, actor, kind=duty.kind))
        notes += judge(session, vault, account_id, actor.id) if chosen else []
        record(session, vault, notes)
    return len(chosen)


def add(vault: Vault, actor: Actor, account_id: str, details: RoutineDetails) -> Routine:
    """Begins a routine of one's own. Raises NotFound, Forbidden, Invalid with a problem for each field."""
    actor.require(Permission.MANAGE, account_id)
    with vault.database.transaction() as session:
        lock_account(session, account_id)
        _check(session, vault, account_id, details)
        routine = _begin(session, vault, actor, account_id, details)
        notes = [_note("routine.added", routine, actor), *judge(session, vault, account_id, actor.id)]
        record(session, vault, notes)
    return routine


def change(vault: Vault, actor: Actor, account_id: str, routine_id: str, details: RoutineDetails) -> Routine:
    """Changes a routine. Another cadence counts from today on, or from `begins_on`; what was due before stays.

    Raises NotFound, Forbidden, Invalid with a problem for each field.
    """
    with vault.database.transaction() as session:
        routine = require_routine(session, actor, account_id, routine_id, Permission.MANAGE)
        _require_not_ended(routine)
        _check(session, vault, account_id, details, keeps={routine.owner_id, routine.deputy_id})
        changed = _fill(routine, details)
        if details.begins_on or details.cadence != cadence_of(routine):
            replan(session, routine, details.cadence, today(vault), details.begins_on)
            changed.append("cadence")
        if changed:
            notes = [_note("routine.changed", routine, actor, fields=",".join(changed))]
            record(session, vault, notes + judge(session, vault, account_id, actor.id))
    return routine


def pause(vault: Vault, actor: Actor, account_id: str, routine_id: str) -> None:
    """Asks nobody for it until it is resumed. Raises NotFound, Forbidden, Invalid for one that has ended."""
    with vault.database.transaction() as session:
        routine = require_routine(session, actor, account_id, routine_id, Permission.MANAGE)
        _require_not_ended(routine)
        if routine.state == RoutineState.PAUSED:
            return
        routine.state = RoutineState.PAUSED
        stop_plan(session, routine, today(vault))
        record(session, vault, [_note("routine.paused", routine, actor), *judge(session, vault, account_id, actor.id)])


def pause_all(session: Session, vault: Vault, account_id: str, actor: Actor) -> list[Note]:
    """Pauses what runs in the account, in the caller's transaction; judge the account afterwards."""
    running = routines_of(session, [account_id], (RoutineState.ACTIVE,))
    for routine in running:
        routine.state = RoutineState.PAUSED
        stop_plan(session, routine, today(vault))
    return [_note("routine.paused", routine, actor) for routine in running]


def resume(vault: Vault, actor: Actor, account_id: str, routine_id: str) -> None:
    """Goes on with a paused routine from today. Raises NotFound, Forbidden, Invalid for one that has ended."""
    with vault.database.transaction() as session:
        routine = require_routine(session, actor, account_id, routine_id, Permission.MANAGE)
        _require_not_ended(routine)
        if routine.state == RoutineState.ACTIVE:
            return
        routine.state = RoutineState.ACTIVE
        begin_plan(routine, cadence_of(routine), first_free_day(session, routine, today(vault)))
        record(session, vault, [_note("routine.resumed", routine, actor), *judge(session, vault, account_id, actor.id)])


def end(vault: Vault, actor: Actor, account_id: str, routine_id: str) -> None:
    """Ends a routine for good; its history stays. Raises NotFound, Forbidden."""
    with vault.database.transaction() as session:
        routine = require_routine(session, actor, account_id, routine_id, Permission.MANAGE)
        if routine.state == RoutineState.ENDED:
            return
        routine.state = RoutineState.ENDED
        stop_plan(session, routine, today(vault))
        record(
            session, vault, [_note("routine.ended", routine, actor), *close_tasks(session, vault, routine, actor.id)]
        )


def require_routine(
    session: Session, actor: Actor, account_id: str, routine_id: str, permission: Permission
) -> Routine:
    """The routine, locked with its account until the transaction ends. Raises NotFound, Forbidden."""
    actor.require(Permission.SEE, account_id)
    lock_account(session, account_id)
    routine = session.get(Routine, routine_id, with_for_update=True)
    if routine is None or routine.account_id != account_id:
        raise NotFound()
    actor.require(permission, account_id)
    return routine


def _begin(
    session: Session, vault: Vault, actor: Actor, account_id: str, details: RoutineDetails, kind: str = ""
) -> Routine:
    now, day = vault.clock(), today(vault)
    routine = Routine(id=new_id(), account_id=account_id, kind=kind, created_at=now, created_by=actor.id)
    routine.state = RoutineState.ACTIVE
    _fill(routine, details)
    begin_plan(routine, details.cadence, details.begins_on or day)
    session.add(routine)
    return routine


def _fill(routine: Routine, details: RoutineDetails) -> list[str]:
    """Writes what was entered; returns the names of the fields that are different now."""
    entered: Mapping[str, object] = {
        "title": details.title.strip(),
        "why": details.why.strip(),
        "minutes": details.minutes,
        "owner_id": details.owner_id,
        "deputy_id": details.deputy_id,
    }
    changed = [name for name, value in entered.items() if getattr(routine, name) != value]
    for name in changed:
        setattr(routine, name, entered[name])
    return changed


def _check(
    session: Session,
    vault: Vault,
    account_id: str,
    details: RoutineDetails,
    keeps: Collection[str | None] = (),
) -> None:
    """Raises Invalid. `keeps`: people who may stay although they cannot work for the account any more."""
    problems: dict[str, Message] = {}
    day = today(vault)
    if not details.title.strip() or len(details.title) > _LONGEST_TITLE:
        problems["title"] = Message(N_("Say in a few words what is to be done."))
    if len(details.why) > _LONGEST_WHY:
        problems["why"] = Message(N_("Write at most %(longest)s characters."), {"longest": str(_LONGEST_WHY)})
    if not 1 <= details.minutes <= MOST_MINUTES:
        problems["minutes"] = Message(N_("Write a number from 1 to %(most)s."), {"most": str(MOST_MINUTES)})
    if details.begins_on and not day <= details.begins_on <= day + _LATEST_BEGIN:
        problems["begins_on"] = Message(N_("Choose today or a day within the next two years."))
    able = {None, *crews_of(session, [account_id], day)[account_id].workers, *keeps}
    for name in ("owner_id", "deputy_id"):
        if getattr(details, name) not in able:
            problems[name] = Message(N_("Choose somebody who can work for this seller account."))
    if details.deputy_id and details.deputy_id == details.owner_id:
        problems["deputy_id"] = Message(N_("Choose somebody else than the owner."))
    if problems:
        raise Invalid(N_("The routine was not saved. Correct the marked fields."), problems)


def _require_not_ended(routine: Routine) -> None:
    if routine.state == RoutineState.ENDED:
        raise Invalid(N_("This routine has ended. Add it again to go on with it."))


def _note(action: str, routine: Routine, actor: Actor, **details: str) -> Note:
    return Note(action, routine.id, actor.id, routine.account_id, {"title": routine.title, **details})
