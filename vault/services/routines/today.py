"""The day of one person: the routines whose turn it is, the tasks that are due, and what is done already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from vault.db.entities.accounts import SellerAccount
from vault.db.entities.routines import Attestation, Routine
from vault.db.entities.work import Task
from vault.db.queries.among import among
from vault.db.queries.today import DueTasks, due_tasks, has_routines, routines_for, said_today
from vault.domain.roles import Permission, Role
from vault.domain.routines import OccurrenceState, Turn
from vault.services.access import Actor
from vault.services.browsing import names_of
from vault.services.days import today
from vault.services.routines.standing import Standing, crews_of, stand, standings_of
from vault.services.vault import Vault

_FEW_TASKS = 5
_AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DayItem:
    """One duty of one day."""

    routine: Routine
    due_on: date
    state: OccurrenceState
    turn: Turn


@dataclass(frozen=True, slots=True)
class DoneItem:
    """What the person has said today of one duty."""

    routine: Routine
    attestation: Attestation


@dataclass(frozen=True, slots=True)
class AccountDay:
    """One person's day in one seller account.

    `own`: the person's turn; `nobodys`: nobody is there to do it, and the person owns the account; `others`: somebody
    else's turn, all of them only where this account alone was asked for; `coming`: the person's turn within a week.
    `may_attest`: whether the person may attest here.
    """

    account: SellerAccount
    own: tuple[DayItem, ...]
    nobodys: tuple[DayItem, ...]
    others: tuple[DayItem, ...]
    coming: tuple[DayItem, ...]
    done: tuple[DoneItem, ...]
    tasks: tuple[Task, ...]
    task_count: int
    may_attest: bool

    @property
    def is_calm(self) -> bool:
        """Nothing is left to do."""
        return not (self.own or self.nobodys or self.task_count)


@dataclass(frozen=True, slots=True)
class Day:
    """One person's day in all the seller accounts asked for. `names`: people by id; `routines`: are there any at all."""

    day: date
    accounts: tuple[AccountDay, ...]
    names: Mapping[str, str]
    has_routines: bool

    @property
    def routines(self) -> int:
        return sum(len(each.own) + len(each.nobodys) for each in self.accounts)

    @property
    def minutes(self) -> int:
        return sum(item.routine.minutes for each in self.accounts for item in (*each.own, *each.nobodys))

    @property
    def tasks(self) -> int:
        return sum(each.task_count for each in self.accounts)


def read_day(vault: Vault, actor: Actor, account_id: str | None = None) -> Day:
    """The day of `actor` in one seller account, or in all that the person sees. Raises NotFound."""
    if account_id is not None:
        actor.require(Permission.SEE, account_id)
    account_ids = actor.account_ids if account_id is None else (account_id,)
    day = today(vault)
    with vault.database.reading() as session:
        standings = _standings(session, actor, account_id, day)
        tasks = due_tasks(session, account_ids, actor.account_ids, actor.id, day, _FEW_TASKS)
        said = _by_account(said_today(session, account_ids, actor.id, day))
        by_account: dict[str, list[Standing]] = {}
        for each in standings:
            by_account.setdefault(each.routine.account_id, []).append(each)
        accounts = session.scalars(select(SellerAccount).where(among(SellerAccount.id, account_ids))).all()
        names = names_of(session, {person_id for each in standings for person_id in _people(each.routine)})
        has_any = bool(standings) or has_routines(session, account_ids)
    days = tuple(
        _account_day(
            actor,
            account,
            by_account.get(account.id, []),
            tasks.get(account.id, DueTasks()),
            tuple(said.get(account.id, ())),
            day,
        )
        for account in sorted(accounts, key=lambda each: (each.name.casefold(), each.id))
    )
    return Day(day, days, names, has_any)


def _standings(session: Session, actor: Actor, account_id: str | None, day: date) -> list[Standing]:
    """All routines of one account; of all accounts only those of which the page may speak."""
    if account_id is not None:
        return stand(session, [account_id], day, crews_of(session, [account_id], day))
    owned = [each for each, role in actor.roles.items() if role is Role.OWNER]
    routines = routines_for(session, actor.account_ids, owned, actor.id, day)
    people = {person_id for each in routines for person_id in _people(each)}
    crews = crews_of(session, sorted({each.account_id for each in routines}), day, sorted(people))
    return standings_of(session, routines, day, crews)


def _account_day(
    actor: Actor,
    account: SellerAccount,
    standings: list[Standing],
    tasks: DueTasks,
    done: tuple[DoneItem, ...],
    day: date,
) -> AccountDay:
    due = [
        DayItem(each.routine, each.open.due_on, each.open.state, each.turn)
        for each in standings
        if each.open is not None
    ]
    coming = [
        DayItem(each.routine, each.next_due, OccurrenceState.AHEAD, each.next_turn)
        for each in standings
        if each.next_due and each.next_due <= day + _AHEAD and each.next_turn.person_id == actor.id
    ]
    is_owner = actor.roles.get(account.id) is Role.OWNER
    nobodys = tuple(item for item in due if item.turn.person_id is None and is_owner)
    own = tuple(item for item in due if item.turn.person_id == actor.id)
    return AccountDay(
        account=account,
        own=own,
        nobodys=nobodys,
        others=tuple(item for item in due if item not in own and item not in nobodys),
        coming=tuple(sorted(coming, key=lambda item: (item.due_on, item.routine.id))),
        done=done,
        tasks=tasks.first,
        task_count=tasks.count,
        may_attest=actor.may(Permission.CORRECT, account.id),
    )


def _by_account(said: list[tuple[Attestation, Routine]]) -> Mapping[str, list[DoneItem]]:
    found: dict[str, list[DoneItem]] = {}
    for attestation, routine in said:
        found.setdefault(routine.account_id, []).append(DoneItem(routine, attestation))
    return found


def _people(routine: Routine) -> set[str]:
    return {person_id for person_id in (routine.owner_id, routine.deputy_id) if person_id}
